"""One sheet of one product, with what follows from it before anything is capped."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from .answers import Answers, Facts
from .rules import Gate, Indicator, Instrument, UnknownCode


@dataclass(frozen=True)
class Case:
    """One sheet of one product: everything a score depends on.

    Only what applies to the scope is read. `repaired` are gates taken as passed, for asking "what if".
    """

    instrument: Instrument
    scope: str
    answers: Answers
    facts: Facts
    repaired: frozenset[str] = frozenset()

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.instrument.indicators_for(self.scope)}

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        return self.instrument.gates_for(self.scope)

    @cached_property
    def given(self) -> dict[str, int]:
        """The levels given, by code, of the indicators that apply. Raises UnknownCode for a level not offered."""
        levels = {code: self.answers.levels.get(code) for code in self.indicators}
        return {code: self.indicators[code].level(level).number for code, level in levels.items() if level is not None}

    @cached_property
    def check_values(self) -> dict[str, int]:
        values = {check.code: self.answers.checks.get(check.code) for check in self.instrument.checks_for(self.scope)}
        return {code: value for code, value in values.items() if value is not None}

    @cached_property
    def scales(self) -> dict[str, Fraction]:
        """By indicator: the factor of its criterion."""
        return {
            indicator.code: scale
            for criterion in self.instrument.criteria
            for scale in [criterion.scale(self.scope)]
            for indicator in criterion.applying(self.scope)
        }

    def lacks_evidence(self, code: str) -> bool:
        return self.indicators[code].evidence_required and code not in self.answers.evidence

    def points_at(self, code: str, level: int) -> Fraction:
        return self.indicators[code].level(level).points * self.scales[code]

    def check(self) -> None:
        """Raise what makes a score impossible: UnknownCode, ScopeNotCovered."""
        known = self.instrument.indicators
        strangers = (self.answers.levels.keys() | self.answers.evidence) - known.keys()
        strangers |= self.answers.checks.keys() - self.instrument.checks.keys()
        if strangers:
            raise UnknownCode(
                f"not in instrument {self.instrument.name} {self.instrument.version}: {sorted(strangers)}"
            )
        for criterion in self.instrument.criteria:
            criterion.scale(self.scope)

    def with_level(self, code: str, level: int) -> "Case":
        """The same case with another level, and with evidence where the indicator wants it."""
        evidence = self.answers.evidence | {code} if self.indicators[code].evidence_required else self.answers.evidence
        levels = {**self.answers.levels, code: level}
        return replace(self, answers=replace(self.answers, levels=levels, evidence=evidence))

    def with_evidence(self, code: str) -> "Case":
        return replace(self, answers=replace(self.answers, evidence=self.answers.evidence | {code}))

    def with_repaired(self, gate: str) -> "Case":
        return replace(self, repaired=self.repaired | {gate})
