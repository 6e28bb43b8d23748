"""Codes of areas: the predicates in Python and the conditions in SQL say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Duty
from tests.wilayah_factory import TREE, make_wilayah_tree
from wilayah import codes
from wilayah.models import Wilayah

CODES = st.sampled_from(sorted(TREE))
AREAS = st.sampled_from(["", *sorted(TREE)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33", True),
        ("33.29", True),
        ("33.29.05", True),
        ("33.29.05.2001", True),
        ("", False),
        ("3", False),
        ("33.", False),
        ("33.2", False),
        ("33.29.05.200", False),
        ("33.29.05.2001.1", False),
        ("33.29\n", False),
        ("٣٣", False),
        ("33%", False),
    ],
)
def test_is_code(text, expected):
    assert codes.is_code(text) is expected


def test_level_parent_and_ancestors_of_a_desa():
    assert codes.level_of("33.29.01.2003") == 4
    assert codes.parent_of("33.29.01.2003") == "33.29.01"
    assert codes.ancestors("33.29.01.2003") == ("33", "33.29", "33.29.01")


def test_level_parent_and_ancestors_of_a_province_and_of_the_country():
    assert [codes.level_of("33"), codes.parent_of("33"), codes.ancestors("33")] == [1, "", ()]
    assert [codes.level_of(""), codes.parent_of(""), codes.ancestors("")] == [0, "", ()]


@pytest.mark.parametrize(
    ("code", "area", "expected"),
    [
        ("33.29.01", "33.29", True),
        ("33.29", "33.29", True),
        ("33.29", "", True),
        ("", "", True),
        ("", "33", False),
        ("33", "33.29", False),
        ("33.28.01", "33.29", False),
        ("33.29.01", "33.2", False),
        ("33.29.01", "3", False),
    ],
)
def test_is_inside(code, area, expected):
    assert codes.is_inside(code, area) is expected


@given(CODES, AREAS)
def test_an_area_lies_inside_exactly_itself_and_its_ancestors(code, area):
    assert codes.is_inside(code, area) == (area in ("", code, *codes.ancestors(code)))


@given(st.lists(AREAS))
def test_outermost_covers_the_same_and_nothing_twice(areas):
    kept = codes.outermost(areas)

    assert {c for c in TREE if any(codes.is_inside(c, a) for a in kept)} == {
        c for c in TREE if any(codes.is_inside(c, a) for a in areas)
    }
    assert not any(codes.is_inside(one, other) for one in kept for other in kept if one != other)


@pytest.mark.parametrize("area", ["3", "33.2", "33%", "brebes", "33.29.", "_"])
def test_inside_refuses_what_is_no_code_because_it_would_let_in_too_much(area):
    with pytest.raises(ValueError, match="not the code of an area"):
        codes.inside("code", [area])


AREA_LISTS = [
    [],
    [""],
    ["33.29"],
    ["33"],
    ["33.29.01.2003"],
    ["32.08", "33.29.01"],
    ["33", "33.29"],
    ["", "33.29"],
    ["99"],
]


@pytest.mark.django_db
@pytest.mark.parametrize("areas", AREA_LISTS)
def test_inside_in_sql_agrees_with_is_inside(areas):
    make_wilayah_tree()

    found = set(Wilayah.objects.filter(codes.inside("code", areas)).values_list("code", flat=True))

    assert found == {code for code in TREE if any(codes.is_inside(code, area) for area in areas)}


@pytest.mark.django_db
@pytest.mark.parametrize("areas", AREA_LISTS)
def test_seen_from_in_sql_agrees_with_inside_in_either_direction(areas):
    make_wilayah_tree()

    found = set(Wilayah.objects.filter(codes.seen_from("code", areas)).values_list("code", flat=True))

    assert found == {
        code for code in TREE for area in areas if codes.is_inside(code, area) or codes.is_inside(area, code)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("areas", AREA_LISTS)
def test_inside_joined_with_or_keeps_both_sides(areas):
    make_wilayah_tree()

    found = set(
        Wilayah.objects.filter(codes.inside("code", areas) | codes.inside("code", ["32.73"])).values_list("code")
    )

    assert found == set(Wilayah.objects.filter(codes.inside("code", [*areas, "32.73"])).values_list("code"))


@pytest.mark.parametrize("areas", [["33.29"], ["33.29", "32"], [""]])
def test_inside_a_record_reads_its_own_column_and_joins_nothing(areas):
    sql = str(Duty.objects.filter(codes.seen_from("wilayah__code", areas)).order_by("pk").query)

    assert "JOIN" not in sql


def test_inside_the_whole_country_keeps_rows_without_an_area():
    sql = str(Duty.objects.filter(codes.inside("wilayah__code", [""])).order_by("pk").query)

    assert "WHERE" not in sql
