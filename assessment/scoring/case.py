"""One sheet of one product, with what follows from it before anything is capped."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from .answers import Answers, Facts
from .rules import Check, Gate, Indicator, Instrument, UnknownCode


@dataclass(frozen=True)
class ScopeRules:
    """What of an instrument applies to one product scope. Made once per score: the search for a way asks it often."""

    instrument: Instrument
    scope: str

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.instrument.indicators_for(self.scope)}

    @cached_property
    def checks(self) -> dict[str, Check]:
        return {check.code: check for check in self.instrument.checks_for(self.scope)}

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        return self.instrument.gates_for(self.scope)

    @cached_property
    def points(self) -> dict[str, dict[int, Fraction]]:
        """By indicator and level: the points, scaled. Raises ScopeNotCovered where a criterion has no indicator."""
        points = {}
        for criterion in self.instrument.criteria:
            scale = criterion.scale(self.scope)
            for indicator in criterion.applying(self.scope):
                points[indicator.code] = {level.number: level.points * scale for level in indicator.levels}
        return points


@dataclass(frozen=True)
class Case:
    """One sheet of one product: everything a score depends on.

    Only what applies to the scope is read. `repaired` are gates taken as passed, for asking "what if".
    """

    rules: ScopeRules
    answers: Answers
    facts: Facts
    repaired: frozenset[str] = frozenset()

    @property
    def indicators(self) -> dict[str, Indicator]:
        return self.rules.indicators

    @cached_property
    def given(self) -> dict[str, int]:
        """The levels given, by code, of the indicators that apply."""
        levels = {code: self.answers.levels.get(code) for code in self.indicators}
        return {code: level for code, level in levels.items() if level is not None}

    @cached_property
    def check_values(self) -> dict[str, int]:
        values = {code: self.answers.checks.get(code) for code in self.rules.checks}
        return {code: value for code, value in values.items() if value is not None}

    def lacks_evidence(self, code: str) -> bool:
        return self.indicators[code].evidence_required and code not in self.answers.evidence

    def points_at(self, code: str, level: int) -> Fraction:
        return self.rules.points[code][level]

    def check(self) -> None:
        """Raise what makes a score impossible: UnknownCode for an answer not offered, ScopeNotCovered."""
        instrument, offered = self.rules.instrument, self.rules.points
        strangers = (self.answers.levels.keys() | self.answers.evidence) - instrument.indicators.keys()
        strangers |= self.answers.checks.keys() - instrument.checks.keys()
        if strangers:
            raise UnknownCode(f"{instrument.name} {instrument.version} has no {sorted(strangers)}")
        for code, level in self.given.items():
            if level not in offered[code]:
                raise UnknownCode(f"indicator {code} has no level {level!r}")
        for code, value in self.check_values.items():
            if value not in self.rules.checks[code].offered:
                raise UnknownCode(f"line {code} of the test sheet offers no answer {value!r}")

    def with_level(self, code: str, level: int) -> "Case":
        """The same case with another level, and with evidence where the indicator wants it."""
        evidence = self.answers.evidence | {code} if self.indicators[code].evidence_required else self.answers.evidence
        levels = {**self.answers.levels, code: level}
        return replace(self, answers=replace(self.answers, levels=levels, evidence=evidence))

    def with_evidence(self, code: str) -> "Case":
        return replace(self, answers=replace(self.answers, evidence=self.answers.evidence | {code}))

    def with_repaired(self, gate: str) -> "Case":
        return replace(self, repaired=self.repaired | {gate})
