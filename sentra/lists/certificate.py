"""The list of certificates."""

from collections.abc import Hashable
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from sentra.filters import CertificateFilter
from sentra.listing.columns import Column
from sentra.listing.declared import DeclaredList, register
from sentra.listing.orders import Order
from sentra.listing.seen import seen
from sentra.lists import common
from sentra.models import Certificate
from sentra.models.certificate import CertificateQuerySet

BY_END = Order("habis", _("Habis paling awal"), _("Habis paling akhir"), (CertificateQuerySet.end,))


def _subject(paper: Certificate) -> Hashable:
    return type(paper.subject), paper.subject.name


CERTIFICATE_LIST = register(
    DeclaredList(
        key="sertifikat",
        url_name="certificate:list",
        noun=_("sertifikat"),
        filter_class=CertificateFilter,
        rows=lambda user: seen(Certificate.objects.all(), user),
        reads=("kind", "number", *common.NAMED_BY),
        columns=(
            Column("surat", _("Surat"), css="f"),
            Column("milik", _("Milik"), css="f", shows=_subject, reads=("sentra__name", "ikm__name", "product__name")),
            Column(
                "masa", _("Masa berlaku"), order="habis", shows=attrgetter("expires", "urgency"), reads=("expires",)
            ),
            Column("diperiksa", _("Pemeriksaan"), shows=lambda paper: paper.checked_at is None, reads=("checked_at",)),
            Column("berkas", _("Berkas"), shown=False, shows=lambda paper: paper.file_id is None, reads=("file_id",)),
            Column("terbit", _("Terbit"), shown=False, named=True, reads=("issued",)),
            common.CHANGED,
            common.RECORDED,
            common.RECORDED_BY,
        ),
        orders=(BY_END, common.BY_PLACE, common.BY_CHANGE, common.BY_RECORDING),
        cells="sentra/papers/cells.html",
    )
)
