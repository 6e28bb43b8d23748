"""What people write into numbers and coordinates, and how it is shown back."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from sentra.forms.fields import CoordinateField, DigitsField, WholeNumberField
from sentra.validators import validate_nib


def price(**kwargs):
    return WholeNumberField(
        required=False, example="12.500", affixes=("rp.", "rp", ",00", ",-"), grouped=True, **kwargs
    )


def latitude():
    return CoordinateField(required=False, lowest=-11.5, highest=6.5, example="-6,9", out_of_range="di luar")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1250000", 1250000),
        ("1.250.000", 1250000),
        (" 1.250.000 ", 1250000),
        ("1 250 000", 1250000),
        ("Rp 12.500", 12500),
        ("Rp.12.500,-", 12500),
        ("12.500,00", 12500),
        ("0", 0),
        ("", None),
        ("   ", None),
    ],
)
def test_whole_number_is_read_as_people_write_it(written, number):
    assert price().clean(written) == number


@pytest.mark.parametrize(
    "written", ["12.5", "1.25", "12,5", "1,250,000", "dua belas", "-5", "1e9", "٣٤", "1.2500", ".5", "0.500", "9" * 40]
)
def test_whole_number_refuses_what_it_cannot_be_sure_of(written):
    with pytest.raises(ValidationError, match=r"Tulis angka bulat, misalnya 12\.500"):
        price().clean(written)


def test_whole_number_that_is_too_large_says_so():
    with pytest.raises(ValidationError, match="terlalu besar"):
        price(maximum=1000).clean("1.001")


def test_whole_number_is_shown_with_dots_only_where_it_is_an_amount():
    year = WholeNumberField(example="1998")

    assert (price().prepare_value(1250000), year.prepare_value(1998), price().prepare_value("ab")) == (
        "1.250.000",
        1998,
        "ab",
    )


@pytest.mark.parametrize(
    ("initial", "written", "changed"), [(12500, "12.500", False), (12500, "125", True), (1, "x", True)]
)
def test_whole_number_has_changed_where_the_number_did(initial, written, changed):
    assert price().has_changed(initial, written) is changed


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("-6,91", "-6.910000"),
        ("-6.91", "-6.910000"),
        ("\N{MINUS SIGN}6,91", "-6.910000"),
        (" - 6,91 ", "-6.910000"),
        ("-6.91474412345", "-6.914744"),
        ("-6,91°", "-6.910000"),
        ("5", "5.000000"),
    ],
)
def test_coordinate_takes_comma_and_point(written, degrees):
    assert latitude().clean(written) == Decimal(degrees)


@pytest.mark.parametrize("written", ["6 derajat", "6°54'", "-6,91,2", "NaN", "Infinity", "1e5", "--6", "1234"])
def test_coordinate_refuses_other_notations(written):
    with pytest.raises(ValidationError, match="Tulis derajat desimal, misalnya -6,9"):
        latitude().clean(written)


@pytest.mark.parametrize("written", ["", "  ", None])
def test_coordinate_may_be_missing(written):
    assert latitude().clean(written) is None


@pytest.mark.parametrize("written", ["-11,6", "6,6", "108,8"])
def test_coordinate_outside_indonesia_says_so(written):
    with pytest.raises(ValidationError, match="di luar"):
        latitude().clean(written)


def test_coordinate_is_shown_with_a_comma_and_without_zeros():
    assert (latitude().prepare_value(Decimal("-7.168420")), latitude().prepare_value("x")) == ("-7,16842", "x")


def test_coordinate_has_not_changed_by_being_written_otherwise():
    assert not latitude().has_changed(Decimal("-6.910000"), "-6.91")


@pytest.mark.parametrize(
    "written",
    ["9120004171234", "9120 0041 7123 4", "9120.0041.7123-4", "(9120)004171234", "9120\u20110041\u20137123\u22124"],
)
def test_digits_lose_what_stands_between_them(written):
    assert DigitsField(validators=[validate_nib]).clean(written) == "9120004171234"


@pytest.mark.parametrize("written", ["912000417123", "91200041712345", "912000417123a"])
def test_nib_of_another_length_says_where_to_look(written):
    with pytest.raises(ValidationError) as refusal:
        DigitsField(validators=[validate_nib]).clean(written)

    assert refusal.value.messages == ["NIB terdiri dari 13 angka. Periksa lagi pada lembar NIB dari OSS."]
