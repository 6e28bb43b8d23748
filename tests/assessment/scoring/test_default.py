"""The default instrument by example: the story of the sale pisang, and each of its gates."""

from decimal import Decimal

import pytest

from assessment.instrument_file import read_instrument
from assessment.scoring import Answers, Cap, evaluate
from tests.assessment.rules import YESTERDAY, make_certificate, make_facts, moves_of, points_by_code, sale_pisang

FOOD = "makanan"


@pytest.fixture(scope="module")
def default():
    return read_instrument()


def test_sheet_with_three_indicators_open_shows_points_so_far_and_what_can_be_reached(default):
    answers = sale_pisang(default, i14=None, i44=None, i53=None)

    result = evaluate(default, FOOD, answers, make_facts(assessor_count=0))

    assert (result.points.shown, result.reachable.shown) == (Decimal("75.00"), Decimal("89.00"))
    assert points_by_code(result) == {"K1": "14.20", "K2": "16.00", "K3": "22.60", "K4": "12.80", "K5": "9.40"}
    assert result.missing == ("1.4", "4.4", "5.3")
    assert result.missing_evidence == ("4.4",)
    assert (result.complete, result.total, result.star, result.star_by_points) == (False, None, None, None)
    assert result.next_band is None


def test_proposal_has_the_points_of_the_levels_that_count(default):
    result = evaluate(default, FOOD, sale_pisang(default), make_facts(assessor_count=0))

    assert result.total.shown == Decimal("83.40")
    assert points_by_code(result) == {"K1": "18.20", "K2": "16.00", "K3": "22.60", "K4": "14.80", "K5": "11.80"}


def test_decision_is_capped_and_says_by_what(default):
    result = evaluate(default, FOOD, sale_pisang(default, i34=3), make_facts(assessor_count=1))

    assert result.total.shown == Decimal("82.40")
    assert points_by_code(result) == {"K1": "18.20", "K2": "16.00", "K3": "21.60", "K4": "14.80", "K5": "11.80"}
    assert (result.star, result.star_by_points, result.star_cap) == (4, 4, 4)
    assert [(reason.gate.code, reason.at, reason.found) for reason in result.cap_reasons] == [
        ("bukti-wajib", ("4.4",), None),
        ("semua-indikator", ("4.4",), None),
        ("dua-penilai", (), 1),
    ]
    export = result.indicators["4.4"]
    assert (export.given, export.counted, export.capped_by) == (3, 2, (Cap(2),))
    assert (export.points.shown, export.lost.shown) == (Decimal("2.00"), Decimal("1.00"))
    assert (result.blocked, result.eliminations) == ((), ())


def test_way_to_the_next_band_has_gates_then_evidence_then_the_best_single_levels(default):
    result = evaluate(default, FOOD, sale_pisang(default, i34=3), make_facts(assessor_count=1))

    assert (result.next_band.star, result.next_band.distance.shown) == (5, Decimal("7.60"))
    assert moves_of(result) == [
        ("dua-penilai", "0.00", "82.40"),
        ("4.4", "1.00", "83.40"),
        ("3.2", "1.40", "84.80"),
        ("2.1", "1.20", "86.00"),
        ("4.1", "1.20", "87.20"),
        ("1.4", "1.00", "88.20"),
        ("2.2", "1.00", "89.20"),
        ("2.4", "1.00", "90.20"),
    ]
    assert [move.kind for move in result.next_band.moves[:3]] == ["gate", "evidence", "level"]
    assert result.next_band.moves[2].text == default.indicators["3.2"].level(5).wording


def test_levels_of_one_give_twenty_and_of_five_give_a_hundred(default):
    codes = default.indicators

    lowest = evaluate(default, FOOD, Answers(dict.fromkeys(codes, 1), frozenset(codes)), make_facts())
    highest = evaluate(default, FOOD, Answers(dict.fromkeys(codes, 5), frozenset(codes)), make_facts())

    assert (lowest.points.exact, highest.points.exact) == (20, 100)


def test_nothing_scored_is_zero_points_so_far_and_a_hundred_to_reach(default):
    result = evaluate(default, FOOD, Answers(), make_facts())

    assert (result.points.shown, result.reachable.shown) == (Decimal("0.00"), Decimal("100.00"))
    assert result.indicators["1.1"].given is None


def test_default_food_without_permits_cannot_be_nominated(default):
    result = evaluate(default, FOOD, sale_pisang(default), make_facts(certificates=()))

    assert {b.authority: [reason.gate.code for reason in b.reasons] for b in result.blocked} == {
        "provinsi": ["izin-edar", "halal", "uji-lab"],
        "kementerian": ["izin-edar", "halal", "uji-lab"],
    }


def test_default_permits_are_asked_of_food_alone(default):
    answers = Answers(dict.fromkeys(default.indicators, 4), frozenset(default.indicators), {"2.4-melanggar-ki": 0})

    result = evaluate(default, "tenun", answers, make_facts(certificates=()))

    assert (result.complete, result.blocked, result.star) == (True, (), 4)


def test_default_without_nib_is_capped_and_not_nominated(default):
    result = evaluate(default, FOOD, sale_pisang(default), make_facts(has_nib=False))

    assert (result.star, result.star_cap) == (2, 2)
    assert [b.authority for b in result.blocked] == ["provinsi", "kementerian"]


def test_default_sentra_not_recognised_closes_the_ministry(default):
    small = evaluate(default, FOOD, sale_pisang(default), make_facts(unit_count=4))
    without_sk = evaluate(default, FOOD, sale_pisang(default), make_facts(has_sk=False))

    assert [b.authority for b in small.blocked] == [b.authority for b in without_sk.blocked] == ["kementerian"]


@pytest.mark.parametrize("kind", ["p_irt", "bpom_md", "halal", "sni", "haccp_iso"])
def test_default_expired_permit_holds_indicator_3_2_at_level_2(default, kind):
    facts = make_facts(certificates=(make_certificate(kind, YESTERDAY),))

    permits = evaluate(default, FOOD, sale_pisang(default), facts).indicators["3.2"]

    assert (permits.given, permits.counted, [cap.level for cap in permits.capped_by]) == (4, 2, [2])


def test_default_material_of_unknown_origin_eliminates_but_missing_evidence_does_not(default):
    imported = evaluate(default, FOOD, sale_pisang(default, i12=1), make_facts())
    unproven = evaluate(default, FOOD, sale_pisang(default, without_evidence=("1.2",)), make_facts())

    assert [reason.code for reason in imported.eliminations] == ["bahan-jelas"]
    assert (unproven.eliminations, unproven.indicators["1.2"].counted) == ((), 2)


@pytest.mark.parametrize(
    ("scope", "asked"),
    [
        ("makanan", {"2.4-melanggar-ki", "3.1-benda-asing"}),
        ("minuman", {"2.4-melanggar-ki", "3.1-benda-asing"}),
        ("tenun", {"2.4-melanggar-ki"}),
        ("herbal", {"2.4-melanggar-ki"}),
    ],
)
def test_default_eliminating_checks_per_scope(default, scope, asked):
    result = evaluate(default, scope, Answers(), make_facts())

    assert set(result.missing_checks) == asked
