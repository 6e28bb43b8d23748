"""What must hold for every instrument and every sheet, tried by hypothesis."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessment.scoring import (
    AUTHORITIES,
    Answers,
    Condition,
    Effect,
    Facts,
    Instrument,
    Result,
    as_data,
    evaluate,
    from_data,
)
from tests.assessment.rules import (
    TODAY,
    YESTERDAY,
    make_certificate,
    make_criterion,
    make_gate,
    make_indicator,
    make_rules,
)

SCOPE, OTHER = "makanan", "tenun"
# No deadline: a slow machine is no fault of the score.
tried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def level_points(draw):
    """Two to five levels whose points never fall; the best is worth something, often in awkward cents."""
    steps = draw(st.lists(st.integers(0, 333), min_size=2, max_size=5))
    points, total = [], 0
    for step in steps:
        total += step
        points.append(Fraction(total, 100))
    points[-1] += Fraction(1, 100)
    return points


@st.composite
def indicators(draw, code):
    required = draw(st.booleans())
    points = draw(level_points())
    return make_indicator(
        code,
        *points,
        scopes=draw(st.sampled_from([frozenset(), frozenset({OTHER}), frozenset({SCOPE, OTHER})])),
        evidence_required=required,
        cap_without_evidence=draw(st.integers(1, len(points) - 1)) if required else None,
    )


@st.composite
def criteria(draw):
    """One to four criteria that share a hundred points; each has one indicator for every scope."""
    cuts = sorted(draw(st.sets(st.integers(1, 9999), max_size=3)))
    edges = [0, *cuts, 10000]
    found = []
    for number, (low, high) in enumerate(zip(edges, edges[1:], strict=False), start=1):
        extra = draw(st.integers(0, 2))
        own = [make_indicator(f"{number}.0", *draw(level_points()))]
        own += [draw(indicators(f"{number}.{place}")) for place in range(1, extra + 1)]
        found.append(replace(make_criterion(f"K{number}", 1, *own), points=Fraction(high - low, 100)))
    return found


CONDITIONS = st.one_of(
    st.sampled_from([{"condition": c} for c in (Condition.NIB, Condition.SK, Condition.EVIDENCE)]),
    st.builds(lambda n: {"condition": Condition.UNITS, "minimum": n}, st.integers(1, 9)),
    st.builds(lambda n: {"condition": Condition.ALL_INDICATORS_ABOVE, "level": n}, st.integers(1, 3)),
    st.builds(lambda n: {"condition": Condition.INDICATOR_ABOVE, "indicator": "1.0", "level": n}, st.integers(1, 3)),
    st.just({"condition": Condition.CERTIFICATE_NOT_EXPIRED, "kinds": frozenset({"halal"})}),
)
EFFECTS = st.one_of(
    st.builds(lambda n: {"effect": Effect.CAP_STAR, "star": n}, st.integers(0, 5)),
    st.builds(
        lambda n: {"effect": Effect.CAP_INDICATOR, "capped_indicator": "1.0", "capped_level": n}, st.integers(1, 4)
    ),
    st.builds(lambda a: {"effect": Effect.BLOCK_NOMINATION, "authority": a}, st.sampled_from(AUTHORITIES)),
    st.just({"effect": Effect.ELIMINATE}),
)
GATES = st.lists(st.tuples(CONDITIONS, EFFECTS), max_size=5)


@st.composite
def rules(draw):
    gates = tuple(make_gate(f"g{n}", **pair[0] | pair[1]) for n, pair in enumerate(draw(GATES)))
    lowest = sorted(draw(st.sets(st.integers(0, 100), min_size=1, max_size=5)))
    return make_rules(*draw(criteria()), gates=gates, bands=dict(enumerate(lowest, start=1)))


@st.composite
def sheets(draw, rules, complete=False):
    levels = {
        code: draw(st.sampled_from([level.number for level in indicator.levels] + [None] * (not complete)))
        for code, indicator in rules.indicators.items()
    }
    return Answers(levels, draw(st.frozensets(st.sampled_from(sorted(levels)))))


@st.composite
def facts(draw):
    expiries = draw(st.lists(st.sampled_from([YESTERDAY, TODAY, None]), max_size=2))
    return Facts(
        on=TODAY,
        has_nib=draw(st.booleans()),
        has_sk=draw(st.booleans()),
        unit_count=draw(st.integers(0, 9)),
        certificates=tuple(make_certificate("halal", expires) for expires in expiries),
    )


@st.composite
def cases(draw, complete=False):
    instrument = draw(rules())
    return instrument, draw(sheets(instrument, complete)), draw(facts())


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
        assert result.missing


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
def test_way_to_the_next_band_reaches_it(case):
    """Who takes every move, and mends the facts its gates ask for, gets at least the star that was promised."""
    instrument, answers, known = case
    result = evaluate(instrument, SCOPE, answers, known)
    assume(result.next_band and within_reach(instrument, result.next_band.star))

    levels, evidence = dict(answers.levels), set(answers.evidence)
    for move in result.next_band.moves:
        if move.kind == "level":
            levels[move.code] = move.to_level
        if move.kind == "evidence" or move.needs_evidence:
            evidence.add(move.code)
    mended = Facts(TODAY, has_nib=True, has_sk=True, unit_count=9, certificates=(make_certificate("halal", None),))
    after = evaluate(instrument, SCOPE, Answers(levels, frozenset(evidence)), mended)

    assert after.star >= result.next_band.star


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


def within_reach(rules: Instrument, star: int) -> bool:
    """Publishing refuses gates nobody can pass; here they are left out of the promise."""
    for gate in rules.gates:
        asked = {
            Condition.ALL_INDICATORS_ABOVE: list(rules.indicators.values()),
            Condition.INDICATOR_ABOVE: [rules.indicators["1.0"]],
        }.get(gate.condition, [])
        if any(indicator.best.number <= gate.level for indicator in asked):
            return False
    return True
