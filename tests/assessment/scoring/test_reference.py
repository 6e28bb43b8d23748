"""The score against a second one, written from the rules alone: slow, naive, and sharing no line with the engine."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

from hypothesis import assume, given

from assessment.scoring import Certificate, evaluate
from tests.assessment.rules import TODAY
from tests.assessment.scoring.strategies import SCOPE, cases, tried, within_reach

LADDER = ["kabkota", "provinsi", "kementerian"]


class Reference:
    """One sheet of the scope SCOPE, judged step by step as a person with the rules in hand would."""

    def __init__(self, rules, answers, facts):
        self.rules, self.answers, self.facts = rules, answers, facts
        self.parts = {i.code: i for c in rules.criteria for i in c.indicators if not i.scopes or SCOPE in i.scopes}
        self.lines = {k.code: k for i in self.parts.values() for k in i.checks if not k.scopes or SCOPE in k.scopes}
        self.gates = [g for g in rules.gates if self._speaks(g)]
        self.limits = {code: len(part.levels) for code, part in self.parts.items()}
        self._settle()

    def _speaks(self, gate):
        named = [gate.indicator, gate.capped_indicator]
        return (
            (not gate.scopes or SCOPE in gate.scopes)
            and all(code is None or code in self.parts for code in named)
            and (gate.bad_check is None or gate.bad_check in self.lines)
        )

    def _settle(self):
        """Lower one limit at a time until every failed gate has had its say."""
        while True:
            failed = [g for g in self.gates if g.effect == "cap_indicator" and self.holds(g) is False]
            held = [g for g in failed if self.limits[g.capped_indicator] > g.capped_level]
            if not held:
                return
            self.limits[held[0].capped_indicator] = held[0].capped_level

    def lacks(self, code):
        return self.parts[code].evidence_required and code not in self.answers.evidence

    def level(self, code):
        given_level = self.answers.levels.get(code)
        if given_level is None:
            return None
        caps = [given_level, self.limits[code]]
        if self.lacks(code) and self.parts[code].cap_without_evidence:
            caps.append(self.parts[code].cap_without_evidence)
        return min(caps)

    def holds(self, gate):
        facts, name = self.facts, gate.condition.value
        if name in ("nib", "sk", "field_visit"):
            return {"nib": facts.has_nib, "sk": facts.has_sk, "field_visit": facts.field_visit}[name]
        if name == "units":
            return facts.unit_count >= gate.minimum
        if name == "assessors":
            return facts.assessor_count >= gate.minimum
        if name == "evidence":
            return not any(self.lacks(code) for code in self.parts)
        if name == "check_not_bad":
            value = self.answers.checks.get(gate.bad_check)
            return None if value is None else not self.is_bad(gate.bad_check, value)
        if name.startswith("certificate"):
            return self._papers_hold(gate)
        codes = [gate.indicator] if name == "indicator_above" else list(self.parts)
        levels = [self.level(code) for code in codes]
        if any(level is not None and level <= gate.level for level in levels):
            return False
        return None if None in levels else True

    def _papers_hold(self, gate):
        day = self.facts.on
        own = [p for p in self.facts.certificates if p.kind in gate.kinds]
        old = [p for p in own if p.expires is not None and p.expires < day]
        good = [p for p in own if p not in old and not (p.issued is not None and p.issued > day)]
        return bool(good) if gate.condition.value == "certificate_valid" else bool(good) or not old

    def is_bad(self, code, value):
        line = self.lines[code]
        return value == line.bad_value if line.kind == "yes_no" else value <= line.bad_value

    def worth(self, code, level):
        criterion = next(c for c in self.rules.criteria if any(i.code == code for i in c.indicators))
        shared = sum(max(x.points for x in i.levels) for i in criterion.indicators if i.code in self.parts)
        points = {x.number: x.points for x in self.parts[code].levels}
        return points[level] * criterion.points / shared

    def total(self):
        return sum((self.worth(c, self.level(c)) for c in self.parts if self.level(c) is not None), Fraction(0))

    def reachable(self):
        return sum((self.worth(c, self.level(c) or self.limits[c]) for c in self.parts), Fraction(0))

    def failed(self, effect):
        return [g for g in self.gates if g.effect == effect and self.holds(g) is False]

    def out(self):
        bad = {c for c, v in self.answers.checks.items() if v is not None and c in self.lines and self.is_bad(c, v)}
        return {g.code for g in self.failed("eliminate")} | {c for c in bad if self.lines[c].eliminating}

    def open(self):
        lines = {c for c, line in self.lines.items() if line.eliminating and self.answers.checks.get(c) is None}
        return {c for c in self.parts if self.level(c) is None}, lines

    def star(self):
        if any(self.open()) or self.out():
            return None
        caps = [g.star for g in self.failed("cap_star")]
        earned = [b.star for b in self.rules.bands if self.total() >= b.lowest]
        return max([s for s in earned if all(s <= cap for cap in caps)], default=0)

    def closed(self):
        reached = {g.code: LADDER[LADDER.index(g.authority) :] for g in self.failed("block_nomination")}
        return {a: {code for code, up in reached.items() if a in up} for a in LADDER} if reached else {}


@tried
@given(cases())
def test_score_is_that_of_the_reference(case):
    reference, result = Reference(*case), evaluate(case[0], SCOPE, *case[1:])

    assert {code: part.counted for code, part in result.indicators.items()} == {
        code: reference.level(code) for code in reference.parts
    }
    assert result.points.exact == reference.total()
    assert result.reachable.exact == reference.reachable()
    assert (set(result.missing), set(result.missing_checks)) == reference.open()
    assert result.star == reference.star()
    assert {found.gate.code: found.passed for found in result.gates} == {
        gate.code: reference.holds(gate) for gate in reference.gates
    }
    assert {reason.code for reason in result.eliminations} == reference.out()
    assert {b.authority: {reason.gate.code for reason in b.reasons} for b in result.blocked} == {
        authority: codes for authority, codes in reference.closed().items() if codes
    }


@tried
@given(cases(complete=True))
def test_distance_is_that_of_the_reference(case):
    reference, result = Reference(*case), evaluate(case[0], SCOPE, *case[1:])
    above = [band for band in case[0].bands if reference.star() is not None and band.star > reference.star()]
    assume(above)

    short = max(min(above, key=lambda band: band.star).lowest - reference.total(), Fraction(0))
    assert result.next_band.star == min(band.star for band in above)
    assert (result.next_band.distance.exact, result.next_band.distance.shown * 100) == (short, ceil(short * 100))


@tried
@given(cases())
def test_cents_left_over_go_to_the_largest_remainders(case):
    """Who was rounded up has a remainder at least as large as anybody who could have been and was not."""
    result = evaluate(case[0], SCOPE, *case[1:])

    for parts in [result.criteria, *(criterion.indicators for criterion in result.criteria)]:
        up = [remainder(part) for part in parts if part.points.shown > part.points.exact]
        down = [remainder(part) for part in parts if part.points.exact >= part.points.shown < part.maximum.shown]
        assert not up or not down or min(up) >= max(down)


def remainder(part):
    return part.points.exact * 100 % 1


@tried
@given(cases(complete=True))
def test_way_asks_only_for_what_it_names(case):
    """Who takes every move, and mends no fact that no move asks for, gets at least the star that was promised."""
    instrument, answers, known = case
    result = evaluate(instrument, SCOPE, answers, known)
    assume(result.next_band and within_reach(instrument))
    moves = result.next_band.moves

    after = evaluate(instrument, SCOPE, *taken(instrument, answers, known, moves))

    assert after.star >= result.next_band.star
    assert after.points.exact >= moves[-1].reaches.exact >= result.next_band.lowest


def taken(instrument, answers, known, moves):
    """The sheet and the facts after all `moves`."""
    levels, evidence, values = dict(answers.levels), set(answers.evidence), dict(answers.checks)
    for move in moves:
        if move.kind == "level":
            levels[move.code] = move.to_level
        if move.kind == "evidence" or move.needs_evidence:
            evidence.add(move.code)
        if move.kind == "gate":
            gate = next(gate for gate in instrument.gates if gate.code == move.code)
            known = mended(gate, known)
            if gate.bad_check:
                values[gate.bad_check] = good_answer(instrument.checks[gate.bad_check])
    return replace(answers, levels=levels, evidence=frozenset(evidence), checks=values), known


def mended(gate, known):
    if gate.kinds:
        paper = Certificate(min(gate.kinds), None, TODAY)
        return replace(known, certificates=(*known.certificates, paper))
    change = {
        "nib": {"has_nib": True},
        "sk": {"has_sk": True},
        "field_visit": {"field_visit": True},
        "units": {"unit_count": max(gate.minimum or 0, known.unit_count)},
        "assessors": {"assessor_count": max(gate.minimum or 0, known.assessor_count)},
    }
    return replace(known, **change.get(gate.condition.value, {}))


def good_answer(line):
    return 1 - line.bad_value if line.kind == "yes_no" else min(line.bad_value + 1, 5)
