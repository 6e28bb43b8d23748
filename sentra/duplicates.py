"""Likely twins: records that may be the same as the one in hand, and what was answered about them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from accounts.models import User
from sentra.models import IKM, Comparison, Product, Sentra
from sentra.models.comparison import PAIRS
from sentra.models.likeness import PlainName
from sentra.permissions import Record, can_compare
from sentra.side_by_side import with_facts

# At most so many are shown. A name that more firms of a kabupaten bear ("Bengkel", "Penjahit") says nothing by itself.
SHOWN = 5
# Likeness of the plain names (0 to 1): in the same village or sentra, and elsewhere in the kabupaten.
LIKE_NEARBY, LIKE_ELSEWHERE = 0.4, 0.65
LIKE_COMMODITY = 0.6


@dataclass(frozen=True)
class Twin:
    """A record that may be the same: how alike the names are (0 to 1), and whether it is near as well."""

    record: Record
    likeness: float
    is_near: bool


def twins_of(record: Record, user: User) -> list[Twin]:
    """Those in use that `user` sees and that may be the same as `record`, stored or not; the likeliest first.

    Compared are only records of one kabupaten. Pairs answered already are left out. One query, and two for what is
    shown of them.
    """
    if not _area_of(record):
        return []
    rows = with_facts(likely_rows(record, user))
    return _telling([Twin(row, row.likeness, row.is_near) for row in rows])[:SHOWN]


def named_twins(record: Record, user: User) -> list[Record]:
    """The same to be named alone, with their areas, while `record` is still being typed; one query."""
    if not record.name or not _area_of(record):
        return []
    rows = likely_rows(record, user).select_related("wilayah")
    return [twin.record for twin in _telling([Twin(row, row.likeness, row.is_near) for row in rows])[:SHOWN]]


def likely_rows(record: Record, user: User) -> QuerySet:
    """The rows `twins_of` chooses from, those nearby first; at most eleven, read through the index of likeness."""
    code = _area_of(record)
    rows = type(record).objects.visible_to(user).in_use().in_kabupaten_of(code).with_likeness(record.name)
    rows = {Sentra: _like_sentra, IKM: _like_ikm, Product: _like_product}[type(record)](rows, record, code)
    rows = rows.exclude(pk=record.pk).exclude(Exists(_answered(record)))
    return rows.order_by("-is_near", "-likeness", "pk")[: 2 * SHOWN + 1]


def _telling(found: list[Twin]) -> list[Twin]:
    near, far = [twin for twin in found if twin.is_near], [twin for twin in found if not twin.is_near]
    return near if len(far) > SHOWN else near + far


def _area_of(record: Record) -> str:
    """The code of the area; that of the maker for a product, whose own is set by the database."""
    if isinstance(record, Product):
        maker = record.ikm or record.sentra
        return maker.wilayah_id if maker else ""
    return record.wilayah_id or ""


def _like_sentra(rows: QuerySet, sentra: Sentra, code: str) -> QuerySet:
    """Alike by name, or in the same village by name or main commodity."""
    rows = rows.annotate(
        is_near=_is(Q(wilayah=code)), commodity_likeness=TrigramSimilarity("commodity", Value(sentra.commodity))
    )
    nearby = Q(likeness__gte=LIKE_NEARBY) | Q(commodity_likeness__gte=LIKE_COMMODITY)
    return rows.filter(Q(likeness__gte=LIKE_ELSEWHERE) | Q(wilayah=code) & nearby)


def _like_ikm(rows: QuerySet, ikm: IKM, code: str) -> QuerySet:
    """Alike by name: less will do in the same village or sentra, elsewhere the branch must be the same too."""
    near = Q(wilayah=code)
    if ikm.sentra_id:
        near |= Q(sentra=ikm.sentra_id)
    far = Q(likeness__gte=LIKE_ELSEWHERE, branch=ikm.branch_id)
    return rows.resembling(ikm.name).annotate(is_near=_is(near)).filter(far | near & Q(likeness__gte=LIKE_NEARBY))


def _like_product(rows: QuerySet, product: Product, code: str) -> QuerySet:
    """Alike by name, of the same maker, or of makers that are alike themselves: sale pisang is made by many."""
    near = Q(ikm=product.ikm_id) if product.ikm_id else Q(sentra=product.sentra_id)
    sentra_id = product.sentra_id or (product.ikm.sentra_id if product.ikm else None)
    if product.ikm_id and sentra_id:
        near |= Q(ikm=None, sentra=sentra_id)
    rows = rows.resembling(product.name).annotate(is_near=_is(near))
    if product.ikm is None:
        return rows.filter(near, likeness__gte=LIKE_NEARBY)
    same_maker = GreaterThanOrEqual(
        TrigramSimilarity(PlainName("ikm__name"), PlainName(Value(product.ikm.name))), LIKE_ELSEWHERE
    )
    return rows.filter(near & Q(likeness__gte=LIKE_NEARBY) | Q(same_maker) & Q(likeness__gte=LIKE_ELSEWHERE))


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, BooleanField())


def _answered(record: Record) -> QuerySet:
    """The pairs of `record` with the row of an outer query."""
    one, other = PAIRS[record._meta.model_name]
    return Comparison.objects.filter(
        Q(**{one: record.pk, other: OuterRef("pk")}) | Q(**{other: record.pk, one: OuterRef("pk")})
    )


def nib_holder(nib: str, *, apart_from: UUID | None = None) -> IKM | None:
    """The IKM in use that has this NIB, wherever it lies. Whether it may be named is another question."""
    if not nib:
        return None
    return IKM.objects.in_use().filter(nib=nib).exclude(pk=apart_from).select_related("wilayah").first()


@transaction.atomic
def answer(*, record: Record, other: Record, answer: str, by: User) -> Comparison:
    """Keep what `by` says about two stored records; an earlier answer gives way, its history stays.

    PermissionDenied for who may not compare them, or where one of them is out of use by now.
    """
    if not can_compare(by, record, other):
        raise PermissionDenied
    smaller, larger = sorted((record, other), key=lambda one: one.pk.bytes)
    keys = dict(zip(PAIRS[record._meta.model_name], (smaller, larger), strict=True))
    said: dict[str, Any] = {"answer": answer, "answered_by": by, "answered_at": timezone.now()}
    comparison, _is_new = Comparison.objects.update_or_create(
        **keys, defaults=said, create_defaults=said | {"created_by": by}
    )
    return comparison


def comparison_of(record: Record, other: Record) -> Comparison | None:
    """What was answered about the two, None where nothing was."""
    return Comparison.objects.about(record).about(other).select_related("answered_by").first()


def with_pair_mark(rows: QuerySet) -> QuerySet:
    """Annotate `was_paired` (bool): whether a pair with the record was ever found the same or not yet known."""
    one, other = PAIRS[rows.model._meta.model_name]
    pairs = Comparison.objects.exclude(answer=Comparison.Answer.DIFFERENT)
    return rows.annotate(was_paired=Exists(pairs.filter(Q(**{one: OuterRef("pk")}) | Q(**{other: OuterRef("pk")}))))


def may_be_double(record: Record, user: User) -> bool:
    """Whether a pair of `record`, from `with_pair_mark`, with one that `user` sees waits for a verifier.

    One query for the few that were paired, which looks at the other record too.
    """
    if not record.was_paired:
        return False
    kind = record._meta.model_name
    return Comparison.objects.about(record).waiting(kind).seen_by(user, kind).exists()
