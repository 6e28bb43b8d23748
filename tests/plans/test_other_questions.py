"""Questions besides the lists that are put to big tables: PostgreSQL reads none of them from end to end."""

import re

import pytest
from django.db import connection

from accounts import versions
from sentra.models import IKM, YearlyFigures
from sentra.spelling import RESEMBLING
from tests.plans.explaining import tables_scanned
from wilayah.models import Wilayah
from wilayah.search import matching


@pytest.fixture
def firm(country, db) -> IKM:
    return IKM.objects.first()


def test_history_of_a_record(firm):
    assert tables_scanned(versions.versions_of(firm)) == set()


def test_history_of_the_figures_of_a_record(firm):
    versions_of_all = YearlyFigures.pgh_event_model.objects.filter(ikm_id=firm.pk).order_by("-pgh_id")

    assert tables_scanned(versions_of_all[:21]) == set()


def test_figures_of_a_record(firm):
    assert tables_scanned(YearlyFigures.objects.about(firm).newest_first()) == set()


def test_recap_of_a_kabupaten(officer):
    last = YearlyFigures.objects.latest("year").year
    kabupaten = Wilayah.objects.get(pk="36.07")

    recap = YearlyFigures.objects.in_wilayah(kabupaten).counted(last).values("branch").totals()

    assert tables_scanned(recap) == set()
    # Neither the rows of the country nor those of other years are read for it.
    assert re.search(rf"year = {last}\) AND \(?\(?wilayah_id\)?(::text)? ~>=~ '36.07'", recap.explain())


def test_typing_ahead_of_an_area_by_its_name(country, db):
    village = Wilayah.objects.filter(search_name__startswith="suka a").first()
    typed = village.name.split()[1][:6]

    assert tables_scanned(matching(Wilayah.objects.current(), typed)[:11]) == set()


def test_typing_ahead_of_an_area_by_its_code(country, db):
    assert tables_scanned(matching(Wilayah.objects.current(), "36.07")[:11]) == set()


def test_words_that_a_misspelt_one_resembles(country, db):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {RESEMBLING}", [["keripk", "tauh"]])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "name_word_trgm" in plan
