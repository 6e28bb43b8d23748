"""What would reach the next band.

Gates that still block come first, then missing evidence, then single levels with the most points, then the lower code.
Every move is tried on the sheet itself, so the total it promises is the one the same engine would give.
"""

from fractions import Fraction

from .case import Case
from .counting import Count, count
from .result import GateResult, Move, MoveKind, NextBand, Points
from .rules import Band, Condition, Effect, Gate, Level, code_order
from .shown import rounded_down, rounded_up

LEVEL_CONDITIONS = {Condition.INDICATOR_ABOVE, Condition.ALL_INDICATORS_ABOVE}
# The way through these is an answer on the sheet; the others are met outside it.
ANSWER_CONDITIONS = LEVEL_CONDITIONS | {Condition.EVIDENCE}


def next_band(counted: Count, star: int) -> NextBand | None:
    """The band above `star` and the way to it; None at the top."""
    above = [band for band in counted.case.rules.instrument.bands if band.star > star]
    if not above:
        return None
    band = min(above, key=lambda band: band.star)
    distance = max(band.lowest - counted.total, Fraction(0))
    return NextBand(
        star=band.star,
        lowest=band.lowest,
        label=band.label,
        distance=Points(distance, rounded_up(distance)),
        moves=_Path(counted, band).walk(),
    )


class _Path:
    """The walk to one band: `now` is the sheet after the moves so far, `wanted` the gates that must pass on the way."""

    def __init__(self, start: Count, band: Band) -> None:
        self.now = start
        self.band = band
        self.moves: list[Move] = []
        self.wanted: dict[str, GateResult] = {}

    def walk(self) -> tuple[Move, ...]:
        self._want([r for r in self.now.failed if r.gate.effect == Effect.CAP_STAR and r.gate.star < self.band.star])
        while self._short():
            open_codes = [code for code in self.now.case.indicators if self._can_rise(code)]
            if open_codes:
                self._raise(min(open_codes, key=lambda code: (-self._gain_of_raise(code), code_order(code))))
            elif holding := self._holding():
                self._want(holding[:1])
            else:
                break
        return tuple(self.moves)

    def _short(self) -> bool:
        return self.now.total < self.band.lowest

    def _want(self, results: list[GateResult]) -> None:
        """Pass these gates, and those that hold down an indicator they look at or that cost points still needed."""
        self.wanted |= {result.gate.code: result for result in results}
        if held := [result for result in self._holding() if self._hinders(result.gate)]:
            self._want(held)
            return
        for result in self.wanted.values():
            if result.gate.condition not in ANSWER_CONDITIONS and result.gate.code not in self.now.case.repaired:
                self._repair(result.gate)
        self._raise_to_floors()
        self._bring_evidence()

    def _holding(self) -> list[GateResult]:
        """The gates that hold an indicator down and are not wanted yet."""
        return [
            result
            for result in self.now.failed
            if result.gate.effect == Effect.CAP_INDICATOR and result.gate.code not in self.wanted
        ]

    def _hinders(self, gate: Gate) -> bool:
        code, level = gate.capped_indicator, gate.capped_level
        costs = self._short() and self.now.case.given[code] > level
        return costs or level <= self._floors().get(code, 0)

    def _floors(self) -> dict[str, int]:
        """By indicator: the level a wanted gate asks it to be above."""
        floors: dict[str, int] = {}
        for result in self.wanted.values():
            if result.gate.condition in LEVEL_CONDITIONS:
                floors |= {code: max(result.gate.level, floors.get(code, 0)) for code in result.at}
        return floors

    def _raise_to_floors(self) -> None:
        for code, floor in sorted(self._floors().items(), key=lambda pair: code_order(pair[0])):
            while self.now.case.given[code] <= floor and self._level_above(code):
                self._raise(code)

    def _bring_evidence(self) -> None:
        case, floors = self.now.case, self._floors()
        all_wanted = any(result.gate.condition == Condition.EVIDENCE for result in self.wanted.values())
        lacking = [code for code in case.indicators if case.lacks_evidence(code)]
        gains = {code: count(case.with_evidence(code)).total - self.now.total for code in lacking}
        for code in sorted(lacking, key=lambda code: (-gains[code], code_order(code))):
            if all_wanted or code in floors or (self._short() and gains[code]):
                self._attach(code)

    def _level_above(self, code: str) -> Level | None:
        return self.now.case.indicators[code].level_up(self.now.case.given[code])

    def _can_rise(self, code: str) -> bool:
        above = self._level_above(code)
        return above is not None and not any(cap.gate and cap.level < above.number for cap in self.now.caps[code])

    def _gain_of_raise(self, code: str) -> Fraction:
        return self.now.case.points_at(code, self._level_above(code).number) - self.now.points(code)

    def _repair(self, gate: Gate) -> None:
        self._move(MoveKind.GATE, gate.code, gate.name, gate.how_to_repair, self.now.case.with_repaired(gate.code))

    def _attach(self, code: str) -> None:
        indicator, case = self.now.case.indicators[code], self.now.case.with_evidence(code)
        levels = {"from_level": self.now.counted[code], "to_level": count(case).counted[code]}
        self._move(MoveKind.EVIDENCE, code, indicator.name, indicator.evidence_hint, case, **levels)

    def _raise(self, code: str) -> None:
        indicator, above = self.now.case.indicators[code], self._level_above(code)
        levels = {"from_level": self.now.case.given[code], "to_level": above.number}
        needs_evidence = self.now.case.lacks_evidence(code)
        case = self.now.case.with_level(code, above.number)
        self._move(MoveKind.LEVEL, code, indicator.name, above.wording, case, needs_evidence=needs_evidence, **levels)

    def _move(self, kind: MoveKind, code: str, name: str, text: str, case: Case, **kwargs: int | bool) -> None:
        """Record the move that makes the sheet `case`, with the total it reaches."""
        before, self.now = self.now.total, count(case)
        reaches = Points(self.now.total, rounded_down(self.now.total))
        gain = Points(self.now.total - before, reaches.shown - rounded_down(before))
        self.moves.append(Move(kind, code, name, text, gain, reaches, **kwargs))
