"""Random instruments, sheets and facts for hypothesis: every condition, every effect, odd cents, other scopes."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assessment.scoring import AUTHORITIES, Answers, Certificate, Check, CheckKind, Condition, Effect, Facts
from tests.assessment.rules import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    make_criterion,
    make_gate,
    make_indicator,
    make_rules,
)

SCOPE, OTHER = "makanan", "tenun"
KINDS = ("halal", "p_irt", "bpom_md")
DAYS = st.sampled_from([YESTERDAY, TODAY, TOMORROW, None])
# No deadline: a slow machine is no fault of the score.
tried = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


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
def checks(draw, code):
    kind = draw(st.sampled_from(CheckKind))
    return Check(
        f"{code}-x",
        "Butir uji",
        kind=kind,
        scopes=draw(st.sampled_from([frozenset(), frozenset({OTHER})])),
        eliminating=draw(st.booleans()),
        bad_value=draw(st.integers(0, 1) if kind == CheckKind.YES_NO else st.integers(1, 5)),
    )


@st.composite
def indicators(draw, code):
    required = draw(st.booleans())
    points = draw(level_points())
    return make_indicator(
        code,
        *points,
        scopes=draw(st.sampled_from([frozenset(), frozenset({OTHER}), frozenset({SCOPE, OTHER})])),
        evidence_required=required,
        cap_without_evidence=draw(st.none() | st.integers(1, len(points) - 1)) if required else None,
        checks=tuple(draw(st.lists(checks(code), max_size=1))),
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


def conditions(codes, lines):
    """What a gate may ask, of the indicators `codes` and the test lines `lines`."""
    facts = (Condition.NIB, Condition.SK, Condition.EVIDENCE, Condition.FIELD_VISIT)
    kinds = st.frozensets(st.sampled_from(KINDS), min_size=1)
    code, few = st.sampled_from(codes), st.integers(1, 3)
    found = [
        st.sampled_from([{"condition": fact} for fact in facts]),
        st.builds(lambda n: {"condition": Condition.UNITS, "minimum": n}, st.integers(1, 9)),
        st.builds(lambda n: {"condition": Condition.ASSESSORS, "minimum": n}, few),
        st.builds(lambda n: {"condition": Condition.ALL_INDICATORS_ABOVE, "level": n}, few),
        st.builds(lambda c, n: {"condition": Condition.INDICATOR_ABOVE, "indicator": c, "level": n}, code, few),
        st.builds(lambda k: {"condition": Condition.CERTIFICATE_NOT_EXPIRED, "kinds": k}, kinds),
        st.builds(lambda k: {"condition": Condition.CERTIFICATE_VALID, "kinds": k}, kinds),
    ]
    if lines:
        found.append(
            st.builds(lambda c: {"condition": Condition.CHECK_NOT_BAD, "bad_check": c}, st.sampled_from(lines))
        )
    return st.one_of(found)


def effects(codes):
    return st.one_of(
        st.builds(lambda n: {"effect": Effect.CAP_STAR, "star": n}, st.integers(0, 5)),
        st.builds(
            lambda c, n: {"effect": Effect.CAP_INDICATOR, "capped_indicator": c, "capped_level": n},
            st.sampled_from(codes),
            st.integers(1, 4),
        ),
        st.builds(lambda a: {"effect": Effect.BLOCK_NOMINATION, "authority": a}, st.sampled_from(AUTHORITIES)),
        st.just({"effect": Effect.ELIMINATE}),
    )


@st.composite
def rules(draw):
    made = draw(criteria())
    plain = make_rules(*made)
    codes, lines = sorted(plain.indicators), sorted(plain.checks)
    pairs = draw(st.lists(st.tuples(conditions(codes, lines), effects(codes)), max_size=5))
    gates = tuple(
        make_gate(f"g{n}", scopes=draw(st.sampled_from([frozenset(), frozenset({SCOPE}), frozenset({OTHER})])), **a | b)
        for n, (a, b) in enumerate(pairs)
    )
    lowest = sorted(draw(st.sets(st.integers(0, 10000), min_size=1, max_size=5)))
    bands = {star: Fraction(cents, 100) for star, cents in enumerate(lowest, start=1)}
    return make_rules(*made, gates=gates, bands=bands)


@st.composite
def sheets(draw, rules, complete=False):
    def answer(offered):
        return draw(st.sampled_from([*offered, *[None] * (not complete)]))

    levels = {code: answer([x.number for x in part.levels]) for code, part in rules.indicators.items()}
    values = {code: answer([0, 1] if c.kind == CheckKind.YES_NO else range(1, 6)) for code, c in rules.checks.items()}
    return Answers(levels, draw(st.frozensets(st.sampled_from(sorted(levels)))), values)


@st.composite
def certificates(draw):
    issued, expires = draw(DAYS), draw(DAYS)
    return Certificate(draw(st.sampled_from(KINDS)), issued, expires)


facts = st.builds(
    Facts,
    on=st.just(TODAY),
    has_nib=st.booleans(),
    has_sk=st.booleans(),
    unit_count=st.integers(0, 9),
    assessor_count=st.integers(0, 3),
    field_visit=st.booleans(),
    certificates=st.lists(certificates(), max_size=3).map(tuple),
)


@st.composite
def cases(draw, complete=False):
    """An instrument, a sheet of it, and facts; `complete` leaves no answer out."""
    instrument = draw(rules())
    return instrument, draw(sheets(instrument, complete)), draw(facts)


def within_reach(rules):
    """Whether every gate can be passed; publishing refuses the others."""
    for gate in rules.gates:
        asked = [rules.indicators[gate.indicator]] if gate.indicator else rules.indicators.values()
        if gate.level is not None and any(len(indicator.levels) <= gate.level for indicator in asked):
            return False
        if gate.bad_check and rules.checks[gate.bad_check].bad_value == 5:
            return False
    return True
