"""The list of products."""

from collections.abc import Hashable
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from sentra import panels
from sentra.filters import ProductFilter
from sentra.listing.columns import Column
from sentra.listing.declared import DeclaredList, register
from sentra.listing.orders import Order
from sentra.listing.seen import seen
from sentra.lists import common
from sentra.models import Product
from sentra.models.product import ProductQuerySet

# Never judged stands below "judged, no star".
BY_STAR = Order(
    "bintang",
    _("Bintang terendah dahulu"),
    _("Bintang tertinggi dahulu"),
    (ProductQuerySet.rank,),
    starts_down=True,
)


def _maker(product: Product) -> Hashable:
    maker = product.ikm or product.sentra
    return type(maker), maker.name


def _result(product: Product) -> Hashable:
    return product.star, product.star_until, product.result_has_lapsed, tuple(product.marks)


PRODUCT_LIST = register(
    DeclaredList(
        key="produk",
        url_name="product:list",
        noun=_("produk"),
        filter_class=ProductFilter,
        rows=lambda user: seen(Product.objects.all(), user),
        reads=("name", *common.NAMED_BY),
        prepare=panels.add_product_marks,
        columns=(
            Column("nama", _("Produk"), css="f", order="nama"),
            Column("pembuat", _("Pembuat"), css="f", shows=_maker, reads=("ikm__name", "sentra__name")),
            Column(
                "lingkup",
                _("Lingkup"),
                css="d-none d-lg-table-cell",
                shows=attrgetter("scope.name"),
                reads=("scope__name",),
            ),
            Column(
                "harga",
                _("Harga (Rp)"),
                css="so-num",
                shows=attrgetter("price", "price_unit"),
                reads=("price", "price_unit"),
            ),
            Column(
                "hasil", _("Hasil penilaian"), css="f", order="bintang", shows=_result, reads=("star", "star_until")
            ),
            Column("bahan", _("Bahan utama"), shown=False, named=True, reads=("materials",)),
            Column("lokal", _("Bahan lokal (%)"), css="so-num", shown=False, named=True, reads=("local_share",)),
            common.CHANGED,
            common.RECORDED,
            common.RECORDED_BY,
        ),
        orders=(common.BY_NAME, BY_STAR, common.BY_PLACE, common.BY_CHANGE, common.BY_RECORDING),
        cells="sentra/product/cells.html",
    )
)
