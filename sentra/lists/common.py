"""Orders and columns that the lists of the catalogue share."""

from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sentra.listing.columns import Column, joined
from sentra.listing.orders import Order

BY_NAME = Order("nama", _("Nama A–Z"), _("Nama Z–A"), (Lower("name"),))
BY_PLACE = Order("tempat", _("Menurut wilayah"), _("Menurut wilayah, dari belakang"), (F("wilayah_id"),))
BY_CHANGE = Order("diubah", _("Terlama tidak diubah"), _("Terakhir diubah"), (F("changed_at"),), starts_down=True)
BY_RECORDING = Order("dicatat", _("Pertama dicatat"), _("Terakhir dicatat"), (F("created_at"),), starts_down=True)

PLACE = Column("tempat", _("Wilayah"), css="f", order="tempat", shown=False)
CHANGED = Column("diubah", _("Diubah"), order="diubah", shown=False, named=True)
RECORDED = Column("dicatat", _("Dicatat"), order="dicatat", shown=False, named=True)
RECORDED_BY = Column("oleh", _("Dicatat oleh"), shown=False, named=True, adds=joined("created_by"))
