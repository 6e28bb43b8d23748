"""What an assessment lacks before it is sent, and what that will cost: shown first, so that nobody learns it later."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from assessment import scoring
from assessment.dossier import Dossier
from assessment.models import Evidence


@dataclass(frozen=True)
class Readiness:
    """`missing`, `missing_checks` and `waiting_files` stop the sending; the rest is shown and stops nothing.

    `missing` and `missing_evidence` are codes of indicators, `missing_checks` codes of eliminating test lines.
    """

    missing: tuple[str, ...]
    missing_checks: tuple[str, ...]
    waiting_files: tuple[Evidence, ...]
    missing_evidence: tuple[str, ...]
    failed_gates: tuple[scoring.GateResult, ...]
    passed_gates: tuple[scoring.GateResult, ...]
    blocked: tuple[scoring.BlockedNomination, ...]
    eliminations: tuple[scoring.Elimination, ...]

    @property
    def may_be_sent(self) -> bool:
        return not (self.missing or self.missing_checks or self.waiting_files)

    @property
    def sentence(self) -> str:
        """Why it cannot be sent yet, in one line; empty where it can."""
        parts = []
        if self.missing:
            count = len(self.missing)
            parts.append(ngettext("%d indikator belum dinilai", "%d indikator belum dinilai", count) % count)
        if self.missing_checks:
            count = len(self.missing_checks)
            parts.append(ngettext("%d butir uji belum dijawab", "%d butir uji belum dijawab", count) % count)
        if self.waiting_files:
            count = len(self.waiting_files)
            parts.append(ngettext("%d berkas belum diterima", "%d berkas belum diterima", count) % count)
        return ", ".join(parts)


def readiness_of(dossier: Dossier) -> Readiness:
    """What the officer's proposal in `dossier` lacks on the dossier's day; no query."""
    result = dossier.proposal_result
    return Readiness(
        missing=result.missing,
        missing_checks=result.missing_checks,
        waiting_files=tuple(dossier.waiting_files),
        missing_evidence=result.missing_evidence,
        failed_gates=tuple(gate for gate in result.gates if gate.passed is False),
        passed_gates=tuple(gate for gate in result.gates if gate.passed),
        blocked=result.blocked,
        eliminations=result.eliminations,
    )
