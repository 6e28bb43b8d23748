"""Areas for tests: a part of two provinces under their real codes and names, a few rows instead of 92,000."""

from wilayah import lines
from wilayah.models import Wilayah

# Written as the source writes them.
TREE = {
    "32": "JAWA BARAT",
    "32.08": "KABUPATEN KUNINGAN",
    "32.08.01": "Kadugede",
    "32.08.01.2001": "Sindangjawa",
    "32.08.01.2005": "Kadugede",
    "32.73": "KOTA BANDUNG",
    "32.73.01": "Sukasari",
    "32.73.01.1003": "Isola",
    "33": "JAWA TENGAH",
    "33.08": "KABUPATEN MAGELANG",
    "33.08.12": "Kajoran",
    "33.08.12.2004": "Bumiayu",
    "33.28": "KABUPATEN TEGAL",
    "33.28.10": "Slawi",
    "33.28.10.1009": "Kudaile",
    "33.28.10.2004": "Slawi Kulon",
    "33.29": "KABUPATEN BREBES",
    "33.29.01": "Salem",
    "33.29.01.2001": "Banjaran",
    "33.29.01.2002": "Bentar",
    "33.29.01.2003": "Bentarsari",
    "33.29.01.2016": "Pasirpanjang",
    "33.29.01.2017": "Salem",
    "33.29.03": "Bumiayu",
    "33.29.03.2002": "Bumiayu",
    "33.29.03.2005": "Kalierang",
    "33.29.09": "Brebes",
    "33.29.09.1002": "Brebes",
    "33.29.09.2023": "Wangandalem",
    "33.76": "KOTA TEGAL",
    "33.76.01": "Tegal Barat",
    "33.76.01.1006": "Tegalsari",
}


def make_wilayah_tree() -> dict[str, Wilayah]:
    """All areas of `TREE` by code."""
    return make_areas(TREE)


def make_areas(raw_names: dict[str, str]) -> dict[str, Wilayah]:
    """Areas by code from names as the source writes them; every parent must be among them. One statement."""
    rows = Wilayah.objects.bulk_create(Wilayah(**area._asdict()) for area in lines.areas(raw_names))
    return {row.code: row for row in rows}
