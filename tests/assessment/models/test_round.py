"""Rounds: what is refused, and when one is open."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment.instruments import retire
from assessment.models import Authority, Round
from tests.assessment.factories import make_instrument, make_round

pytestmark = pytest.mark.django_db


def errors_of(found: Round) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        found.full_clean()
    return error.value.message_dict


def round_of(**kwargs) -> Round:
    defaults = {"name": "Putaran", "authority": Authority.KABKOTA, "opens": date(2026, 1, 1)}
    return Round(**defaults | kwargs)


def test_round_of_a_published_instrument_is_fine(areas):
    round_of(instrument=make_instrument(), wilayah_id="33.29", closes=date(2026, 12, 31)).full_clean()


def test_round_asks_for_a_published_instrument(areas):
    draft, retired = make_instrument(published=False), make_instrument(version="2")
    retire(retired)

    for instrument in (draft, retired):
        assert errors_of(round_of(instrument=instrument)) == {
            "instrument": ["Pilih instrumen yang sudah terbit dan masih dipakai."]
        }


def test_round_keeps_its_instrument_after_that_is_retired(areas):
    found = make_round()
    retire(found.instrument)

    found.full_clean()


@pytest.mark.parametrize(
    ("authority", "wilayah", "sentence"),
    [
        (Authority.KABKOTA, "33", "Pilih wilayah setingkat kabupaten/kota, sesuai penilainya."),
        (Authority.PROVINSI, "33.29", "Pilih wilayah setingkat provinsi, sesuai penilainya."),
    ],
)
def test_round_asks_for_an_area_of_its_authority(areas, authority, wilayah, sentence):
    assert errors_of(round_of(instrument=make_instrument(), authority=authority, wilayah_id=wilayah)) == {
        "wilayah": [sentence]
    }


def test_round_of_the_ministry_has_no_area(areas):
    found = round_of(instrument=make_instrument(), authority=Authority.KEMENTERIAN, wilayah_id="33")

    assert errors_of(found) == {"__all__": ["Kementerian menilai seluruh Indonesia. Kosongkan wilayahnya."]}


def test_round_closes_after_it_opens(areas):
    found = round_of(instrument=make_instrument(), wilayah_id="33.29", closes=date(2025, 12, 31))

    assert errors_of(found) == {"__all__": ["Tanggal tutup tidak boleh sebelum tanggal buka."]}


def test_one_standing_round_per_authority():
    first = make_round()
    make_round(instrument=first.instrument, authority=Authority.PROVINSI)
    make_round(instrument=first.instrument, closes=date(2030, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        make_round(instrument=first.instrument)
    assert errors_of(round_of(instrument=first.instrument))["__all__"][0].startswith("Sudah ada putaran tetap")


def test_round_without_instrument_or_authority_says_so_and_nothing_breaks(areas):
    assert set(errors_of(Round(name="Putaran", opens=date(2026, 1, 1)))) >= {"instrument", "authority"}


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_open_from_its_first_to_its_last_day(day, is_open):
    found = make_round(opens=date(2026, 1, 1), closes=date(2026, 6, 30))

    assert (found.is_open(day), found in Round.objects.open_on(day)) == (is_open, is_open)
