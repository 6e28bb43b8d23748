"""Every province has its zone."""

import datetime

import pytest

from wilayah.zones import WIB, WIT, WITA, zone_of


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("", WIB),
        ("11", WIB),
        ("33.29.01.2003", WIB),
        ("61", WIB),
        ("62", WIB),
        ("63", WITA),
        ("65", WITA),
        ("51.71", WITA),
        ("75", WITA),
        ("76", WITA),
        ("81", WIT),
        ("82.71", WIT),
        ("91", WIT),
        ("96.71.01", WIT),
    ],
)
def test_zone_of(code, zone):
    assert zone_of(code) == zone


@pytest.mark.parametrize(("zone", "hours"), [(WIB, 7), (WITA, 8), (WIT, 9)])
def test_a_zone_is_the_hours_the_decree_says(zone, hours):
    assert datetime.datetime(2026, 1, 1, tzinfo=zone.tzinfo).utcoffset() == datetime.timedelta(hours=hours)
