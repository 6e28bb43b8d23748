"""What an officer is told before the proposal is sent: what stops it, what it will cost, and what is in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment import scoring
from assessment.presentation.figures import joined
from assessment.presentation.reasons import elimination_reasons, gate_fault, gate_repair, nominations, passed_names
from assessment.readiness import Readiness

# How the lines differ for the eye; the icons also say it to those who see no colour.
STOPS, COSTS, FINE = "silang", "awas", "centang"
# Effects that are told gate by gate; closed nominations and eliminations have lines of their own.
CAPS = (scoring.Effect.CAP_STAR, scoring.Effect.CAP_INDICATOR)


@dataclass(frozen=True)
class Jump:
    """A link on the sheet to the indicator that needs something; it opens its section."""

    code: str
    name: str
    section: str

    @property
    def href(self) -> str:
        return f"?k={self.section}#i{self.code}"


@dataclass(frozen=True)
class Line:
    """One line of the check: `lead` is what is the case, `text` or `points` what follows and how to repair it."""

    icon: str
    lead: str
    text: str = ""
    points: tuple[str, ...] = ()
    jumps: tuple[Jump, ...] = ()


def lines_of(readiness: Readiness, result: scoring.Result, rules: scoring.Instrument, *, authority: str) -> list[Line]:
    """First what stops the sending, then what costs, then what is in order."""
    return [
        *_stops(readiness, rules),
        *_costs(readiness, result, rules, authority),
        *_fine(readiness, result, authority),
    ]


def jumps(codes: Sequence[str], rules: scoring.Instrument) -> tuple[Jump, ...]:
    """Jumps to indicators by code, under their short names."""
    sections = {rule.code: criterion.code for criterion in rules.criteria for rule in criterion.indicators}
    named = {code: rules.indicators[code] for code in codes}
    return tuple(Jump(code, rule.short_name or rule.name, sections[code]) for code, rule in named.items())


def indicator_of_check(code: str, rules: scoring.Instrument) -> str:
    """The code of the indicator whose test sheet holds the line `code`."""
    return next(
        indicator.code for indicator in rules.indicators.values() if any(line.code == code for line in indicator.checks)
    )


def _stops(readiness: Readiness, rules: scoring.Instrument) -> Iterator[Line]:
    if readiness.missing:
        count = len(readiness.missing)
        yield Line(
            STOPS,
            ngettext("%d indikator belum dinilai.", "%d indikator belum dinilai.", count) % count,
            _("Penilaian baru bisa dikirim setelah semuanya terisi."),
            jumps=jumps(readiness.missing, rules),
        )
    if readiness.missing_checks:
        count = len(readiness.missing_checks)
        codes = list(dict.fromkeys(indicator_of_check(code, rules) for code in readiness.missing_checks))
        yield Line(
            STOPS,
            ngettext("%d butir uji belum dijawab.", "%d butir uji belum dijawab.", count) % count,
            joined([f"“{rules.checks[code].text}”" for code in readiness.missing_checks]),
            jumps=jumps(codes, rules),
        )
    if readiness.waiting_files:
        count = len(readiness.waiting_files)
        yield Line(
            STOPS,
            ngettext("%d berkas belum diterima.", "%d berkas belum diterima.", count) % count,
            joined([str(evidence) for evidence in readiness.waiting_files]),
        )


def _costs(readiness: Readiness, result: scoring.Result, rules: scoring.Instrument, authority: str) -> Iterator[Line]:
    for reason in elimination_reasons(result):
        yield Line(COSTS, _("Menurut isian ini produk gugur."), reason)
    if readiness.missing_evidence:
        count = len(readiness.missing_evidence)
        yield Line(
            COSTS,
            ngettext("Kurang %d dokumen bukti wajib.", "Kurang %d dokumen bukti wajib.", count) % count,
            " ".join([_("Boleh dikirim, dengan akibatnya."), *_sentences(readiness, scoring.Condition.EVIDENCE)]),
            jumps=jumps(readiness.missing_evidence, rules),
        )
    for found in readiness.failed_gates:
        if found.gate.condition != scoring.Condition.EVIDENCE and found.gate.effect in CAPS:
            yield Line(COSTS, gate_fault(found), f"{found.gate.sentence} {gate_repair(found)}".strip())
    for nomination in nominations(result, authority):
        if not nomination.open:
            pairs = zip(nomination.reasons, nomination.repairs, strict=True)
            yield Line(COSTS, nomination.sentence, points=tuple(" ".join(pair).strip() for pair in pairs))


def _sentences(readiness: Readiness, condition: scoring.Condition) -> list[str]:
    return [found.gate.sentence for found in readiness.failed_gates if found.gate.condition == condition]


def _fine(readiness: Readiness, result: scoring.Result, authority: str) -> Iterator[Line]:
    names = passed_names(readiness.passed_gates)
    allowed = " ".join(nomination.sentence for nomination in nominations(result, authority) if nomination.open)
    if names:
        yield Line(FINE, _("Syarat yang terpenuhi:"), points=tuple(names))
    if allowed:
        yield Line(FINE, allowed)
