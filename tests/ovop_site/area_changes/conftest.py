"""Kecamatan Salem was split on paper: 33.29.01 became 33.29.21 (Salem) and, a part of it, 33.29.22 (Ganggawang)."""

from datetime import date

import pytest

from tests.wilayah_factory import TREE
from wilayah import lines
from wilayah.models import Succession, Wilayah

OLD, SALEM, GANGGAWANG = "33.29.01", "33.29.21", "33.29.22"
NEW = {
    SALEM: "Salem",
    f"{SALEM}.2001": "Banjaran",
    f"{SALEM}.2003": "Bentarsari",
    f"{SALEM}.2017": "Salem Kulon",
    GANGGAWANG: "Ganggawang",
    f"{GANGGAWANG}.2002": "Bentar",
    f"{GANGGAWANG}.2003": "Ganggawang",
}
LAST_DAY = date(2026, 6, 30)


def succeed(old: str, *new: str) -> None:
    for code in new:
        Succession.objects.create(old_id=old, new_id=code, since=date(2026, 7, 1), source="Perda 3/2026")


@pytest.fixture
def closed(areas):
    """The new areas beside the old, which are closed; nothing is entered about what became of them."""
    rows = lines.areas(TREE | NEW)
    Wilayah.objects.bulk_create(Wilayah(**area._asdict()) for area in rows if area.code in NEW)
    Wilayah.objects.inside(OLD).update(valid_until=LAST_DAY)
