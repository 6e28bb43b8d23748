"""The rules of an instrument as plain values: what the score reads and what a decision keeps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

# Lowest first. A nomination climbs this ladder, so a step that is blocked blocks those above it.
AUTHORITIES = ("kabkota", "provinsi", "kementerian")

# The two answers of a yes/no check.
NO, YES = 0, 1


class UnknownCode(ValueError):
    """A code or a level number that the instrument does not have."""


class ScopeNotCovered(ValueError):
    """A criterion has no indicator for the product scope, so its points have no owner."""


class Condition(StrEnum):
    """What a gate asks for. The gate passes while this holds; its effect acts when it does not."""

    NIB = "nib"
    CERTIFICATE_VALID = "certificate_valid"
    CERTIFICATE_NOT_EXPIRED = "certificate_not_expired"
    UNITS = "units"
    SK = "sk"
    EVIDENCE = "evidence"
    INDICATOR_ABOVE = "indicator_above"
    ALL_INDICATORS_ABOVE = "all_indicators_above"
    CHECK_NOT_BAD = "check_not_bad"
    ASSESSORS = "assessors"
    FIELD_VISIT = "field_visit"


class Effect(StrEnum):
    """What a gate does when its condition does not hold."""

    CAP_STAR = "cap_star"
    CAP_INDICATOR = "cap_indicator"
    BLOCK_NOMINATION = "block_nomination"
    ELIMINATE = "eliminate"


class CheckKind(StrEnum):
    YES_NO = "yes_no"
    GRADED = "graded"


def code_order(code: str) -> list[tuple[int, str]]:
    """Sort key that puts "1.2" before "1.10"."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", code) if part]


def covers(scopes: frozenset[str], scope: str) -> bool:
    """Does a rule limited to `scopes` reach `scope`? No scopes means every scope."""
    return not scopes or scope in scopes


@dataclass(frozen=True)
class Level:
    """One answer of an indicator: a number, what one sees, and its points before scaling."""

    number: int
    points: Fraction
    word: str = ""
    wording: str = ""


@dataclass(frozen=True)
class Check:
    """One line of a test sheet. It informs the rater; only an eliminating one acts by itself.

    `bad_value`: for a yes/no line the answer that is bad (`YES` or `NO`); for a graded line the grade at or below
    which it is bad; None if no answer is bad.
    """

    code: str
    text: str
    kind: CheckKind = CheckKind.YES_NO
    scopes: frozenset[str] = frozenset()
    eliminating: bool = False
    bad_value: int | None = None

    @property
    def offered(self) -> range:
        """The values an answer may have: no and yes, or the grades from 1 to 5."""
        return range(NO, YES + 1) if self.kind == CheckKind.YES_NO else range(1, 6)

    def is_bad(self, value: int) -> bool:
        if self.bad_value is None:
            return False
        return value == self.bad_value if self.kind == CheckKind.YES_NO else value <= self.bad_value


@dataclass(frozen=True)
class Indicator:
    """One question with its levels, in rising order of their numbers."""

    code: str
    name: str
    levels: tuple[Level, ...]
    short_name: str = ""
    question: str = ""
    evidence_hint: str = ""
    scopes: frozenset[str] = frozenset()
    evidence_required: bool = False
    cap_without_evidence: int | None = None
    source: str = ""
    checks: tuple[Check, ...] = ()

    @property
    def best(self) -> Level:
        return max(self.levels, key=lambda level: level.number)

    def level(self, number: int) -> Level:
        for level in self.levels:
            if level.number == number:
                return level
        raise UnknownCode(f"indicator {self.code} has no level {number!r}")

    def checks_for(self, scope: str) -> tuple[Check, ...]:
        """The lines of its test sheet that are for `scope`."""
        return tuple(check for check in self.checks if covers(check.scopes, scope))

    def level_up(self, number: int) -> Level | None:
        """The level right above `number`, or None at the top."""
        above = [level for level in self.levels if level.number > number]
        return min(above, key=lambda level: level.number, default=None)

    def at_most(self, limit: int) -> Level:
        """The best level not above `limit`; the lowest one if all are above it."""
        ranked = sorted(self.levels, key=lambda level: level.number)
        return max(
            (level for level in ranked if level.number <= limit), key=lambda level: level.number, default=ranked[0]
        )


@dataclass(frozen=True)
class Criterion:
    """A group of indicators that share `points`; the criteria of an instrument sum to 100."""

    code: str
    name: str
    points: Fraction
    indicators: tuple[Indicator, ...]
    short_name: str = ""

    def applying(self, scope: str) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if covers(indicator.scopes, scope))

    def scale(self, scope: str) -> Fraction:
        """By what the points of the levels are multiplied so that the best ones sum to the criterion's points.

        Where an indicator does not apply, its points go to the others in proportion. Raises ScopeNotCovered where
        none applies.
        """
        best = sum((indicator.best.points for indicator in self.applying(scope)), Fraction(0))
        if not best:
            raise ScopeNotCovered(f"criterion {self.code} has no points for the scope {scope!r}")
        return self.points / best


@dataclass(frozen=True)
class Band:
    """A star and the lowest total that earns it."""

    star: int
    lowest: Fraction
    label: str = ""


@dataclass(frozen=True)
class Gate:
    """One condition and one effect.

    Parameters of the condition: `kinds` (of certificates that stand in for each other), `minimum` (units,
    assessors), `indicator` and `level` (fails at or below it), `bad_check`. Parameters of the effect: `star`,
    `capped_indicator` and `capped_level`, `authority`. A condition or effect reads only its own.
    """

    code: str
    condition: Condition
    effect: Effect
    name: str = ""
    sentence: str = ""
    how_to_repair: str = ""
    source: str = ""
    scopes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    minimum: int | None = None
    indicator: str | None = None
    level: int | None = None
    bad_check: str | None = None
    star: int | None = None
    capped_indicator: str | None = None
    capped_level: int | None = None
    authority: str | None = None


@dataclass(frozen=True)
class Instrument:
    """A version of the rules."""

    name: str
    version: str
    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]
    gates: tuple[Gate, ...] = ()
    basis: str = ""
    validity_months: int = 24

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for criterion in self.criteria for indicator in criterion.indicators}

    @cached_property
    def checks(self) -> dict[str, Check]:
        return {check.code: check for _, check in self._checks()}

    def _checks(self) -> Iterator[tuple[Indicator, Check]]:
        for indicator in self.indicators.values():
            for check in indicator.checks:
                yield indicator, check

    def covers(self, scope: str) -> bool:
        """Can a product of this scope be scored, that is, has every criterion an indicator for it?"""
        return all(criterion.applying(scope) for criterion in self.criteria)

    def indicators_for(self, scope: str) -> tuple[Indicator, ...]:
        return tuple(indicator for criterion in self.criteria for indicator in criterion.applying(scope))

    def checks_for(self, scope: str) -> tuple[Check, ...]:
        """The lines of the test sheets of this scope, in the order of their indicators."""
        return tuple(check for indicator in self.indicators_for(scope) for check in indicator.checks_for(scope))

    def gates_for(self, scope: str) -> tuple[Gate, ...]:
        """The gates of this scope; one that speaks of an indicator or check that does not apply is left out."""
        indicators = {indicator.code for indicator in self.indicators_for(scope)} | {None}
        checks = {check.code for check in self.checks_for(scope)} | {None}
        return tuple(
            gate
            for gate in self.gates
            if covers(gate.scopes, scope)
            and gate.indicator in indicators
            and gate.capped_indicator in indicators
            and gate.bad_check in checks
        )
