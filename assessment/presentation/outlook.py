"""The requirements as they stand before an assessment begins: shown first, so that nobody learns them later."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment import scoring
from assessment.presentation.reasons import gate_fault

# What the catalogue knows already; everything else is answered on the sheet or during the review.
KNOWN = {
    scoring.Condition.NIB,
    scoring.Condition.CERTIFICATE_VALID,
    scoring.Condition.CERTIFICATE_NOT_EXPIRED,
    scoring.Condition.UNITS,
    scoring.Condition.SK,
}


@dataclass(frozen=True)
class Requirement:
    """One requirement with all its effects: two gates may share a name and differ in what they do."""

    name: str
    effects: tuple[str, ...]
    repair: str


@dataclass(frozen=True)
class Outlook:
    """`failed` and `passed` are known from the catalogue, `later` is seen on the sheet or in the review."""

    failed: tuple[Requirement, ...]
    passed: tuple[Requirement, ...]
    later: tuple[Requirement, ...]

    @property
    def sentence(self) -> str:
        """What the officer should know before beginning."""
        if not self.failed:
            return _("Semua syarat yang sudah dapat dilihat terpenuhi.")
        count = len(self.failed)
        return ngettext(
            "%d syarat belum terpenuhi. Penilaian boleh dimulai; akibatnya tertulis di bawah.",
            "%d syarat belum terpenuhi. Penilaian boleh dimulai; akibatnya tertulis di bawah.",
            count,
        ) % (count,)


def outlook_of(gates: Iterable[scoring.GateResult]) -> Outlook:
    """The gates of a product before anything is answered (`dossier.outlook`)."""
    gates = list(gates)
    known = [found for found in gates if found.gate.condition in KNOWN]
    return Outlook(
        failed=_requirements(found for found in known if not found.passed),
        passed=_requirements(found for found in known if found.passed),
        later=_requirements(found for found in gates if found.gate.condition not in KNOWN),
    )


def _requirements(gates: Iterable[scoring.GateResult]) -> tuple[Requirement, ...]:
    by_name: dict[str, list[scoring.GateResult]] = {}
    for found in gates:
        by_name.setdefault(found.gate.name, []).append(found)
    return tuple(_requirement(found) for found in by_name.values())


def _requirement(found: list[scoring.GateResult]) -> Requirement:
    first = found[0]
    counted = first.found is not None and first.gate.condition in KNOWN and not first.passed
    return Requirement(
        name=gate_fault(first).rstrip(".") if counted else first.gate.name,
        effects=tuple(each.gate.sentence for each in found),
        repair=first.gate.how_to_repair,
    )
