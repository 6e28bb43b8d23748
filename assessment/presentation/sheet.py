"""The score sheet in the shapes of its page: sections, indicators, level cards, evidence, remarks, what is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment import scoring
from assessment.dossier import Dossier, Sheet
from assessment.models import Evidence, Remark, Score, Step
from assessment.presentation.figures import plain, points


@dataclass(frozen=True)
class Mark:
    """A state in a summary line; see the component `mark`."""

    text: str
    state: str
    icon: str = ""


@dataclass(frozen=True)
class LevelCard:
    number: int
    word: str
    wording: str
    points: str


@dataclass(frozen=True)
class CheckLine:
    """A line of a test sheet with its answer in words.

    `warning` says which answer eliminates the product, `is_fatal` that it was given.
    """

    text: str
    answer: str
    warning: str
    is_graded: bool
    is_fatal: bool


@dataclass(frozen=True)
class EvidenceTile:
    """One piece of evidence; `href` is empty where it cannot be opened, `state` then says why."""

    pk: str
    title: str
    href: str
    thumbnail: str
    icon: str
    is_external: bool
    at: datetime
    state: str = ""


@dataclass(frozen=True)
class RemarkNote:
    """What a verifier wrote when sending back; `is_mended` once the indicator was changed after that."""

    text: str
    at: datetime
    is_mended: bool = False


@dataclass(frozen=True)
class IndicatorPart:
    """One indicator with everything its fold shows. `proposed` is the officer's level where another one counts."""

    rule: scoring.Indicator
    level: int | None
    proposed: int | None
    note: str
    reason: str
    figure: str
    marks: tuple[Mark, ...]
    cards: tuple[LevelCard, ...]
    checks: tuple[CheckLine, ...]
    evidence: tuple[EvidenceTile, ...]
    remark: RemarkNote | None
    needs_work: bool

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def is_graded(self) -> bool:
        """Whether its test sheet asks for grades, which have to be explained."""
        return any(check.is_graded for check in self.checks)

    @property
    def evidence_sentence(self) -> str:
        """What follows without evidence; empty where it is not compulsory."""
        if not self.rule.evidence_required:
            return ""
        if self.rule.cap_without_evidence is None:
            return _("Wajib.")
        return _("Wajib. Tanpa bukti dihitung paling tinggi %(level)d.") % {"level": self.rule.cap_without_evidence}


@dataclass(frozen=True)
class SectionPart:
    """One criterion. `points`, `reachable` and `maximum` are for the bars, `figure` says them in words."""

    code: str
    name: str
    short_name: str
    points: Decimal
    reachable: Decimal | None
    maximum: Decimal
    figure: str
    marks: tuple[Mark, ...]
    indicators: tuple[IndicatorPart, ...]

    @property
    def anchor(self) -> str:
        return self.code.lower()

    @property
    def needs_work(self) -> bool:
        return any(part.needs_work for part in self.indicators)


def sections_of(
    dossier: Dossier, sheet: Sheet, result: scoring.Result, *, returned: Step | None, opens_papers: bool
) -> list[SectionPart]:
    """The criteria of `sheet`, whose score is `result`; `returned` is the last return with its remarks."""
    remarks = {remark.indicator.code: remark for remark in returned.remark_set.all()} if returned else {}
    build = _Builder(dossier, sheet, returned, remarks, opens_papers)
    return [
        build.section(rule, criterion) for rule, criterion in zip(dossier.rules.criteria, result.criteria, strict=True)
    ]


@dataclass(frozen=True)
class _Builder:
    dossier: Dossier
    sheet: Sheet
    returned: Step | None
    remarks: Mapping[str, Remark]
    opens_papers: bool

    def section(self, rule: scoring.Criterion, result: scoring.CriterionResult) -> SectionPart:
        parts = tuple(
            self.indicator(self.dossier.rules.indicators[part.code], part, result.scale) for part in result.indicators
        )
        return SectionPart(
            code=rule.code,
            name=rule.name,
            short_name=rule.short_name,
            points=result.points.shown,
            reachable=result.reachable.shown if result.missing else None,
            maximum=result.maximum.shown,
            figure=_("%(points)s dari %(maximum)s poin")
            % {"points": points(result.points.shown), "maximum": plain(result.maximum.shown)},
            marks=tuple(_section_marks(parts, len(result.missing))),
            indicators=parts,
        )

    def indicator(self, rule: scoring.Indicator, result: scoring.IndicatorResult, scale: Fraction) -> IndicatorPart:
        score = self.sheet.scores[rule.code]
        proposed = self.dossier.proposal.scores[rule.code]
        evidence = self.dossier.evidence.get(rule.code, [])
        remark = self._remark(rule.code, proposed)
        open_checks = [
            line.code
            for line in rule.checks_for(self.dossier.assessment.scope_id)
            if line.eliminating and line.code not in self.sheet.checks
        ]
        return IndicatorPart(
            rule=rule,
            level=score.level,
            proposed=proposed.level if score.level != proposed.level else None,
            note=proposed.note,
            reason=score.reason,
            figure=_indicator_figure(result, len(evidence)),
            marks=tuple(_indicator_marks(rule, result, remark, open_checks)),
            cards=tuple(_card(level, result, scale) for level in rule.levels),
            checks=tuple(self._check(line) for line in rule.checks_for(self.dossier.assessment.scope_id)),
            evidence=tuple(evidence_tile(row, opens_papers=self.opens_papers) for row in evidence),
            remark=remark,
            needs_work=score.level is None or bool(open_checks) or bool(remark and not remark.is_mended),
        )

    def _remark(self, code: str, proposed: Score) -> RemarkNote | None:
        remark = self.remarks.get(code)
        if remark is None:
            return None
        at = self.returned.at
        return RemarkNote(remark.text, at, is_mended=proposed.changed_at > at)

    def _check(self, line: scoring.Check) -> CheckLine:
        value = self.sheet.checks.get(line.code)
        return CheckLine(
            text=line.text,
            answer=answer_words(line, value),
            warning=_warning(line) if line.eliminating else "",
            is_graded=line.kind == scoring.CheckKind.GRADED,
            is_fatal=line.eliminating and value is not None and line.is_bad(value),
        )


