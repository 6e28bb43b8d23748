"""The way to the next band: the moves of a result as numbered lines."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessment import scoring
from assessment.presentation.figures import band_name, points

MoveKind = scoring.MoveKind


@dataclass(frozen=True)
class Way:
    """Where it leads, what is needed, the moves; `falls_short` where even all of them do not reach the band."""

    title: str
    intro: str
    moves: tuple["WayMove", ...]
    falls_short: bool


@dataclass(frozen=True)
class WayMove:
    """One move. `blocks` marks what must come first: gates and missing evidence; a gate by itself gains nothing."""

    number: int
    lead: str
    text: str
    blocks: bool
    gain: Decimal
    reaches: Decimal


def way_of(result: scoring.Result, rules: scoring.Instrument) -> Way | None:
    """The way to the next band, or None where there is none: incomplete, eliminated, or at the top."""
    upper = result.next_band
    if upper is None:
        return None
    band = band_name(rules, upper.star)
    total_after = upper.moves[-1].reaches.exact if upper.moves else result.points.exact
    return Way(
        title=_("Jalan ke %(band)s") % {"band": band},
        intro=_intro(upper),
        moves=tuple(_move(number, move, rules) for number, move in enumerate(upper.moves, start=1)),
        falls_short=total_after < upper.lowest,
    )


def _intro(upper: scoring.NextBand) -> str:
    if upper.distance.exact:
        needed = _("Butuh %(points)s poin lagi.") % {"points": points(upper.distance.shown)}
    else:
        needed = _("Poinnya sudah cukup; yang menghalangi tinggal syaratnya.")
    order = _("Urutannya: yang menghalangi, bukti yang kurang, lalu kenaikan satu level dengan poin terbanyak.")
    return f"{needed} {order}"


def _move(number: int, move: scoring.Move, rules: scoring.Instrument) -> WayMove:
    lead, text = {MoveKind.GATE: _gate, MoveKind.EVIDENCE: _evidence, MoveKind.LEVEL: _level}[move.kind](move, rules)
    return WayMove(
        number=number,
        lead=lead,
        text=text,
        blocks=move.kind != MoveKind.LEVEL,
        gain=move.gain.shown,
        reaches=move.reaches.shown,
    )


def _gate(move: scoring.Move, rules: scoring.Instrument) -> tuple[str, str]:
    conditions = {gate.code: gate.condition for gate in rules.gates}
    if conditions.get(move.code) == scoring.Condition.ASSESSORS:
        return f"{move.name}.", _("Panel penilai belum ada, jadi syarat ini belum dapat dipenuhi.")
    return f"{move.name}.", move.text


def _evidence(move: scoring.Move, rules: scoring.Instrument) -> tuple[str, str]:
    lead = _("Bukti %(code)s %(name)s.") % {"code": move.code, "name": move.name}
    if move.to_level != move.from_level:
        return lead, _("%(hint)s Level %(level)d lalu dihitung penuh.") % {"hint": move.text, "level": move.to_level}
    return lead, move.text


def _level(move: scoring.Move, rules: scoring.Instrument) -> tuple[str, str]:
    lead = f"{move.code} {move.name}"
    values = {"level": move.to_level, "wording": move.text}
    if move.needs_evidence:
        return lead, _("ke level %(level)d, dengan buktinya: %(wording)s") % values
    return lead, _("ke level %(level)d: %(wording)s") % values
