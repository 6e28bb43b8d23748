"""What `evaluate` returns: the figures and, beside each, why it is so."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .rules import Gate


@dataclass(frozen=True)
class Points:
    """Points twice: exact for comparing, rounded to two decimals for showing."""

    exact: Fraction
    shown: Decimal


@dataclass(frozen=True)
class Cap:
    """Why a level does not count in full: the level it is held at, by a gate, or by missing evidence (gate None)."""

    level: int
    gate: str | None = None


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator that applies to the scope.

    `given` and `counted` are None while it is not scored. `capped_by` holds every cap below the level given, the
    lowest first; `lost` is what they cost. `unscaled` is the maximum before other indicators' points were shared.
    """

    code: str
    name: str
    given: int | None
    counted: int | None
    capped_by: tuple[Cap, ...]
    points: Points
    maximum: Points
    unscaled: Fraction
    lost: Points
    evidence_missing: bool


@dataclass(frozen=True)
class CriterionResult:
    """One criterion: points so far, its maximum and what can still be reached.

    `not_applying` names the indicators left out for this scope; where `scale` is not 1, the points of the others were
    stretched by it, so that a criterion is worth the same for every product.
    """

    code: str
    name: str
    short_name: str
    points: Points
    maximum: Points
    reachable: Points
    missing: tuple[str, ...]
    not_applying: tuple[str, ...]
    scale: Fraction
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True)
class GateResult:
    """One gate: passed (True), failed (False) or not yet known (None), because an answer is missing.

    `at` are the indicators that made it fail, `found` the number of units or assessors there are.
    """

    gate: Gate
    passed: bool | None
    at: tuple[str, ...] = ()
    found: int | None = None


@dataclass(frozen=True)
class BlockedNomination:
    """An authority to which the product cannot be nominated, and the gates that say so."""

    authority: str
    reasons: tuple[GateResult, ...]


@dataclass(frozen=True)
class Elimination:
    """A reason to eliminate: the code and the words of a failed gate or of a check answered badly."""

    kind: str
    code: str
    text: str


class MoveKind(StrEnum):
    GATE = "gate"
    EVIDENCE = "evidence"
    LEVEL = "level"


@dataclass(frozen=True)
class Move:
    """One step towards the next band, and the total after it and all before it.

    A gate move passes the gate `code`; an evidence move supplies the evidence of the indicator `code`; a level move
    raises the indicator by one level, from what counts before it. `needs_evidence`: the level counts only with
    evidence that is not there yet. `text` says how: the gate's repair, the evidence accepted, the wording of the
    level. `gain` is the difference of the totals shown, so that the column adds up.
    """

    kind: MoveKind
    code: str
    name: str
    text: str
    gain: Points
    reaches: Points
    from_level: int | None = None
    to_level: int | None = None
    needs_evidence: bool = False


@dataclass(frozen=True)
class NextBand:
    """The next star, the points to it (zero where only gates block it) and the moves that reach it, in order."""

    star: int
    lowest: Fraction
    label: str
    distance: Points
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Result:
    """The score of one sheet.

    `points` are the points so far, and the total once `complete`; `reachable` is the total if everything not yet
    scored were at its best level, with evidence. `star` is None while incomplete and when eliminated; 0 means
    judged, below the lowest band. `star_by_points` is the star without caps, `star_cap` the lowest cap, and
    `cap_reasons` all failed gates that cap the star, the strictest first. `missing_checks` are eliminating lines
    not answered. `next_band` is None while incomplete, when eliminated and at the top.
    """

    scope: str
    complete: bool
    points: Points
    reachable: Points
    star: int | None
    star_by_points: int | None
    star_cap: int | None
    cap_reasons: tuple[GateResult, ...]
    criteria: tuple[CriterionResult, ...]
    gates: tuple[GateResult, ...]
    blocked: tuple[BlockedNomination, ...]
    eliminations: tuple[Elimination, ...]
    missing: tuple[str, ...]
    missing_checks: tuple[str, ...]
    missing_evidence: tuple[str, ...]
    next_band: NextBand | None

    @property
    def total(self) -> Points | None:
        """The total, or None while incomplete."""
        return self.points if self.complete else None

    @property
    def eliminated(self) -> bool:
        return bool(self.eliminations)

    @property
    def indicators(self) -> dict[str, IndicatorResult]:
        return {indicator.code: indicator for criterion in self.criteria for indicator in criterion.indicators}
