from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.presentation.distance import in_words, metres
from assessment.presentation.figures import band_name, joined, plain, points
from tests.assessment.rules import make_rules


def test_points_always_show_two_places():
    assert [points(Decimal(value)) for value in ("82.4", "0", "100.00")] == ["82,40", "0,00", "100,00"]


@pytest.mark.parametrize(
    ("value", "words"), [(Fraction(50), "50"), (Decimal("20.00"), "20"), (Fraction(125, 2), "62,5")]
)
def test_plain_leaves_needless_places_out(value, words):
    assert plain(value) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["provinsi"], "provinsi"), (["1.1", "1.2", "1.4"], "1.1, 1.2 dan 1.4")],
)
def test_joined_reads_as_a_list(words, sentence):
    assert joined(words) == sentence


def test_band_name_falls_back_to_number():
    assert (band_name(make_rules(), 4), band_name(make_rules(), 9)) == ("bintang 4", "bintang 9")


def test_metres_between_two_places():
    """From one end of a town to the next, about eleven kilometres along a parallel."""
    assert round(metres((-6.8720, 109.0426), (-6.8667, 109.1386)) / 1000) == 11


def test_metres_to_itself_is_zero():
    assert metres((Decimal("-7.1"), Decimal("108.9")), (Decimal("-7.1"), Decimal("108.9"))) == 0


@pytest.mark.parametrize(
    ("distance", "words"), [(12.3, "12 m dari posisi sentra"), (3412.0, "3,4 km dari posisi sentra")]
)
def test_distance_in_words(distance, words):
    assert in_words(distance) == words
