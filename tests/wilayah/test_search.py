"""What is found, and in which order. The full list is searched in test_load_wilayah.py."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wilayah_factory import TREE, make_areas, make_wilayah_tree
from wilayah.models import Wilayah
from wilayah.search import Found, matching, search

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree(db):
    return make_wilayah_tree()


def codes(text: str, **kwargs) -> list[str]:
    return [area.code for area in search(text, **{"limit": 50} | kwargs).areas]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Salem, Brebes", ["33.29.01", "33.29.01.2017"]),
        ("salem brebes", ["33.29.01", "33.29.01.2017"]),
        ("brebes salem", ["33.29.01", "33.29.01.2017"]),
        ("bentarsari salem", ["33.29.01.2003"]),
        ("bentarsari jateng", ["33.29.01.2003"]),
        ("kab brebes", ["33.29", "33.29.09", "33.29.09.1002"]),
        ("Kab. Brebes", ["33.29"]),
        ("kec brebes", ["33.29.09", "33.29"]),
        ("kel brebes", ["33.29.09.1002"]),
        ("Kota Tegal", ["33.76", "33.28"]),
        ("kabupaten tegal", ["33.28", "33.76"]),
        ("tegal", ["33.28", "33.76", "33.76.01", "33.76.01.1006"]),
        ("provinsi jawa tengah", ["33"]),
        ("bumi ayu", ["33.29.03", "33.08.12.2004", "33.29.03.2002"]),
        ("SINDANGJAWA", ["32.08.01.2001"]),
        ("ke", []),
        ("is", ["32.73.01.1003"]),
        ("33.29.03", ["33.29.03", "33.29.03.2002", "33.29.03.2005"]),
    ],
)
def test_the_most_probable_comes_first(text, first):
    assert codes(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bentarsri", "33.29.01.2003"),
        ("bentarsri slem", "33.29.01.2003"),
        ("slem brbes", "33.29.01"),
        ("brbes", "33.29"),
        ("wangandalm", "33.29.09.2023"),
        ("bumi ayu brebes", "33.29.03"),
        ("kunigan", "32.08"),
    ],
)
def test_a_typing_error_finds_what_is_similar_and_says_so(text, first):
    found = search(text)

    assert found.areas[0].code == first
    assert found.guessed


def test_what_is_found_exactly_is_no_guess():
    assert search("bentarsari") == Found(areas=[Wilayah.objects.get(pk="33.29.01.2003")], more=False, guessed=False)


@pytest.mark.parametrize("text", ["", " ", "b", ",,,", "%", "_", "%%%%", "\0", "'", "\\", "xyzxyz", "7", "3"])
def test_nothing_is_found_for_nothing(text):
    assert search(text) == Found()


@given(st.text(max_size=120))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_typed_gives_areas_once_each(text):
    found = codes(text)

    assert len(found) == len(set(found))
    assert set(found) <= set(TREE)


def test_very_long_text_is_searched_by_its_first_words():
    assert codes("salem " * 500)[0] == "33.29.01"


@pytest.mark.parametrize(
    ("areas", "first"),
    [
        ((), "33.29.03"),
        (("33.08",), "33.08.12.2004"),
        (("33.29",), "33.29.03"),
        (("33.29.03.2002",), "33.29.03.2002"),
        (("",), "33.29.03"),
        (("32.08", "33.08.12"), "33.08.12.2004"),
    ],
)
def test_areas_inside_the_own_duties_come_first(areas, first):
    found = codes("bumiayu", areas=areas)

    assert found[0] == first
    assert set(found) >= {"33.29.03", "33.29.03.2002", "33.08.12.2004"}


def test_own_duties_come_first_among_the_similar_ones_too():
    assert codes("bumiayuu", areas=["33.08"])[0] == "33.08.12.2004"


def test_only_areas_within_are_looked_at():
    assert codes("bumiayu", within=["33.08"]) == ["33.08.12.2004"]
    assert codes("bumiayu", within=[]) == []


def test_only_the_levels_asked_for_are_looked_at():
    assert codes("salem", levels=[4]) == [code for code in codes("salem") if code.count(".") == 3]


def test_a_closed_area_is_not_found():
    assert codes("sindangjawa") == codes("32.08.01.2001") == ["32.08.01.2001"]

    Wilayah.objects.filter(pk="32.08.01.2001").update(valid_until=datetime.date(2020, 1, 1))

    assert codes("sindangjawa") == codes("32.08.01.2001") == []


def test_more_says_that_there_are_others():
    assert search("salem", limit=2).more
    assert not search("bentarsari", limit=1).more


def test_the_name_that_stands_in_the_query_as_a_whole_beats_a_part_of_it():
    make_areas({"91": "PAPUA", "91.01": "KABUPATEN MERAUKE", "91.01.01": "Kota Baru", "91.01.02": "Baru"})

    assert codes("kota baru") == ["91.01.01", "91.01.02"]


def test_matching_of_nothing_is_nothing():
    assert list(matching(Wilayah.objects.all(), "")) == []


def test_a_search_asks_the_database_once_and_a_guess_twice_more(django_assert_num_queries):
    with django_assert_num_queries(1):
        search("salem brebes", areas=["33.29"])
    with django_assert_num_queries(5):  # what matches; a savepoint around the threshold and what is similar
        search("bentarsri")
