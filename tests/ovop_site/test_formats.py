"""Dates and times where a page names no format of its own."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.formats import date_format
from django.utils.timezone import localtime


def test_a_time_says_its_zone():
    moment = localtime(datetime(2026, 11, 24, 6, 5, tzinfo=UTC))

    assert date_format(moment, "DATETIME_FORMAT") == "24 November 2026, 13.05 WIB"
    assert date_format(moment, "SHORT_DATETIME_FORMAT") == "24-11-2026 13.05 WIB"
    assert date_format(date(2026, 8, 1), "DATE_FORMAT") == "1 Agustus 2026"


@pytest.mark.parametrize("typed", ["24-11-2026", "24/11/2026", "2026-11-24"])
def test_a_date_is_read_as_people_and_browsers_write_it(typed):
    assert DateField().clean(typed) == date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["11/24/2026", "24-11-26"])
def test_a_date_that_may_mean_another_day_is_asked_for_again(typed):
    with pytest.raises(ValidationError, match="Isi tanggal yang benar, misalnya 24-11-2026."):
        DateField().clean(typed)
