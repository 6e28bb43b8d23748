"""What a page tells about a record beyond its own columns: members, papers by urgency, photos, sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import CATALOGUE_READERS, sees_q
from sentra import trend
from sentra.arrays import OneOf
from sentra.catalogue import Recognition, Units
from sentra.figures import dotted
from sentra.models import IKM, Certificate, Photo, Product, Sentra, YearlyFigures
from sentra.models.certificate import CertificateQuerySet, speaking_for
from sentra.models.sentra import UNITS_REQUIRED
from sentra.panels import add_product_marks
from sentra.permissions import Record
from sentra.plausibility import told

SHOWN_MEMBERS = 100
SHOWN_PAPERS = 100
SHOWN_PHOTOS = 24
SHOWN_BOXES = 10
NUMBERS = (
    gettext_lazy("nol"), gettext_lazy("satu"), gettext_lazy("dua"), gettext_lazy("tiga"), gettext_lazy("empat"),
    gettext_lazy("lima"), gettext_lazy("enam"), gettext_lazy("tujuh"), gettext_lazy("delapan"),
    gettext_lazy("sembilan"), gettext_lazy("sepuluh"),
)  # fmt: skip


@dataclass(frozen=True)
class Members:
    """The members of a sentra that the reader sees, anchor first, then by name; `products` hang on each IKM.

    `own` are products of the sentra itself. `others` counts members left out because the page shows 100, `unseen`
    those outside the duties of the reader.
    """

    with_products: list[IKM]
    without_products: list[IKM]
    own: list[Product]
    others: int
    unseen: int

    @property
    def is_empty(self) -> bool:
        return not (self.with_products or self.without_products or self.own)


def members_of(sentra: Sentra, user: User) -> Members:
    """Three queries: members, all products, and counts; with the marks of panels."""
    seen = IKM.objects.visible_to(user).in_use().filter(sentra=sentra)
    named = seen.only("name", "is_anchor", "state", "deactivated_at")
    shown = list(named.order_by("-is_anchor", Lower("name"), "pk")[:SHOWN_MEMBERS])
    own_or_theirs = Q(ikm__in=[ikm.pk for ikm in shown]) | Q(ikm=None, sentra=sentra)
    products = list(Product.objects.visible_to(user).in_use().filter(own_or_theirs).by_name())
    add_product_marks(user, products)
    for ikm in shown:
        ikm.products = [product for product in products if product.ikm_id == ikm.pk]
    # The condition of `visible_to` itself: a subquery of the visible keys would be read once per member.
    is_seen = sees_q(user, "wilayah__code", *CATALOGUE_READERS)
    count = sentra.ikm_set.in_use().aggregate(all=Count("pk"), seen=Count("pk", filter=is_seen))
    return Members(
        with_products=[ikm for ikm in shown if ikm.products],
        without_products=[ikm for ikm in shown if not ikm.products],
        own=[product for product in products if product.ikm_id is None],
        others=count["seen"] - len(shown),
        unseen=count["all"] - count["seen"],
    )


def papers_of(record: Record, user: User) -> list[Certificate]:
    """The papers of `record` and of what belongs to it, the most urgent first; one query.

    A sentra shows those of its IKM and products too, a product those that speak for it; a deactivated record its own.
    Each has `subject_name`, the name of what it is about. Its area is asked, for a member may lie elsewhere.
    """
    return list(_papers().filter(_are_about(record)).visible_to(user)[:SHOWN_PAPERS])


@cache
def _papers() -> CertificateQuerySet:
    """The papers as pages draw them; written once, since each page shows some."""
    rows = Certificate.objects.not_deactivated().select_related("checked_by")
    rows = rows.annotate(subject_name=Coalesce("sentra__name", "ikm__name", "product__name"))
    return rows.order_by(F("expires").asc(nulls_last=True), "kind", "number")


def _are_about(record: Record) -> Q:
    if not record.is_in_use:
        return Q(**{record._meta.model_name: record})
    if isinstance(record, Product):
        return speaking_for(record)
    return _of_members(record) if isinstance(record, Sentra) else _of_firm(record)


def _of_firm(ikm: IKM) -> Q:
    """Those of `ikm` and of its products in use."""
    products = Product.objects.in_use().filter(ikm=ikm).order_by().values("pk")
    return Q(ikm=ikm) | Q(OneOf("product", products))


def _of_members(sentra: Sentra) -> Q:
    """Those of `sentra`, of its IKM in use and of the products in use of both.

    Gathered as arrays, since each key has its index: a condition through the joins reads the whole table.
    """
    members = IKM.objects.in_use().filter(sentra=sentra).order_by().values("pk")
    products = Product.objects.in_use().filter(Q(sentra=sentra) | Q(OneOf("ikm", members))).order_by().values("pk")
    return Q(sentra=sentra) | Q(OneOf("ikm", members)) | Q(OneOf("product", products))


def photos_of(record: Record) -> list[Photo]:
    """The newest photos of `record` itself; one query. Whoever sees the record sees them."""
    return list(Photo.objects.about(record).order_by("-created_at")[:SHOWN_PHOTOS])


def figures_context(rows: list[YearlyFigures]) -> dict[str, Any]:
    """What `sentra/parts/figures.html` draws of the years of a record; hints are about what was entered for itself."""
    entered = [row for row in rows if not getattr(row, "of_ikm", 0)]
    return {"trends": trend.trends(rows), "table": trend.table(rows), "hints": told(entered)}


def number_word(number: int) -> str:
    """Numbers up to ten in words, as a sentence has them, others in figures."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else dotted(number)


def units_sentence(units: Units) -> str:
    """What the five-unit check says, for a heading."""
    if not units.count:
        return _("Belum ada unit usaha, syaratnya lima")
    words = {"count": number_word(units.count), "missing": number_word(units.missing)}
    if units.missing:
        return _("Baru %(count)s unit usaha, kurang %(missing)s dari syarat lima") % words
    sentence = _("%(count)s unit usaha, syarat lima terpenuhi") % words
    return sentence[:1].upper() + sentence[1:]


def units_source(units: Units) -> str:
    """Where the number of units comes from, with its year."""
    if units.year is None:
        return _("Dihitung dari IKM anggota yang aktif.")
    return _("Menurut angka tahunan %(year)s; IKM anggota yang tercatat aktif: %(ikm)s.") % {
        "year": units.year,
        "ikm": dotted(units.ikm),
    }


def unit_boxes(units: Units) -> Iterator[tuple[int, str]]:
    """(number, kind) of each box of the five-unit check: "on", "plus" beyond the five, "off" for what is missing."""
    for number in range(1, min(max(units.count, UNITS_REQUIRED), SHOWN_BOXES) + 1):
        if number > units.count:
            yield number, "off"
        else:
            yield number, "on" if number <= UNITS_REQUIRED else "plus"


def recognition_sentence(recognition: Recognition) -> str:
    """Why the sentra is recognised, or what is still wanting."""
    missing = []
    if recognition.units.missing:
        missing.append(_("%(count)s unit usaha lagi") % {"count": number_word(recognition.units.missing)})
    if not recognition.has_decree:
        missing.append(_("surat keputusan (SK) kepala daerah"))
    if not missing:
        return _("Keduanya ada.")
    return _("Yang belum ada: %(missing)s.") % {"missing": _(" dan ").join(missing)}
