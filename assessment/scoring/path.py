"""What would reach the next band.

Gates that still block come first, then missing evidence, then single levels with the most points, then the lower code.
Every move is tried on the sheet itself, so the total it promises is the one the same engine would give.
"""

from fractions import Fraction

from .case import Case
from .counting import Count, count
from .result import GateResult, Move, MoveKind, NextBand, Points
from .rules import Band, Condition, Effect, Gate, code_order
from .shown import rounded_down, rounded_up

LEVEL_CONDITIONS = {Condition.INDICATOR_ABOVE, Condition.ALL_INDICATORS_ABOVE}
# The way through these is an answer on the sheet; the others are met outside it.
ANSWER_CONDITIONS = LEVEL_CONDITIONS | {Condition.EVIDENCE}


def next_band(counted: Count, star: int) -> NextBand | None:
    """The band above `star` and the way to it; None at the top."""
    above = [band for band in counted.case.instrument.bands if band.star > star]
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
    """The walk to one band: `now` is the sheet after the moves so far."""

    def __init__(self, start: Count, band: Band) -> None:
        self.now = start
        self.band = band
        self.moves: list[Move] = []
        self.blocking = [
            result for result in start.failed if result.gate.effect == Effect.CAP_STAR and result.gate.star < band.star
        ]
        # By indicator: the level a blocking gate wants it to be above.
        self.floors = _floors(self.blocking)

    def walk(self) -> tuple[Move, ...]:
        self._pass_gates()
        self._lift_caps()
        self._raise_to_floors()
        self._bring_evidence()
        self._raise_levels()
        return tuple(self.moves)

    def _short(self) -> bool:
        return self.now.total < self.band.lowest

    def _pass_gates(self) -> None:
        for result in self.blocking:
            if result.gate.condition not in ANSWER_CONDITIONS:
                self._repair(result.gate)

    def _lift_caps(self) -> None:
        """Gates that hold an indicator down, where this costs points still needed or keeps a blocking gate shut."""
        for gate in _capping(self.now):
            code, level = gate.capped_indicator, gate.capped_level
            costs = self._short() and self.now.case.given.get(code, 0) > level
            if costs or level <= self.floors.get(code, 0):
                self._repair(gate)

    def _raise_to_floors(self) -> None:
        given = self.now.case.given
        for code in sorted(self.floors, key=code_order):
            level = given[code]
            while level <= self.floors[code] and self.now.case.indicators[code].level_up(level):
                self._raise(code)
                level = self.now.case.given[code]

    def _bring_evidence(self) -> None:
        case = self.now.case
        all_wanted = any(result.gate.condition == Condition.EVIDENCE for result in self.blocking)
        lacking = [code for code in case.indicators if case.lacks_evidence(code)]
        gains = {code: count(case.with_evidence(code)).total - self.now.total for code in lacking}
        for code in sorted(lacking, key=lambda code: (-gains[code], code_order(code))):
            if all_wanted or code in self.floors or (self._short() and gains[code]):
                self._attach(code)

    def _raise_levels(self) -> None:
        """Raise by one level, always where it brings most, until the band is reached."""
        while self._short():
            open_codes = [code for code in self.now.case.indicators if self._can_rise(code)]
            if open_codes:
                self._raise(min(open_codes, key=lambda code: (-self._gain_of_raise(code), code_order(code))))
            elif capping := _capping(self.now):
                self._repair(capping[0])
            else:
                return

    def _can_rise(self, code: str) -> bool:
        upper = self.now.case.indicators[code].level_up(self.now.case.given[code])
        return upper is not None and not any(cap.gate and cap.level < upper.number for cap in self.now.caps[code])

    def _gain_of_raise(self, code: str) -> Fraction:
        case = self.now.case
        upper = case.indicators[code].level_up(case.given[code])
        return case.points_at(code, upper.number) - self.now.points(code)

    def _repair(self, gate: Gate) -> None:
        self._move(MoveKind.GATE, gate.code, gate.name, gate.how_to_repair, self.now.case.with_repaired(gate.code))

    def _attach(self, code: str) -> None:
        case, before = self.now.case, self.now.counted[code]
        indicator = case.indicators[code]
        after = case.with_evidence(code)
        self._move(MoveKind.EVIDENCE, code, indicator.name, indicator.evidence_hint, after, from_level=before)

    def _raise(self, code: str) -> None:
        case, before = self.now.case, self.now.case.given[code]
        indicator = case.indicators[code]
        upper = indicator.level_up(before)
        self._move(
            MoveKind.LEVEL,
            code,
            indicator.name,
            upper.wording,
            case.with_level(code, upper.number),
            from_level=before,
            needs_evidence=case.lacks_evidence(code),
        )

    def _move(
        self,
        kind: MoveKind,
        code: str,
        name: str,
        text: str,
        case: Case,
        from_level: int | None = None,
        needs_evidence: bool = False,
    ) -> None:
        before, self.now = self.now, count(case)
        reaches = Points(self.now.total, rounded_down(self.now.total))
        gain = Points(self.now.total - before.total, reaches.shown - rounded_down(before.total))
        to_level = None if from_level is None else self.now.counted[code]
        self.moves.append(Move(kind, code, name, text, gain, reaches, from_level, to_level, needs_evidence))


def _floors(blocking: list[GateResult]) -> dict[str, int]:
    floors: dict[str, int] = {}
    for result in blocking:
        if result.gate.condition in LEVEL_CONDITIONS:
            for code in result.at:
                floors[code] = max(result.gate.level, floors.get(code, 0))
    return floors


def _capping(counted: Count) -> list[Gate]:
    return [result.gate for result in counted.failed if result.gate.effect == Effect.CAP_INDICATOR]
