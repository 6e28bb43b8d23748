"""The time zone of each province: data of ours, since the source of the areas has none. Pure.

Source: Keputusan Presiden No. 41 Tahun 1987 (three zones by province). Provinces made since then keep the zone of
the province they came out of: Banten, Bangka Belitung and Kepulauan Riau WIB; Kalimantan Utara, Gorontalo and
Sulawesi Barat WITA; Maluku Utara and the provinces of Papua WIT.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Zone:
    """A zone of Indonesia: its name in the tz database and the letters a page shows beside a time."""

    key: str
    label: str

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.key)


WIB = Zone("Asia/Jakarta", "WIB")
WITA = Zone("Asia/Makassar", "WITA")
WIT = Zone("Asia/Jayapura", "WIT")

# Codes of provinces; what is not listed here lies in WIB.
_WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}


def zone_of(code: str) -> Zone:
    """The zone of the area `code`; for the whole country (`""`) the capital's."""
    province = code[:2]
    if province in _WITA:
        return WITA
    return WIT if province in _WIT else WIB
