"""Beginning an assessment: which round, which sheet, and the first step of the line."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Role, describe_duty
from assessment import permissions
from assessment.instruments import rules_of
from assessment.models import Assessment, Authority, Indicator, Round, Score, ScoreSheet, Step
from sentra.models import Product
from wilayah import codes


class CannotStart(Exception):
    """The product cannot be assessed now; `str()` is a sentence that says why and what to do."""


def open_round(area: str, authority: str = Authority.KABKOTA, on: date | None = None) -> Round | None:
    """The round of `authority` open on the day `on` (default: today) for the area code `area`, or None.

    A round of the area comes before the standing one without an area; of several the one that opened last.
    """
    on = on or timezone.localdate()
    rounds = (
        Round.objects.open_on(on)
        .filter(Q(wilayah=None) | Q(wilayah__in=[*codes.ancestors(area), area]), authority=authority)
        .select_related("instrument")
    )
    return max(rounds, key=lambda found: (len(found.wilayah_id or ""), found.opens), default=None)


def round_for(product: Product) -> Round:
    """The round in which `product` can be assessed today; raises CannotStart with a sentence. At most 3 queries.

    The rules of the instrument cost queries too where this process has not read them yet.
    """
    _refuse_deactivated(product)
    if product.ikm_id is None:
        raise CannotStart(
            _("Produk ini belum punya IKM pembuat. Isi IKM-nya dahulu: NIB dan peran penghela melekat pada IKM.")
        )
    found = open_round(product.wilayah_id)
    if found is None:
        raise CannotStart(_("Tidak ada putaran penilaian yang terbuka untuk wilayah ini. Hubungi admin dinas."))
    if not rules_of(found.instrument_id).covers(product.scope_id):
        raise CannotStart(
            _("Instrumen putaran ini belum memuat lingkup produk itu. Periksa lingkup produknya, atau hubungi admin.")
        )
    opened = Assessment.objects.open().select_related("officer").filter(product=product, authority=found.authority)
    if in_the_way := opened.first():
        raise CannotStart(_being_assessed(in_the_way))
    return found


def _refuse_deactivated(product: Product) -> None:
    if not product.is_in_use:
        raise CannotStart(_("Produk ini sudah dinonaktifkan, jadi tidak dapat dinilai."))


def _being_assessed(assessment: Assessment) -> str:
    if permissions.is_orphaned(assessment):
        return _(
            "Penilaian produk ini masih terbuka, tetapi petugasnya, %(officer)s, tidak lagi bertugas di wilayah ini."
            " Buka penilaian itu dan tarik dengan alasannya; sesudah itu produk ini dapat dinilai dari awal."
        ) % {"officer": assessment.officer}
    return _("Produk ini sedang dinilai. Lanjutkan penilaian yang terbuka, atau tunggu sampai selesai.")


def obstacle(product: Product) -> str:
    """Why the assessment of `product` cannot begin now, as a sentence; empty where it can. Costs as `round_for`."""
    try:
        round_for(product)
    except CannotStart as reason:
        return str(reason)
    return ""


@transaction.atomic
def start(
    product: Product, *, by: User, pk: UUID, appeal_of: Assessment | None = None, at: datetime | None = None
) -> Assessment:
    """Begin the assessment of `product` by the officer `by` under the id `pk`.

    `at` is when it happened, for the demo and tests; without it the database's clock.

    Copies scope, instrument, authority and area; makes the proposal sheet with one empty row per indicator that
    applies, and the first step. An appeal (sanggah) must be against a decision about the same product. Raises
    PermissionDenied, CannotStart with a sentence, and IntegrityError where another officer was faster
    (`assessment_one_open`).
    """
    if not permissions.can_start(by, product):
        raise PermissionDenied(_("Hanya petugas lapangan wilayah ini yang memulai penilaian."))
    if appeal_of and not (appeal_of.product_id == product.pk and permissions.can_appeal(by, appeal_of)):
        raise CannotStart(_("Sanggahan hanya dapat diajukan atas penilaian produk ini yang sudah diputuskan."))
    found = round_for(product)
    assessment = Assessment.objects.create(
        pk=pk,
        created_by=by,
        officer=by,
        product=product,
        round=found,
        instrument=found.instrument,
        authority=found.authority,
        scope_id=product.scope_id,
        wilayah_id=product.wilayah_id,
        appeal_of=appeal_of,
        **({"state_since": at} if at else {}),
    )
    # The key holds the product from here on; somebody may have taken it out of use a moment before.
    product.refresh_from_db(fields=["deactivated_at"])
    _refuse_deactivated(product)
    sheet = ScoreSheet.objects.create(assessment=assessment, kind=ScoreSheet.Kind.PROPOSAL, rater=by)
    applying = [indicator.code for indicator in rules_of(found.instrument_id).indicators_for(product.scope_id)]
    indicators = Indicator.objects.filter(criterion__instrument=found.instrument, code__in=applying)
    Score.objects.bulk_create(Score(sheet=sheet, indicator=indicator) for indicator in indicators)
    Step.objects.create(
        assessment=assessment,
        action="mulai",
        actor=by,
        acted_as=describe_duty(by, assessment.wilayah_id, Role.OFFICER),
        to_state=Assessment.State.DRAFT,
        **({"at": at} if at else {}),
    )
    return assessment
