"""Which level counts: the one given, held down by missing evidence and by failed gates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .case import Case
from .gates import examine
from .result import Cap, GateResult
from .rules import Effect, Indicator


@dataclass(frozen=True)
class Count:
    """The levels that count, the caps in force and the gates, all settled with each other."""

    case: Case
    counted: Mapping[str, int]
    caps: Mapping[str, tuple[Cap, ...]]
    gates: tuple[GateResult, ...]

    @property
    def failed(self) -> tuple[GateResult, ...]:
        return tuple(result for result in self.gates if result.passed is False)

    def points(self, code: str) -> Fraction:
        return self.case.points_at(code, self.counted[code]) if code in self.counted else Fraction(0)

    @cached_property
    def total(self) -> Fraction:
        return sum((self.points(code) for code in self.counted), Fraction(0))

    def reachable(self, code: str) -> Fraction:
        """The points so far, or those of the best level the gates leave open; evidence can still be attached."""
        if code in self.counted:
            return self.points(code)
        indicator = self.case.indicators[code]
        limits = [cap.level for cap in self.caps[code] if cap.gate]
        return self.case.points_at(code, indicator.at_most(min([indicator.best.number, *limits])).number)


def count(case: Case) -> Count:
    """Settle levels and gates.

    A failed gate may cap an indicator, and a capped indicator may make another gate fail; both only ever go down, so
    repeating until nothing changes ends, and the order of the gates does not matter.
    """
    failed: frozenset[str] = frozenset()
    while True:
        caps = {code: tuple(sorted(_caps(case, code, failed), key=_strictest_first)) for code in case.indicators}
        counted = {code: _held(case.indicators[code], level, caps[code]) for code, level in case.given.items()}
        gates = tuple(examine(gate, case, counted) for gate in case.rules.gates)
        now_failed = frozenset(result.gate.code for result in gates if result.passed is False)
        if now_failed == failed:
            return Count(case, counted, caps, gates)
        failed = now_failed


def _caps(case: Case, code: str, failed: frozenset[str]) -> Iterator[Cap]:
    cap_without_evidence = case.indicators[code].cap_without_evidence
    if cap_without_evidence is not None and case.lacks_evidence(code):
        yield Cap(cap_without_evidence)
    for gate in case.rules.gates:
        if gate.effect == Effect.CAP_INDICATOR and gate.capped_indicator == code and gate.code in failed:
            yield Cap(gate.capped_level, gate.code)


def _strictest_first(cap: Cap) -> tuple[int, str]:
    return cap.level, cap.gate or ""


def _held(indicator: Indicator, level: int, caps: tuple[Cap, ...]) -> int:
    return indicator.at_most(min([level, *(cap.level for cap in caps)])).number
