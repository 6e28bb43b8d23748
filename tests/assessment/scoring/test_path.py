"""The way to the next band."""

from decimal import Decimal

from assessment.scoring import Answers, Condition, Effect, evaluate
from tests.assessment.rules import (
    make_answers,
    make_criterion,
    make_facts,
    make_gate,
    make_indicator,
    make_rules,
    moves_of,
)

FOOD = "makanan"


def test_way_lists_only_gates_where_the_points_are_already_there():
    rules = make_rules(
        gates=(make_gate("nib", star=2), make_gate("kunjungan", condition=Condition.FIELD_VISIT, star=4))
    )

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5, i21=5), make_facts(has_nib=False, field_visit=False))

    assert (result.star, result.next_band.star, result.next_band.distance.shown) == (2, 3, Decimal("0.00"))
    assert moves_of(result) == [("nib", "0.00", "100.00")]


def test_way_raises_what_a_gate_on_all_indicators_still_blocks():
    gate = make_gate("semua", condition=Condition.ALL_INDICATORS_ABOVE, level=2, star=4)
    rules = make_rules(gates=(gate,))

    result = evaluate(rules, FOOD, make_answers(i11=2, i12=5, i21=5), make_facts())

    assert moves_of(result) == [("1.1", "4.00", "92.00")]
    assert (result.next_band.moves[0].from_level, result.next_band.moves[0].to_level) == (2, 3)


def test_way_lifts_the_cap_of_a_gate_that_costs_points():
    gate = make_gate("masa", effect=Effect.CAP_INDICATOR, capped_indicator="2.1", capped_level=2)

    result = evaluate(make_rules(gates=(gate,)), FOOD, make_answers(i11=5, i12=5, i21=5), make_facts(has_nib=False))

    assert moves_of(result) == [("masa", "24.00", "100.00")]


def test_way_lifts_a_costly_cap_before_it_raises_anything():
    gate = make_gate("masa", effect=Effect.CAP_INDICATOR, capped_indicator="2.1", capped_level=2)

    result = evaluate(make_rules(gates=(gate,)), FOOD, make_answers(i11=4, i12=4, i21=3), make_facts(has_nib=False))

    assert moves_of(result) == [("masa", "8.00", "72.00")]


def test_way_lifts_a_cap_that_keeps_a_blocking_gate_shut_though_the_points_suffice():
    gates = (
        make_gate("masa", effect=Effect.CAP_INDICATOR, capped_indicator="1.1", capped_level=2),
        make_gate("semua", condition=Condition.ALL_INDICATORS_ABOVE, level=2, star=4),
    )
    rules = make_rules(gates=gates, bands={4: 50, 5: 60})

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=4, i21=4), make_facts(has_nib=False))

    assert (result.star, moves_of(result)) == (4, [("masa", "12.00", "84.00")])


def test_way_leaves_a_held_indicator_for_last_and_lifts_its_gate_first():
    """2.1 is at the level its gate allows: nothing is lost, but it cannot rise before the gate passes."""
    gate = make_gate("masa", effect=Effect.CAP_INDICATOR, capped_indicator="2.1", capped_level=2)
    rules = make_rules(gates=(gate,), bands={1: 80})

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=4, i21=2), make_facts(has_nib=False))

    assert moves_of(result) == [("1.2", "8.00", "76.00"), ("masa", "0.00", "76.00"), ("2.1", "8.00", "84.00")]


def test_way_says_where_a_higher_level_needs_evidence_that_is_not_there():
    wants = make_indicator("1.1", 100, evidence_required=True, cap_without_evidence=2)

    result = evaluate(make_rules(make_criterion("K1", 100, wants)), FOOD, make_answers(i11=2), make_facts())

    assert moves_of(result) == [("1.1", "20.00", "60.00")]
    assert (result.next_band.star, result.next_band.moves[0].needs_evidence) == (1, True)


def test_way_asks_for_all_evidence_where_the_gate_on_evidence_blocks():
    wants = [make_indicator(code, 50, evidence_required=True) for code in ("1.1", "1.2")]
    gate = make_gate(condition=Condition.EVIDENCE, star=4)
    rules = make_rules(make_criterion("K1", 100, *wants), gates=(gate,))

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5), make_facts())

    assert [(move.kind, move.code) for move in result.next_band.moves] == [("evidence", "1.1"), ("evidence", "1.2")]


def test_way_asks_first_for_the_evidence_that_brings_most():
    wants = [
        make_indicator(code, points, evidence_required=True, cap_without_evidence=2)
        for code, points in [("1.1", 20), ("1.2", 30), ("1.3", 50)]
    ]
    rules = make_rules(make_criterion("K1", 100, *wants))

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5, i13=3), make_facts())

    assert moves_of(result) == [("1.2", "18.00", "58.00")]


def test_way_asks_for_the_evidence_a_gate_on_levels_needs_though_the_points_suffice():
    wants = make_indicator("1.2", 50, evidence_required=True, cap_without_evidence=2)
    gate = make_gate("semua", condition=Condition.ALL_INDICATORS_ABOVE, level=2, star=4)
    rules = make_rules(make_criterion("K1", 100, make_indicator("1.1", 50), wants), gates=(gate,), bands={4: 50, 5: 60})

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5), make_facts())

    assert (result.star, moves_of(result)) == (4, [("1.2", "30.00", "100.00")])


def test_way_takes_the_lower_code_where_the_points_are_equal():
    indicators = [make_indicator(code, 50) for code in ("1.10", "1.2")]

    result = evaluate(
        make_rules(make_criterion("K1", 100, *indicators)), FOOD, Answers({"1.10": 4, "1.2": 4}), make_facts()
    )

    assert moves_of(result) == [("1.2", "10.00", "90.00")]


def test_no_way_above_the_highest_band():
    assert evaluate(make_rules(), FOOD, make_answers(i11=5, i12=5, i21=5), make_facts()).next_band is None
