"""Schemes other than our own, held by the same engine as data alone."""

from fractions import Fraction

import pytest

from assessment.scoring import Answers, evaluate
from tests.assessment.rules import make_certificate, make_facts, read_scheme

THREE = make_facts(assessor_count=3)


@pytest.fixture(scope="module")
def kemenperin():
    return read_scheme("kemenperin-2022")


@pytest.fixture(scope="module")
def ocop():
    return read_scheme("ocop-1048")


@pytest.fixture(scope="module")
def opc():
    return read_scheme("opc-2567")


def best(rules, scope, **changes):
    """Every indicator of `scope` at its best, but `changes` by code ("A_1" for A.1)."""
    levels = {indicator.code: indicator.best.number for indicator in rules.indicators_for(scope)}
    return Answers(levels | {code.replace("_", "."): level for code, level in changes.items()})


def test_kemenperin_counts_25_items_of_one_to_three_points_in_percent(kemenperin):
    lowest = Answers(dict.fromkeys(kemenperin.indicators, 1))

    assert len(kemenperin.indicators) == 25
    assert evaluate(kemenperin, "tenun", lowest, make_facts()).total.exact == Fraction(100, 3)
    assert evaluate(kemenperin, "tenun", best(kemenperin, "tenun"), make_facts()).star == 3


def test_kemenperin_gives_nothing_without_a_licence_and_says_what_would(kemenperin):
    """In 2013 firms with the points of the highest class got nothing for want of a business licence."""
    result = evaluate(kemenperin, "tenun", best(kemenperin, "tenun"), make_facts(has_nib=False))

    assert (result.star, result.star_by_points, result.next_band.star) == (0, 3, 1)
    assert [(move.code, move.text) for move in result.next_band.moves] == [("izin", "Urus NIB di OSS.")]


@pytest.mark.parametrize(("twos", "star"), [(14, 3), (15, 3), (16, 2), (22, 2), (23, 1), (25, 1)])
def test_kemenperin_bands_at_their_edges(kemenperin, twos, star):
    """Each item at two instead of three costs 4/3 percent: 15 of them leave exactly 80."""
    codes = sorted(kemenperin.indicators)
    answers = Answers(dict.fromkeys(codes, 3) | dict.fromkeys(codes[:twos], 2))

    result = evaluate(kemenperin, "tenun", answers, make_facts())

    assert (result.total.exact, result.star) == (100 - Fraction(4 * twos, 3), star)


def test_ocop_parts_are_those_of_the_sheet_for_food_and_craft(ocop):
    for scope in ("makanan", "kerajinan"):
        result = evaluate(ocop, scope, best(ocop, scope), THREE)

        assert {c.code: (c.maximum.exact, c.scale) for c in result.criteria} == {
            "A": (35, 1),
            "B": (25, 1),
            "C": (40, 1),
        }
        assert (result.total.exact, result.star) == (100, 5)


def test_ocop_frozen_durian_of_ben_tre_gets_the_star_it_got(ocop):
    """A real result of the national software: 31 + 24 + 38 = 93 points, five stars."""
    changes = {"1_5": 2, "1_3": 3, "5_3": 2, "6_1": 2, "6_3": 3}

    result = evaluate(ocop, "makanan", best(ocop, "makanan", **changes), THREE)

    assert {c.code: c.points.exact for c in result.criteria} == {"A": 31, "B": 24, "C": 38}
    assert (result.total.exact, result.star) == (93, 5)


def test_ocop_puts_out_imported_material_and_foreign_matter_in_food_alone(ocop):
    imported = evaluate(ocop, "kerajinan", best(ocop, "kerajinan", **{"1_1": 1}), THREE)
    dirty = evaluate(ocop, "makanan", best(ocop, "makanan", **{"6_1": 1}), THREE)

    assert [reason.code for reason in imported.eliminations] == ["bahan"]
    assert [reason.code for reason in dirty.eliminations] == ["benda-asing"]
    assert (imported.star, dirty.star) == (None, None)


def test_ocop_answer_holds_the_star_down(ocop):
    result = evaluate(ocop, "makanan", best(ocop, "makanan", **{"8_3": 1}), THREE)

    assert (result.total.exact, result.star, result.star_by_points) == (95, 4, 5)
    assert [(move.code, move.to_level) for move in result.next_band.moves] == [("8.3", 2)]


def test_ocop_gives_one_star_from_nothing(ocop):
    lowest = Answers(dict.fromkeys(ocop.indicators, 1) | {"1.1": 2, "6.1": 2})

    result = evaluate(ocop, "makanan", lowest, THREE)

    assert (result.star, result.next_band.star, result.eliminated) == (1, 2, False)


def test_ocop_without_its_council_is_not_certified(ocop):
    result = evaluate(ocop, "makanan", best(ocop, "makanan"), make_facts(assessor_count=2))

    assert (result.star, [reason.gate.code for reason in result.cap_reasons]) == (2, ["dewan"])


def test_opc_without_a_product_standard_is_scored_and_not_nominated(opc):
    result = evaluate(opc, "herbal", best(opc, "herbal"), make_facts(certificates=()))
    standard = make_facts(certificates=(make_certificate("sni", None),))

    assert (result.total.exact, result.star) == (100, 5)
    assert [block.authority for block in result.blocked] == ["kabkota", "provinsi", "kementerian"]
    assert evaluate(opc, "herbal", best(opc, "herbal"), standard).blocked == ()


def test_opc_small_capacity_costs_fine_craft_less_than_food(opc):
    """The lesson of Thailand: fine craft in small numbers must not lose its star for its numbers."""
    food = evaluate(opc, "makanan", best(opc, "makanan", A2=1), make_facts())
    cloth = evaluate(opc, "tenun", best(opc, "tenun", A3=1), make_facts())

    assert (food.total.exact, cloth.total.exact) == (92, 100 - Fraction(14, 3))
    assert (cloth.criteria[0].not_applying, cloth.criteria[0].scale) == (("A2",), Fraction(7, 6))
