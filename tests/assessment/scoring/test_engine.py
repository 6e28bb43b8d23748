"""Points, evidence and what each effect of a gate does."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.scoring import (
    Answers,
    Cap,
    CheckKind,
    Condition,
    Effect,
    Elimination,
    ScopeNotCovered,
    UnknownCode,
    evaluate,
)
from tests.assessment.rules import (
    make_answers,
    make_criterion,
    make_facts,
    make_gate,
    make_indicator,
    make_rules,
    points_by_code,
    rules_with_check,
)

FOOD = "makanan"


def test_indicator_that_does_not_apply_shares_its_points_in_proportion_within_its_criterion():
    rules = make_rules(
        make_criterion(
            "K1",
            60,
            make_indicator("1.1", 10),
            make_indicator("1.2", 20),
            make_indicator("1.3", 30, scopes=frozenset({"tenun"})),
        ),
        make_criterion("K2", 40, make_indicator("2.1", 40)),
    )

    first, second = evaluate(rules, FOOD, make_answers(i11=5, i12=5, i21=1), make_facts()).criteria

    assert [(i.code, i.unscaled, i.maximum.shown) for i in first.indicators] == [
        ("1.1", 10, Decimal("20.00")),
        ("1.2", 20, Decimal("40.00")),
    ]
    assert (first.scale, first.not_applying, first.points.shown) == (2, ("1.3",), Decimal("60.00"))
    assert (second.scale, second.not_applying) == (1, ())


def test_answers_to_what_does_not_apply_are_left_aside():
    only_woven = make_indicator("2.1", 40, scopes=frozenset({"tenun"}))
    rules = make_rules(make_criterion("K1", 100, make_indicator("1.1", 60), only_woven))

    result = evaluate(rules, FOOD, make_answers(i11=5, i21=1, evidence=["2.1"]), make_facts())

    assert (result.points.exact, result.missing) == (100, ())


def test_criterion_without_an_indicator_for_the_scope_is_refused():
    rules = make_rules(make_criterion("K1", 100, make_indicator("1.1", 60, scopes=frozenset({"tenun"}))))

    with pytest.raises(ScopeNotCovered, match="K1"):
        evaluate(rules, FOOD, Answers(), make_facts())
    assert (rules.covers("tenun"), rules.covers(FOOD)) == (True, False)


@pytest.mark.parametrize(
    "answers",
    [
        make_answers(i99=1),
        make_answers(i11=6),
        make_answers(i11=0),
        make_answers(evidence=["9.9"]),
        make_answers(checks={"9.9-x": 1}),
    ],
    ids=["indicator", "level above", "level zero", "evidence", "check"],
)
def test_answer_the_instrument_does_not_know_is_refused(answers):
    with pytest.raises(UnknownCode):
        evaluate(make_rules(), FOOD, answers, make_facts())


@pytest.mark.parametrize(("kind", "value"), [("yes_no", 2), ("yes_no", -1), ("graded", 0), ("graded", 6)])
def test_answer_a_line_of_the_test_sheet_does_not_offer_is_refused(kind, value):
    rules = rules_with_check(kind=CheckKind(kind), eliminating=True, bad_value=1)

    with pytest.raises(UnknownCode):
        evaluate(rules, FOOD, make_answers(i11=5, checks={"1.1-x": value}), make_facts())


def test_total_just_below_a_band_is_shown_rounded_down_and_its_distance_up():
    """89.996 once read as "90,00, bintang 4" elsewhere: the figure said one thing and the star another."""
    rules = make_rules(make_criterion("K1", 100, make_indicator("1.1", "89.996", 100)))

    result = evaluate(rules, FOOD, make_answers(i11=1), make_facts())

    assert result.total.exact == Fraction("89.996")
    assert (result.total.shown, result.star) == (Decimal("89.99"), 4)
    assert result.next_band.distance.shown == Decimal("0.01")


def test_total_exactly_on_a_band_earns_its_star():
    rules = make_rules(make_criterion("K1", 100, make_indicator("1.1", 90, 100)))

    assert evaluate(rules, FOOD, make_answers(i11=1), make_facts()).star == 5


def test_total_below_the_lowest_band_is_star_zero():
    result = evaluate(make_rules(), FOOD, make_answers(i11=2, i12=2, i21=2), make_facts())

    assert (result.total.shown, result.star, result.next_band.star) == (Decimal("40.00"), 0, 1)


def test_thirds_are_shown_so_that_they_sum_to_what_is_shown_above_them():
    thirds = [make_indicator(f"1.{n}", 5, scopes=frozenset()) for n in (1, 2, 3)]
    rules = make_rules(
        make_criterion("K1", 50, *thirds), make_criterion("K2", 50, *[make_indicator(f"2.{n}", 7) for n in (1, 2, 3)])
    )

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5, i13=4, i21=5, i22=3, i23=1), make_facts())

    assert result.total.shown == Decimal("76.66")
    assert points_by_code(result) == {"K1": "46.66", "K2": "30.00"}
    assert [str(i.points.shown) for i in result.criteria[0].indicators] == ["16.67", "16.66", "13.33"]
    assert [str(i.maximum.shown) for i in result.criteria[0].indicators] == ["16.67", "16.67", "16.66"]


def test_missing_evidence_holds_the_level_down_until_it_is_there():
    wants = make_indicator("1.1", 100, evidence_required=True, cap_without_evidence=2)
    rules = make_rules(make_criterion("K1", 100, wants))

    without = evaluate(rules, FOOD, make_answers(i11=5), make_facts()).indicators["1.1"]
    with_it = evaluate(rules, FOOD, make_answers(i11=5, evidence=["1.1"]), make_facts()).indicators["1.1"]

    assert (without.counted, without.capped_by, without.evidence_missing) == (2, (Cap(2),), True)
    assert (without.points.exact, without.lost.exact) == (40, 60)
    assert (with_it.counted, with_it.capped_by, with_it.lost.exact) == (5, (), 0)


def test_level_at_or_below_the_cap_is_not_called_capped():
    wants = make_indicator("1.1", 100, evidence_required=True, cap_without_evidence=2)

    result = evaluate(make_rules(make_criterion("K1", 100, wants)), FOOD, make_answers(i11=2), make_facts())

    assert result.indicators["1.1"].capped_by == ()
    assert result.missing_evidence == ("1.1",)


def test_compulsory_evidence_without_a_cap_leaves_the_level_alone():
    wants = make_indicator("1.1", 100, evidence_required=True)

    result = evaluate(make_rules(make_criterion("K1", 100, wants)), FOOD, make_answers(i11=5), make_facts())

    assert (result.total.exact, result.missing_evidence) == (100, ("1.1",))


def test_cap_on_the_star_holds_it_and_keeps_the_star_by_points():
    gates = (make_gate("empat", condition=Condition.FIELD_VISIT, star=4), make_gate("dua", star=2))
    rules = make_rules(gates=gates)

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5, i21=5), make_facts(has_nib=False, field_visit=False))

    assert (result.star, result.star_by_points, result.star_cap) == (2, 5, 2)
    assert [reason.gate.code for reason in result.cap_reasons] == ["dua", "empat"]


def test_cap_between_two_bands_gives_the_band_below_it():
    rules = make_rules(gates=(make_gate(star=2),), bands={3: 50, 4: 70, 5: 90})

    result = evaluate(rules, FOOD, make_answers(i11=5, i12=5, i21=5), make_facts(has_nib=False))

    assert result.star == 0


def test_cap_on_an_indicator_costs_its_points_and_says_which_gate():
    gate = make_gate("masa", effect=Effect.CAP_INDICATOR, capped_indicator="2.1", capped_level=2)

    result = evaluate(make_rules(gates=(gate,)), FOOD, make_answers(i11=5, i12=5, i21=5), make_facts(has_nib=False))

    assert result.indicators["2.1"].capped_by == (Cap(2, "masa"),)
    assert (result.total.exact, result.indicators["2.1"].lost.exact) == (76, 24)


def test_cap_on_an_indicator_not_scored_yet_lowers_what_can_be_reached():
    gate = make_gate("masa", effect=Effect.CAP_INDICATOR, capped_indicator="2.1", capped_level=2)

    result = evaluate(make_rules(gates=(gate,)), FOOD, make_answers(i11=5, i12=5), make_facts(has_nib=False))

    assert (result.points.exact, result.reachable.exact) == (60, 76)


def test_caps_may_follow_from_each_other():
    """A cap on 1.1 makes the gate on 1.1 fail, which caps 2.1: settled whatever the order of the gates."""
    follows = make_gate(
        "ikut",
        condition=Condition.INDICATOR_ABOVE,
        indicator="1.1",
        level=2,
        effect=Effect.CAP_INDICATOR,
        capped_indicator="2.1",
        capped_level=1,
    )
    first = make_gate("nib", effect=Effect.CAP_INDICATOR, capped_indicator="1.1", capped_level=2)
    answers = make_answers(i11=5, i12=5, i21=5)

    one, other = (
        evaluate(make_rules(gates=gates), FOOD, answers, make_facts(has_nib=False))
        for gates in [(follows, first), (first, follows)]
    )

    assert one.total == other.total
    assert (one.total.exact, one.indicators["2.1"].counted) == (8 + 40 + 8, 1)


def test_blocked_nomination_closes_the_authority_and_those_above_it():
    gates = (
        make_gate("izin", effect=Effect.BLOCK_NOMINATION, authority="provinsi"),
        make_gate("sk", condition=Condition.SK, effect=Effect.BLOCK_NOMINATION, authority="kementerian"),
    )

    result = evaluate(
        make_rules(gates=gates), FOOD, make_answers(i11=3, i12=3, i21=3), make_facts(has_nib=False, has_sk=False)
    )

    assert [(b.authority, [reason.gate.code for reason in b.reasons]) for b in result.blocked] == [
        ("provinsi", ["izin"]),
        ("kementerian", ["izin", "sk"]),
    ]
    assert result.star == 2


def test_eliminating_gate_leaves_no_star_and_is_seen_before_everything_is_scored():
    gate = make_gate("bahan", condition=Condition.INDICATOR_ABOVE, indicator="1.1", level=1, effect=Effect.ELIMINATE)
    rules = make_rules(gates=(gate,))

    early = evaluate(rules, FOOD, make_answers(i11=1), make_facts())
    whole = evaluate(rules, FOOD, make_answers(i11=1, i12=5, i21=5), make_facts())

    assert early.eliminations == whole.eliminations == (Elimination("gate", "bahan", "Akibat bahan."),)
    assert (whole.star, whole.star_by_points, whole.next_band) == (None, 4, None)


def test_check_that_does_not_eliminate_has_no_effect_of_its_own():
    rules = rules_with_check(bad_value=1)

    result = evaluate(rules, FOOD, make_answers(i11=5, checks={"1.1-x": 1}), make_facts())

    assert (result.star, result.eliminations, result.missing_checks) == (5, (), ())


def test_eliminating_check_must_be_answered_and_eliminates_when_bad():
    rules = rules_with_check(bad_value=1, eliminating=True)

    open_, good, bad = (
        evaluate(rules, FOOD, make_answers(i11=5, checks=checks), make_facts())
        for checks in ({}, {"1.1-x": 0}, {"1.1-x": 1})
    )

    assert (open_.complete, open_.missing, open_.missing_checks, open_.star) == (False, (), ("1.1-x",), None)
    assert (good.complete, good.star, good.eliminated) == (True, 5, False)
    assert bad.eliminations == (Elimination("check", "1.1-x", "Ada retak"),)
    assert (bad.complete, bad.star, bad.star_by_points, bad.next_band) == (True, None, 5, None)


def test_check_of_another_scope_is_neither_asked_nor_heard():
    rules = rules_with_check(bad_value=1, eliminating=True, scopes=frozenset({"tenun"}))

    result = evaluate(rules, FOOD, make_answers(i11=5, checks={"1.1-x": 1}), make_facts())

    assert (result.star, result.eliminations, result.missing_checks) == (5, (), ())


def test_gate_of_another_scope_or_about_what_does_not_apply_is_not_there():
    woven = frozenset({"tenun"})
    rules = make_rules(
        make_criterion("K1", 100, make_indicator("1.1", 50), make_indicator("1.2", 50, scopes=woven)),
        gates=(
            make_gate("lingkup", star=2, scopes=woven),
            make_gate("indikator", condition=Condition.INDICATOR_ABOVE, indicator="1.2", level=1, star=2),
            make_gate("batas", effect=Effect.CAP_INDICATOR, capped_indicator="1.2", capped_level=2),
            make_gate("ada", star=3),
        ),
    )

    result = evaluate(rules, FOOD, make_answers(i11=5), make_facts(has_nib=False))

    assert ([gate.gate.code for gate in result.gates], result.star) == (["ada"], 3)
