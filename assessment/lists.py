"""The list of assessments, declared like those of the catalogue."""

from collections.abc import Hashable, Sequence
from operator import attrgetter

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment import permissions
from assessment.decisions import with_awards
from assessment.filters import AssessmentFilter
from assessment.models import Assessment
from outbox.records import address_of
from sentra.listing.columns import Column
from sentra.listing.declared import DeclaredList, register
from sentra.listing.orders import Order
from sentra.lists import common

BY_TIME = Order("sejak", _("Paling lama menunggu"), _("Terakhir berubah"), (F("state_since"),), starts_down=True)
BY_STATE = Order("keadaan", _("Menurut keadaan"), _("Menurut keadaan, dari belakang"), (F("state"), F("state_since")))


def _waiting(assessment: Assessment) -> Hashable:
    """What the cell says of who waits for whom, and since when, which is said in days."""
    since = timezone.localdate(assessment.state_since)
    return assessment.state, assessment.situation, since, timezone.localdate()


def _result(assessment: Assessment) -> Hashable:
    """Awards are never changed, so the hash of one stands for all that it says."""
    return assessment.state, tuple(award.sha256 for award in assessment.awards)


def _prepare(user: User, rows: Sequence[Assessment]) -> None:
    """Each row leads to the own sheet where there is something to fill in, else to the page of the assessment."""
    for row in rows:
        row.address = (
            address_of("assessment:sheet", row.pk) if permissions.can_edit(user, row) else row.get_absolute_url()
        )


ASSESSMENT_LIST = register(
    DeclaredList(
        key="penilaian",
        url_name="assessment:list",
        noun=_("penilaian"),
        filter_class=AssessmentFilter,
        rows=Assessment.objects.visible_to,
        reads=("product__name", "wilayah__name", "wilayah__parent_names", "state", "state_since", "officer_id"),
        prepare=_prepare,
        columns=(
            Column("nama", _("Produk"), css="f"),
            Column("pembuat", _("Pembuat"), css="f", reads=("product__ikm__name",)),
            Column("keadaan", _("Keadaan"), css="f", order="keadaan", shows=_waiting, reads=("authority",)),
            Column(
                "petugas",
                _("Petugas"),
                css="d-none d-lg-table-cell",
                shows=lambda row: str(row.officer),
                reads=("officer__name", "officer__username"),
            ),
            Column("hasil", _("Hasil"), css="f", shows=_result, adds=with_awards),
            Column("sejak", _("Sejak"), order="sejak", shown=False, named=True),
            Column("lingkup", _("Lingkup"), shown=False, shows=attrgetter("scope.name"), reads=("scope__name",)),
            Column(
                "putaran", _("Putaran"), shown=False, named=True, shows=attrgetter("round.name"), reads=("round__name",)
            ),
            Column("kunjungan", _("Kunjungan lapangan"), shown=False, named=True, reads=("visited_on",)),
            common.RECORDED,
        ),
        orders=(BY_TIME, BY_STATE, common.BY_PLACE, common.BY_RECORDING),
        cells="assessment/cells.html",
    )
)
