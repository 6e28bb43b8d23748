"""What must hold for every instrument and every sheet, tried by hypothesis."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.scoring import Answers, Facts, Instrument, Result, as_data, evaluate, from_data
from tests.assessment.scoring.strategies import SCOPE, cases, tried


@tried
@given(cases())
def test_points_lie_between_zero_and_a_hundred_and_below_what_can_be_reached(case):
    result = evaluate(case[0], SCOPE, *case[1:])

    assert 0 <= result.points.exact <= result.reachable.exact <= 100
    assert result.complete is (result.points == result.total)


@tried
@given(cases())
def test_explanation_sums_to_the_total_exactly_and_as_shown(case):
    result = evaluate(case[0], SCOPE, *case[1:])

    assert sum(c.points.exact for c in result.criteria) == result.points.exact
    assert sum(c.points.shown for c in result.criteria) == result.points.shown
    for criterion in result.criteria:
        assert sum(i.points.exact for i in criterion.indicators) == criterion.points.exact
        assert sum(i.points.shown for i in criterion.indicators) == criterion.points.shown
        assert sum(i.maximum.exact for i in criterion.indicators) == criterion.maximum.exact
        assert sum(i.maximum.shown for i in criterion.indicators) == criterion.maximum.shown


@tried
@given(cases())
def test_shown_figures_stay_near_the_exact_ones_and_below_their_maximum(case):
    result = evaluate(case[0], SCOPE, *case[1:])

    assert 0 <= result.points.exact - Fraction(result.points.shown) < Fraction(1, 100)
    for part in [*result.criteria, *result.indicators.values()]:
        assert abs(part.points.exact - Fraction(part.points.shown)) <= Fraction(2, 100)
        assert 0 <= part.points.shown <= part.maximum.shown


@tried
@given(cases(complete=True), st.data())
def test_better_level_never_lowers_total_star_or_passed_gates(case, data):
    instrument, answers, known = case
    code = data.draw(st.sampled_from(sorted(answers.levels)))
    better = instrument.indicators[code].level_up(answers.levels[code])
    assume(better)

    before = evaluate(instrument, SCOPE, answers, known)
    after = evaluate(instrument, SCOPE, replace(answers, levels={**answers.levels, code: better.number}), known)

    assert after.points.exact >= before.points.exact
    assert after.star_by_points >= before.star_by_points
    assert before.eliminated or (not after.eliminated and after.star >= before.star)
    assert passed(before) <= passed(after)


@tried
@given(cases(complete=True))
def test_more_evidence_never_lowers_the_total(case):
    instrument, answers, known = case

    before = evaluate(instrument, SCOPE, answers, known)
    after = evaluate(instrument, SCOPE, replace(answers, evidence=frozenset(instrument.indicators)), known)

    assert after.points.exact >= before.points.exact


@tried
@given(cases(complete=True))
def test_star_never_exceeds_a_cap_and_is_there_exactly_when_it_may_be(case):
    result = evaluate(case[0], SCOPE, *case[1:])

    assert (result.star is None) is result.eliminated
    if result.star is not None:
        caps = [gate.gate.star for gate in result.gates if gate.passed is False and gate.gate.star is not None]
        assert result.star <= min([result.star_by_points, *caps])
        assert result.star_cap == min(caps, default=None)


@tried
@given(cases())
def test_incomplete_has_no_star(case):
    result = evaluate(case[0], SCOPE, *case[1:])

    if not result.complete:
        assert (result.star, result.star_by_points, result.total, result.next_band) == (None, None, None, None)
        assert result.missing or result.missing_checks


@tried
@given(cases(), st.randoms())
def test_order_of_input_does_not_matter(case, random):
    instrument, answers, known = case

    straight = evaluate(instrument, SCOPE, answers, known)
    mixed = evaluate(shuffled(instrument, random), SCOPE, shuffled_answers(answers, random), known)

    assert by_code(straight) == by_code(mixed)
    assert straight.star_cap == mixed.star_cap
    assert straight.indicators == mixed.indicators


@tried
@given(cases(complete=True))
def test_moves_add_up_from_the_total_to_what_they_reach(case):
    result = evaluate(case[0], SCOPE, *case[1:])
    assume(result.next_band)

    exact, shown = result.total.exact, result.total.shown
    for move in result.next_band.moves:
        exact, shown = exact + move.gain.exact, shown + move.gain.shown
        assert (move.reaches.exact, move.reaches.shown) == (exact, shown)


@tried
@given(cases())
def test_everything_can_be_stored_and_read_back(case):
    instrument, answers, known = case
    result = evaluate(instrument, SCOPE, answers, known)

    assert from_data(Result, as_data(result)) == result
    assert from_data(Instrument, as_data(instrument)) == instrument
    assert from_data(Facts, as_data(known)) == known


def passed(result: Result) -> set[str]:
    return {gate.gate.code for gate in result.gates if gate.passed}


def by_code(result: Result) -> dict:
    """The result without the order of its parts."""
    return {
        "points": result.points,
        "reachable": result.reachable,
        "star": result.star,
        "criteria": {c.code: (c.points, c.reachable, set(c.missing)) for c in result.criteria},
        "gates": {gate.gate.code: (gate.passed, set(gate.at)) for gate in result.gates},
        "blocked": {b.authority: {reason.gate.code for reason in b.reasons} for b in result.blocked},
        "eliminations": set(result.eliminations),
        "next": result.next_band and (result.next_band.star, result.next_band.distance),
    }


def shuffled(rules: Instrument, random) -> Instrument:
    def mixed(parts: tuple) -> tuple:
        return tuple(random.sample(parts, len(parts)))

    criteria = tuple(replace(c, indicators=mixed(c.indicators)) for c in mixed(rules.criteria))
    return replace(rules, criteria=criteria, gates=mixed(rules.gates), bands=mixed(rules.bands))


def shuffled_answers(answers: Answers, random) -> Answers:
    codes = random.sample(sorted(answers.levels), len(answers.levels))
    return replace(answers, levels={code: answers.levels[code] for code in codes})
