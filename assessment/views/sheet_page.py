"""What the page of a score sheet shows: the parts of the presentation, each with the form it is entered in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assessment import decided, permissions, workflow
from assessment.dossier import Dossier, last_return
from assessment.forms.evidence import CaptionForm
from assessment.forms.indicator import CheckForm, IndicatorForm
from assessment.forms.section import SectionForm
from assessment.forms.step import StepForm
from assessment.forms.visit import VisitForm
from assessment.models import Assessment
from assessment.presentation import sending
from assessment.presentation.figures import points
from assessment.presentation.result import headline
from assessment.presentation.sheet import CheckLine, EvidenceTile, IndicatorPart, LevelCard, SectionPart, sections_of
from assessment.readiness import readiness_of

# The part of the address that opens the check before sending instead of a section.
SENDING = "kirim"
# How many empty indicators the summary links to; a new sheet has 21.
SHOWN_JUMPS = 6


@dataclass(frozen=True)
class Slot:
    """One indicator on the page; `row` is None where it can only be read."""

    part: IndicatorPart
    row: IndicatorForm | None
    is_open: bool

    @property
    def cards(self) -> list[tuple[LevelCard, bool]]:
        """The level cards, each with whether it is chosen: as typed, else as stored."""
        chosen = self.row["level"].value() if self.row else self.part.level
        return [(card, str(card.number) == str(chosen)) for card in self.part.cards]

    @property
    def tiles(self) -> list[tuple[EvidenceTile, CaptionForm | None, bool]]:
        """The evidence, each with the form of its caption and whether it is marked to be taken away."""
        if self.row is None:
            return [(tile, None, False) for tile in self.part.evidence]
        marked = self.row["remove"].value() or []
        captions = {str(form.evidence.pk): form for form in self.row.captions}
        return [(tile, captions[tile.pk], tile.pk in marked) for tile in self.part.evidence]

    @property
    def checks(self) -> list[tuple[CheckLine, CheckForm | None]]:
        forms = self.row.checks if self.row else [None] * len(self.part.checks)
        return list(zip(self.part.checks, forms, strict=True))


@dataclass(frozen=True)
class Section:
    """One criterion on the page; `next` is the code of the section after it, or `SENDING`."""

    part: SectionPart
    form: SectionForm | None
    slots: Sequence[Slot]
    is_open: bool
    next: str

    @property
    def code(self) -> str:
        return self.part.code

    @property
    def button(self) -> str:
        if self.next == SENDING:
            return _("Simpan, lalu periksa")
        return _("Simpan, lanjut %(code)s") % {"code": self.next}

    @property
    def bar(self) -> dict[str, Any]:
        """Its row of the component `pita`."""
        return {
            "code": self.part.code,
            "title": self.part.short_name,
            "points": self.part.points,
            "reachable": self.part.reachable,
            "maximum": self.part.maximum,
            "href": f"?k={self.part.code}#{self.part.anchor}",
            "current": self.is_open,
        }


def following(dossier: Dossier, code: str) -> str:
    """The section after `code`: the code of the next criterion, after the last one `SENDING`."""
    codes = [*(criterion.code for criterion in dossier.rules.criteria), SENDING]
    return codes[codes.index(code) + 1]


def editable_context(
    dossier: Dossier,
    *,
    opened: str = "",
    form: SectionForm | None = None,
    visit: VisitForm | None = None,
) -> dict[str, Any]:
    """The officer's sheet. `opened` is the section to open, by default the first with something to do; `form` or
    `visit` is what was just sent and not accepted. Up to 2 queries, for the remarks.
    """
    assessment, result = dossier.assessment, dossier.proposal_result
    readiness = readiness_of(dossier)
    returned = last_return(assessment)
    parts = sections_of(dossier, dossier.proposal, result, returned=returned, opens_papers=True)
    opened = _opened(parts, opened or (form["section"].value() if form else ""))
    sections = [_section(dossier, part, form, is_open=part.code == opened) for part in parts]
    remarked = [
        indicator.code
        for part in parts
        for indicator in part.indicators
        if indicator.remark and not indicator.remark.is_mended
    ]
    return {
        "assessment": assessment,
        "place": place_of(assessment),
        "sections": sections,
        "bars": [section.bar for section in sections],
        "current": next((section for section in sections if section.is_open), None),
        "total": result.points.shown,
        "outlook": outlook(dossier),
        "remark_jumps": sending.jumps(remarked, dossier.rules),
        "missing_count": len(readiness.missing),
        "missing_jumps": sending.jumps(readiness.missing[:SHOWN_JUMPS], dossier.rules),
        "lines": sending.lines_of(readiness, result, dossier.rules, authority=assessment.authority),
        "readiness": readiness,
        "send": StepForm(workflow.TRANSITIONS[SENDING], assessment, by=assessment.officer),
        "visit": visit or VisitForm(instance=assessment, auto_id="kunjungan-%s"),
        "returned": returned if assessment.state == Assessment.State.RETURNED else None,
        "form": form or visit,
    }


def readable_context(dossier: Dossier, *, user: User) -> dict[str, Any]:
    """The sheet for everybody else: as it was decided, with the frozen points; before a decision the proposal.

    A review that is going on is nobody's but the verifier's. Up to 3 queries.
    """
    assessment = dossier.assessment
    closing = decided.closing_decision(assessment)
    sheet = dossier.decision if closing else dossier.proposal
    result = decided.read(closing).result if closing else dossier.proposal_result
    opens_papers = permissions.can_open_papers(user, assessment)
    parts = sections_of(dossier, sheet, result, returned=last_return(assessment), opens_papers=opens_papers)
    sections = [_section(dossier, part, None, is_open=part is parts[0], editable=False) for part in parts]
    return {
        "assessment": assessment,
        "place": place_of(assessment),
        "sections": sections,
        "bars": [section.bar for section in sections],
        "total": result.points.shown,
        "is_decided": closing is not None,
        "outlook": str(headline(result, dossier.rules)),
    }


def outlook(dossier: Dossier) -> str:
    """What can still be reached, or what the proposal would give once it is complete."""
    result = dossier.proposal_result
    count = len(result.missing)
    if count:
        return ngettext(
            "Paling tinggi %(points)s bila %(count)d indikator yang kosong mendapat level tertinggi.",
            "Paling tinggi %(points)s bila %(count)d indikator yang kosong mendapat level tertinggi.",
            count,
        ) % {"points": points(result.reachable.shown), "count": count}
    return _("Usulan Anda: %(headline)s") % {"headline": headline(result, dossier.rules)}


def place_of(assessment: Assessment) -> str:
    """Who made the product and where: "Sale Dukuh Kulon, Desa Bentarsari"."""
    return f"{assessment.product.ikm or assessment.product.sentra}, {assessment.wilayah.short_name}"


def _opened(parts: Sequence[SectionPart], wanted: str) -> str:
    """What to open: the section asked for, else the first with something to do, else the check before sending."""
    if wanted == SENDING or wanted in {part.code for part in parts}:
        return wanted
    return next((part.code for part in parts if part.needs_work), SENDING)


def _section(
    dossier: Dossier, part: SectionPart, sent: SectionForm | None, *, is_open: bool, editable: bool = True
) -> Section:
    form = sent if sent and sent["section"].value() == part.code else None
    if editable and form is None:
        criterion = next(rule for rule in dossier.rules.criteria if rule.code == part.code)
        form = SectionForm(dossier, criterion)
    rows = form.rows if form else [None] * len(part.indicators)
    slots = [
        Slot(indicator, row, is_open=bool(row) and (indicator.needs_work or bool(row.is_bound and row.errors)))
        for indicator, row in zip(part.indicators, rows, strict=True)
    ]
    return Section(part, form, slots, is_open=is_open, next=following(dossier, part.code))
