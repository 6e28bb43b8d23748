"""Orders and columns that the lists of the catalogue share."""

from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sentra.listing.columns import Column
from sentra.listing.orders import Order

BY_NAME = Order("nama", _("Nama A–Z"), _("Nama Z–A"), (Lower("name"),))
BY_PLACE = Order("tempat", _("Menurut wilayah"), _("Menurut wilayah, dari belakang"), (F("wilayah_id"),))
BY_CHANGE = Order("diubah", _("Terlama tidak diubah"), _("Terakhir diubah"), (F("changed_at"),), starts_down=True)
BY_RECORDING = Order("dicatat", _("Pertama dicatat"), _("Terakhir dicatat"), (F("created_at"),), starts_down=True)

# What every row is named by (`{% row_name %}`), besides its own name.
NAMED_BY = ("deactivated_at", "wilayah__name", "wilayah__parent_names")

PLACE = Column("tempat", _("Wilayah"), css="f", order="tempat", shown=False)
CHANGED = Column("diubah", _("Diubah"), order="diubah", shown=False, named=True, reads=("changed_at",))
RECORDED = Column("dicatat", _("Dicatat"), order="dicatat", shown=False, named=True, reads=("created_at",))
RECORDED_BY = Column(
    "oleh", _("Dicatat oleh"), shown=False, named=True, reads=("created_by__name", "created_by__username")
)
