"""Whole rows from bare codes and names."""

import pytest

from wilayah import lines


def test_areas_come_parents_first_with_all_that_follows_from_them():
    rows = list(lines.areas({"33.29": "KABUPATEN BREBES", "33": "JAWA TENGAH"}))

    assert rows == [
        lines.Area("33", "Jawa Tengah", 1, None, [], "jawa tengah", " jawa tengah jateng"),
        lines.Area("33.29", "Kabupaten Brebes", 2, "33", ["Jawa Tengah"], "brebes", " brebes jawa tengah jateng"),
    ]


def test_areas_refuses_an_area_without_its_parent():
    with pytest.raises(lines.OrphanError, match=r"33\.29\.01"):
        list(lines.areas({"33": "JAWA TENGAH", "33.29.01": "Salem"}))
