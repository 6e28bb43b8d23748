"""How far a review has come: one tick per indicator, and the counts in words."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from assessment import scoring
from assessment.dossier import Dossier


class Verdict(StrEnum):
    """What a verifier has said about an indicator so far."""

    OPEN = "open"
    AGREED = "agreed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Tick:
    """One indicator in the overview of a review. `is_changed`: the officer changed it after a return."""

    code: str
    name: str
    proposed: int | None
    own: int | None
    verdict: Verdict
    is_changed: bool
    note: str

    @property
    def words(self) -> str:
        """What the sign on the tick means, for those who do not see it."""
        said = {
            Verdict.OPEN: _("belum ditinjau"),
            Verdict.AGREED: _("sepakat"),
            Verdict.CHANGED: _("diubah verifikator"),
        }[self.verdict]
        return _("%(said)s, diubah petugas") % {"said": said} if self.is_changed else said


@dataclass(frozen=True)
class TickGroup:
    """The ticks of one criterion."""

    code: str
    name: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Progress:
    """A review as a whole."""

    groups: tuple[TickGroup, ...]

    @property
    def ticks(self) -> list[Tick]:
        return [tick for group in self.groups for tick in group.ticks]

    def count(self, verdict: Verdict) -> int:
        return sum(tick.verdict == verdict for tick in self.ticks)

    @property
    def open_count(self) -> int:
        """Indicators nobody has looked at one by one."""
        return self.count(Verdict.OPEN)

    @property
    def title(self) -> str:
        return _("%(done)d dari %(all)d indikator selesai ditinjau") % {
            "done": len(self.ticks) - self.open_count,
            "all": len(self.ticks),
        }

    @property
    def counts(self) -> str:
        return _("%(agreed)d sepakat, %(changed)d diubah, %(open)d belum") % {
            "agreed": self.count(Verdict.AGREED),
            "changed": self.count(Verdict.CHANGED),
            "open": self.open_count,
        }

    def first_open(self) -> str:
        """The indicator to begin with: the first not looked at, else the first of all."""
        return next((tick.code for tick in self.ticks if tick.verdict == Verdict.OPEN), self.ticks[0].code)

    def neighbours(self, code: str) -> tuple[str | None, str | None]:
        """The indicators before and after `code`; None at the ends."""
        codes = [None, *(tick.code for tick in self.ticks), None]
        position = codes.index(code)
        return codes[position - 1], codes[position + 1]


def progress_of(dossier: Dossier) -> Progress:
    """The review of `dossier`, whose decision sheet exists."""
    return Progress(tuple(_group(dossier, criterion) for criterion in dossier.rules.criteria))


def _group(dossier: Dossier, criterion: scoring.Criterion) -> TickGroup:
    applying = criterion.applying(dossier.assessment.scope_id)
    return TickGroup(criterion.code, criterion.name, tuple(_tick(dossier, part.code) for part in applying))


def _tick(dossier: Dossier, code: str) -> Tick:
    own, proposed = dossier.decision.scores[code], dossier.proposal.scores[code].level
    verdict = Verdict.OPEN
    if own.reviewed_at:
        verdict = Verdict.AGREED if own.level == proposed else Verdict.CHANGED
    return Tick(
        code=code,
        name=dossier.rules.indicators[code].name,
        proposed=proposed,
        own=own.level,
        verdict=verdict,
        is_changed=own.is_changed,
        note=own.note,
    )
