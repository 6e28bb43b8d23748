"""Every condition of a gate, met and not met."""

import pytest

from assessment.scoring import CheckKind, Condition, evaluate
from tests.assessment.rules import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    make_answers,
    make_certificate,
    make_criterion,
    make_facts,
    make_gate,
    make_indicator,
    make_rules,
    rules_with_check,
)

FOOD = "makanan"


PERMITS = frozenset({"p_irt", "bpom_md"})
GOOD = make_answers(i11=3, i12=3, i21=3)


@pytest.mark.parametrize(
    ("condition", "facts", "passed"),
    [
        ({"condition": Condition.NIB}, {"has_nib": True}, True),
        ({"condition": Condition.NIB}, {"has_nib": False}, False),
        ({"condition": Condition.UNITS, "minimum": 5}, {"unit_count": 5}, True),
        ({"condition": Condition.UNITS, "minimum": 5}, {"unit_count": 4}, False),
        ({"condition": Condition.SK}, {"has_sk": True}, True),
        ({"condition": Condition.SK}, {"has_sk": False}, False),
        ({"condition": Condition.ASSESSORS, "minimum": 2}, {"assessor_count": 2}, True),
        ({"condition": Condition.ASSESSORS, "minimum": 2}, {"assessor_count": 1}, False),
        ({"condition": Condition.FIELD_VISIT}, {"field_visit": True}, True),
        ({"condition": Condition.FIELD_VISIT}, {"field_visit": False}, False),
    ],
)
def test_gate_on_a_fact(condition, facts, passed):
    rules = make_rules(gates=(make_gate(**condition, star=2),))

    result = evaluate(rules, FOOD, GOOD, make_facts(**facts))

    assert [gate.passed for gate in result.gates] == [passed]


@pytest.mark.parametrize(
    ("certificates", "valid", "not_expired"),
    [
        ([], False, True),
        ([make_certificate("p_irt", TODAY)], True, True),
        ([make_certificate("p_irt", YESTERDAY)], False, False),
        ([make_certificate("p_irt", None)], True, True),
        ([make_certificate("p_irt", None, issued=TOMORROW)], False, True),
        ([make_certificate("halal", TOMORROW)], False, True),
        ([make_certificate("halal", YESTERDAY)], False, True),
        ([make_certificate("p_irt", YESTERDAY), make_certificate("p_irt", TOMORROW)], True, True),
        ([make_certificate("p_irt", YESTERDAY), make_certificate("bpom_md", TOMORROW)], True, True),
        ([make_certificate("p_irt", YESTERDAY), make_certificate("bpom_md", None, issued=TOMORROW)], False, False),
    ],
    ids=[
        "none",
        "last day",
        "expired",
        "without end",
        "not yet issued",
        "other kind",
        "other kind expired",
        "renewed",
        "replaced by another kind",
        "replacement not yet issued",
    ],
)
def test_gate_on_certificates(certificates, valid, not_expired):
    gates = (
        make_gate("ada", condition=Condition.CERTIFICATE_VALID, kinds=PERMITS, star=2),
        make_gate("masa", condition=Condition.CERTIFICATE_NOT_EXPIRED, kinds=PERMITS, star=2),
    )

    result = evaluate(make_rules(gates=gates), FOOD, GOOD, make_facts(certificates=tuple(certificates)))

    assert [gate.passed for gate in result.gates] == [valid, not_expired]


def test_gate_on_evidence_names_the_indicators_without_it_scored_or_not():
    wants = [make_indicator(code, 50, evidence_required=True) for code in ("1.1", "1.2")]
    gate = make_gate(condition=Condition.EVIDENCE, star=4)
    rules = make_rules(make_criterion("K1", 100, *wants), gates=(gate,))

    lacking = evaluate(rules, FOOD, make_answers(i12=3, evidence=["1.2"]), make_facts())
    whole = evaluate(rules, FOOD, make_answers(i12=3, evidence=["1.1", "1.2"]), make_facts())

    assert [(result.passed, result.at) for result in lacking.gates] == [(False, ("1.1",))]
    assert [(result.passed, result.at) for result in whole.gates] == [(True, ())]


@pytest.mark.parametrize(
    ("answers", "passed", "at"),
    [
        (make_answers(i11=3, i12=1, i21=1), True, ()),
        (make_answers(i11=2, i12=5, i21=5), False, ("1.1",)),
        (make_answers(i12=5, i21=5), None, ()),
    ],
    ids=["above", "at", "not scored"],
)
def test_gate_on_one_indicator(answers, passed, at):
    gate = make_gate(condition=Condition.INDICATOR_ABOVE, indicator="1.1", level=2, star=4)

    result = evaluate(make_rules(gates=(gate,)), FOOD, answers, make_facts())

    assert [(found.passed, found.at) for found in result.gates] == [(passed, at)]


@pytest.mark.parametrize(
    ("answers", "passed", "at"),
    [
        (make_answers(i11=3, i12=3, i21=3), True, ()),
        (make_answers(i11=3, i12=2, i21=1), False, ("1.2", "2.1")),
        (make_answers(i11=3, i12=3), None, ()),
        (make_answers(i11=3, i12=2), False, ("1.2",)),
    ],
    ids=["all above", "two low", "one not scored", "one low, one not scored"],
)
def test_gate_on_all_indicators(answers, passed, at):
    gate = make_gate(condition=Condition.ALL_INDICATORS_ABOVE, level=2, star=4)

    result = evaluate(make_rules(gates=(gate,)), FOOD, answers, make_facts())

    assert [(found.passed, found.at) for found in result.gates] == [(passed, at)]


def test_gate_on_indicators_looks_at_the_level_that_counts():
    wants = make_indicator("1.1", 100, evidence_required=True, cap_without_evidence=2)
    gate = make_gate(condition=Condition.ALL_INDICATORS_ABOVE, level=2, star=4)
    rules = make_rules(make_criterion("K1", 100, wants), gates=(gate,))

    result = evaluate(rules, FOOD, make_answers(i11=5), make_facts())

    assert [(found.passed, found.at) for found in result.gates] == [(False, ("1.1",))]


@pytest.mark.parametrize(
    ("kind", "bad_value", "value", "passed"),
    [
        (CheckKind.YES_NO, 1, 1, False),
        (CheckKind.YES_NO, 1, 0, True),
        (CheckKind.YES_NO, 0, 0, False),
        (CheckKind.YES_NO, 0, 1, True),
        (CheckKind.GRADED, 2, 2, False),
        (CheckKind.GRADED, 2, 1, False),
        (CheckKind.GRADED, 2, 3, True),
        (CheckKind.YES_NO, 1, None, None),
    ],
)
def test_gate_on_a_check(kind, bad_value, value, passed):
    gate = make_gate(condition=Condition.CHECK_NOT_BAD, bad_check="1.1-x", star=2)
    rules = rules_with_check((gate,), kind=kind, bad_value=bad_value)

    result = evaluate(rules, FOOD, make_answers(i11=5, checks={"1.1-x": value}), make_facts())

    assert ([found.passed for found in result.gates], result.complete) == ([passed], True)
