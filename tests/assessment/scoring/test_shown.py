"""Rounding."""

from decimal import Decimal
from fractions import Fraction

from assessment.scoring.shown import rounded_down, rounded_up, shown_parts


def test_parts_give_left_over_cents_to_the_largest_remainders():
    thirds = [Fraction(1, 3), Fraction(2, 3), Fraction(1)]

    assert shown_parts(thirds, Decimal("2.00")) == (Decimal("0.33"), Decimal("0.67"), Decimal("1.00"))


def test_parts_never_exceed_their_ceilings():
    exact = [Fraction(4, 3), Fraction(4, 3), Fraction(20, 3)]
    ceilings = [Decimal("6.67"), Decimal("6.67"), Decimal("6.66")]

    parts = shown_parts(exact, Decimal("9.33"), ceilings)

    assert parts == (Decimal("1.34"), Decimal("1.33"), Decimal("6.66"))


def test_rounding_leaves_whole_cents_alone():
    assert (rounded_down(Fraction("7.60")), rounded_up(Fraction("7.60"))) == (Decimal("7.60"), Decimal("7.60"))
    assert (rounded_down(Fraction("0.001")), rounded_up(Fraction("0.001"))) == (Decimal("0.00"), Decimal("0.01"))