def evidence_tile(row: Evidence, *, opens_papers: bool) -> EvidenceTile:
    """`row` as a tile; `row.file` and `row.certificate` must be at hand."""
    common = {"pk": str(row.pk), "title": str(row), "at": row.taken_at or row.created_at}
    if row.file is None:
        return EvidenceTile(href=row.link, thumbnail="", icon="tautan", is_external=True, **common)
    icon = "sertifikat" if row.certificate_id else "foto" if row.file.is_image else "berkas"
    state = _obstacle(row, opens_papers)
    if state:
        return EvidenceTile(href="", thumbnail="", icon=icon, is_external=False, state=state, **common)
    return EvidenceTile(
        href=reverse("files:file", args=[row.file_id]),
        thumbnail=row.file.thumbnail_url if row.file.thumbnail else "",
        icon=icon,
        is_external=False,
        **common,
    )


def _obstacle(row: Evidence, opens_papers: bool) -> str:
    if row.file.state == row.file.State.EXPECTED:
        return _("Berkas belum diterima")
    if row.file.state == row.file.State.REJECTED:
        return _("Berkas ditolak, lampirkan lagi")
    if row.certificate_id and not opens_papers:
        return _("Hanya dibuka petugas dan verifikator")
    return ""


def _card(level: scoring.Level, result: scoring.IndicatorResult, scale: Fraction) -> LevelCard:
    """The best level shows what the indicator shows as its maximum: rounding must not part them."""
    exact = level.points * scale
    worth = result.maximum.shown if exact == result.maximum.exact else scoring.rounded_down(exact)
    return LevelCard(level.number, level.word, level.wording, _("%(points)s poin") % {"points": points(worth)})


def answer_words(line: scoring.Check, value: int | None) -> str:
    """The answer to a line of a test sheet: "Ya", "Tidak", "4 dari 5", "Belum dijawab"."""
    if value is None:
        return _("Belum dijawab")
    if line.kind == scoring.CheckKind.YES_NO:
        return _("Ya") if value == scoring.YES else _("Tidak")
    return _("%(grade)d dari 5") % {"grade": value}


def _warning(line: scoring.Check) -> str:
    if line.kind == scoring.CheckKind.GRADED:
        return _("Angka %(grade)d atau kurang menggugurkan produk.") % {"grade": line.bad_value}
    return _("Jawaban “%(answer)s” menggugurkan produk.") % {"answer": answer_words(line, line.bad_value)}


def _indicator_figure(result: scoring.IndicatorResult, evidence_count: int) -> str:
    """ "3,20 dari 4 poin, 1 bukti"; before a level is given "sampai 5 poin"."""
    maximum = plain(result.maximum.shown)
    if result.given is None:
        figure = _("sampai %(maximum)s poin") % {"maximum": maximum}
    else:
        figure = _("%(points)s dari %(maximum)s poin") % {"points": points(result.points.shown), "maximum": maximum}
    if not evidence_count:
        return figure
    return _("%(figure)s, %(count)d bukti") % {"figure": figure, "count": evidence_count}


def _indicator_marks(
    rule: scoring.Indicator, result: scoring.IndicatorResult, remark: RemarkNote | None, open_checks: Collection[str]
) -> list[Mark]:
    marks = []
    if remark:
        marks.append(
            Mark(_("Catatan, sudah diubah"), "info", "catatan")
            if remark.is_mended
            else Mark(_("Ada catatan"), "bad", "catatan")
        )
    if result.given is None:
        return [*marks, Mark(_("Belum dinilai"), "soon")]
    marks.append(Mark(f"{result.given} {rule.level(result.given).word}", "info", "centang"))
    if result.counted != result.given:
        marks.append(Mark(_("Dihitung %(level)d") % {"level": result.counted}, "soon", "awas"))
    if result.evidence_missing:
        marks.append(Mark(_("Bukti wajib belum ada"), "soon", "wajib"))
    if open_checks:
        marks.append(Mark(_("Butir uji belum dijawab"), "soon"))
    return marks


def _section_marks(parts: Collection[IndicatorPart], missing: int) -> list[Mark]:
    marks = []
    remarks = sum(1 for part in parts if part.remark and not part.remark.is_mended)
    if remarks:
        marks.append(Mark(ngettext("%d catatan", "%d catatan", remarks) % remarks, "bad", "catatan"))
    if missing:
        marks.append(Mark(ngettext("%d belum dinilai", "%d belum dinilai", missing) % missing, "soon"))
    if not marks and not any(part.needs_work for part in parts):
        marks.append(Mark(_("Lengkap"), "good"))
    return marks
