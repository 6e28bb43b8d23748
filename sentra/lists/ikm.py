"""The list of IKM."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from sentra.filters import IKMFilter
from sentra.listing.columns import Column
from sentra.listing.declared import DeclaredList, register
from sentra.listing.seen import seen
from sentra.lists import common
from sentra.models import IKM
from sentra.models.ikm import IKMQuerySet

IKM_LIST = register(
    DeclaredList(
        key="ikm",
        url_name="ikm:list",
        noun=_("IKM"),
        filter_class=IKMFilter,
        rows=lambda user: seen(IKM.objects.all(), user),
        reads=("name", *common.NAMED_BY),
        columns=(
            Column("nama", _("IKM"), css="f", order="nama"),
            Column(
                "sentra",
                _("Sentra"),
                css="f",
                shows=lambda ikm: (ikm.sentra and ikm.sentra.name, ikm.is_anchor),
                reads=("is_anchor", "sentra__name"),
            ),
            Column(
                "cabang",
                _("Cabang"),
                css="d-none d-lg-table-cell",
                shows=attrgetter("branch.name"),
                reads=("branch__name",),
            ),
            Column("nib", _("NIB"), shows=lambda ikm: bool(ikm.nib), reads=("nib",)),
            Column(
                "produk",
                _("Produk"),
                css="so-num",
                shows=attrgetter("product_count"),
                adds=IKMQuerySet.with_product_count,
            ),
            Column("keadaan", _("Keadaan"), shows=attrgetter("state", "is_in_use"), reads=("state",)),
            Column("ukuran", _("Kelas ukuran"), shown=False, shows=attrgetter("size_class"), reads=("size_class",)),
            Column("bentuk", _("Bentuk usaha"), shown=False, shows=attrgetter("legal_form"), reads=("legal_form",)),
            Column("kbli", _("KBLI"), shown=False, named=True, reads=("kbli", "kbli_edition")),
            Column("posisi", _("Posisi"), shown=False, shows=attrgetter("has_position"), reads=("latitude",)),
            common.CHANGED,
            common.RECORDED,
            common.RECORDED_BY,
        ),
        orders=(common.BY_NAME, common.BY_PLACE, common.BY_CHANGE, common.BY_RECORDING),
        cells="sentra/ikm/cells.html",
    )
)
