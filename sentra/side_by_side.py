"""Two sentra, IKM or products next to each other, line by line."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from sentra.models import IKM, Photo, Product, Sentra
from sentra.permissions import Record


def with_facts(rows: QuerySet) -> QuerySet:
    """What `facts_of` and a picture need, selected along; two queries more for IKM, one for the others."""
    kind = rows.model._meta.model_name
    photos = Photo.objects.select_related("file").order_by("-created_at")
    rows = rows.select_related("wilayah", "created_by").prefetch_related(
        Prefetch("photo_set", queryset=photos, to_attr="pictures")
    )
    if kind == "ikm":
        products = Product.objects.in_use().by_name()
        return rows.select_related("branch", "sentra").prefetch_related(
            Prefetch("product_set", queryset=products, to_attr="products")
        )
    return rows.select_related("scope", "ikm", "sentra") if kind == "product" else rows.select_related("branch")


@dataclass(frozen=True)
class Fact:
    """One line of two records side by side; `is_same` where both say the same."""

    label: str
    mine: str
    theirs: str

    @property
    def is_same(self) -> bool:
        return self.mine.casefold() == self.theirs.casefold()


@dataclass(frozen=True)
class SideBySide:
    """Two records with what tells them apart, line by line."""

    mine: Record
    theirs: Record
    facts: list[Fact]

    @property
    def names(self) -> tuple[str, str]:
        """Of `mine` and `theirs`; numbered where both are stored and alike, so that a reader knows which is meant."""
        one, other = self.mine.name, self.theirs.name
        if self.mine._state.adding or one.casefold() != other.casefold():
            return one, other
        return f"{one} (1)", f"{other} (2)"

    @property
    def same(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.is_same]

    @property
    def different(self) -> list[Fact]:
        return [fact for fact in self.facts if not fact.is_same]


def side_by_side(mine: Record, theirs: Record) -> SideBySide:
    """`mine` need not be stored. Lines that are empty on both sides are left out."""
    one, other = facts_of(mine), facts_of(theirs)
    facts = [Fact(label, one[label], other[label]) for label in one if one[label] or other[label]]
    return SideBySide(mine, theirs, facts)


def facts_of(record: Record) -> dict[str, str]:
    """What tells a record from another one: label to words, "" where nothing is known. Needs `with_facts`."""
    if isinstance(record, Sentra):
        return {
            _("Nama"): record.name,
            _("Tempat"): record.wilayah.place_name,
            _("Komoditas"): record.commodity,
            _("Cabang"): record.branch.name,
            _("Berdiri"): str(record.founded or ""),
            _("Keadaan"): record.get_state_display(),
        }
    if isinstance(record, IKM):
        return {
            _("Nama"): record.name,
            _("Tempat"): record.wilayah.place_name,
            _("Alamat"): record.address,
            _("Sentra"): record.sentra.name if record.sentra else "",
            _("Produk"): ", ".join(product.name for product in getattr(record, "products", [])),
            _("NIB"): record.nib,
            _("Cabang"): record.branch.name,
            _("Keadaan"): record.get_state_display(),
        }
    return {
        _("Nama"): record.name,
        _("Pembuat"): str(record.ikm or record.sentra),
        _("Lingkup"): record.scope.name,
        _("Bahan utama"): record.materials,
        _("Satuan harga"): record.price_unit,
    }
