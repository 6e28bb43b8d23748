from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ovop_site.templatetags import numbers

NBSP = "\u00a0"
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1250000, "1.250.000"),
        (0, "0"),
        (-1234, "\u22121.234"),
        (Decimal("20.00"), "20"),
        (Decimal("1234.50"), "1.234,5"),
        (1e6, "1.000.000"),
        (None, ""),
        ("", ""),
    ],
)
def test_number(value, written):
    assert numbers.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(Decimal("82.4"), "82,40"), (0, "0,00"), (Decimal("100"), "100,00"), (None, "")]
)
def test_points_have_two_places(value, written):
    assert numbers.points(value) == written


def test_rupiah():
    assert numbers.rupiah(1284000000) == f"Rp{NBSP}1.284.000.000"
    assert numbers.rupiah(None) == ""


@pytest.mark.parametrize(("value", "written"), [(Decimal("0.48"), "48%"), (0, "0%"), (1, "100%"), (None, "")])
def test_percent(value, written):
    assert numbers.percent(value) == written


def test_coordinate():
    assert numbers.coordinate(-7.16842) == "\u22127,16842"
    assert numbers.coordinate(None) == ""


def test_days_are_written_in_indonesian():
    assert numbers.day(date(2026, 5, 7)) == "7 Mei 2026"
    assert numbers.long_day(date(2026, 8, 17)) == "17 Agustus 2026"
    assert numbers.day(None) == numbers.long_day("") == ""


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("33.29.01", f"27 Nov 2026, 23.05{NBSP}WIB"),
        ("73.71", f"28 Nov 2026, 00.05{NBSP}WITA"),
        ("94", f"28 Nov 2026, 01.05{NBSP}WIT"),
        ("", f"27 Nov 2026, 23.05{NBSP}WIB"),
        (None, f"27 Nov 2026, 23.05{NBSP}WIB"),
    ],
)
def test_moment_is_told_in_the_zone_of_the_area(code, written):
    at = datetime(2026, 11, 27, 16, 5, tzinfo=UTC)

    assert numbers.moment(at, code) == written


def test_clock_tells_the_time_alone():
    assert numbers.clock(datetime(2026, 11, 27, 7, 5, tzinfo=UTC), "33") == f"14.05{NBSP}WIB"
    assert numbers.clock(None) == numbers.moment(None) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 11, 20), "sejak hari ini"),
        (date(2026, 11, 19), "sejak kemarin"),
        (date(2026, 11, 17), "sejak 3 hari"),
        (date(2020, 11, 20), "sejak 2.191 hari"),
        (datetime(2026, 11, 18, 18, 0, tzinfo=UTC), "sejak kemarin"),
        (None, ""),
    ],
)
def test_since(value, written):
    assert numbers.since(value, TODAY) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 11, 19), "sudah berakhir"),
        (date(2026, 11, 20), "berakhir hari ini"),
        (date(2026, 11, 21), "besok berakhir"),
        (date(2027, 1, 20), "61 hari lagi"),
        (None, ""),
    ],
)
def test_until(value, written):
    assert numbers.until(value, TODAY) == written


def test_unbroken_keeps_a_word_and_its_figure_together():
    text = "Setara bintang 4: level 2 pada 3.2. Urus P-IRT, lalu hitung bintang."

    assert numbers.unbroken(text) == (
        f"Setara bintang{NBSP}4: level{NBSP}2 pada 3.2. Urus P\u2011IRT, lalu hitung bintang."
    )
