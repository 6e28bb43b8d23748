"""Everything about one assessment that its pages and steps ask for, read once, and the results computed from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone

from assessment import scoring
from assessment.instruments import Codes, codes_of, rules_of
from assessment.models import Assessment, CheckAnswer, Evidence, EvidenceTie, Remark, Score, ScoreSheet, Step
from files.models import StoredFile
from sentra.catalogue import units_of
from sentra.models import Certificate, Product, Sentra
from wilayah.zones import zone_of

Kind = ScoreSheet.Kind


@dataclass
class Sheet:
    """One rater's sheet with its rows by code: scores of all indicators that apply, answers to test lines."""

    row: ScoreSheet
    scores: dict[str, Score] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)


@dataclass
class Dossier:
    """An assessment with its rules, sheets, evidence and facts; see `open_dossier`."""

    assessment: Assessment
    on: date
    rules: scoring.Instrument
    sheets: list[Sheet]
    evidence: dict[str, list[Evidence]]

    def sheet(self, kind: str) -> Sheet | None:
        """The proposal or the decision sheet, or None while there is none."""
        return next((sheet for sheet in self.sheets if sheet.row.kind == kind), None)

    @cached_property
    def certificates(self) -> list[Certificate]:
        """One query where they are asked for first."""
        return certificates_of(self.assessment.product)

    @cached_property
    def unit_count(self) -> int:
        """One query where it is asked for first."""
        return unit_count_of(self.assessment.product)

    @property
    def proposal(self) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.row.kind == Kind.PROPOSAL)

    @property
    def decision(self) -> Sheet | None:
        return self.sheet(Kind.DECISION)

    @property
    def evidence_rows(self) -> list[Evidence]:
        """Each piece of evidence once, in the order of its entry."""
        rows = {evidence.pk: evidence for tied in self.evidence.values() for evidence in tied}
        return sorted(rows.values(), key=lambda evidence: (evidence.created_at, evidence.pk))

    @property
    def waiting_files(self) -> list[Evidence]:
        """Evidence whose file was announced and has not arrived."""
        return [row for row in self.evidence_rows if row.file and not row.file.is_received]

    def facts(self) -> scoring.Facts:
        """The subject on the day `on`. Whoever handed in a sheet counts as an assessor, the proposer left out."""
        raters = {sheet.row.rater_id for sheet in self.sheets if sheet.row.handed_in_at} - {self.assessment.officer_id}
        return replace(
            facts_about(self.assessment.product, self.certificates, self.unit_count, on=self.on),
            assessor_count=len(raters),
            field_visit=self.assessment.visited_on is not None,
        )

    def answers(self, sheet: Sheet) -> scoring.Answers:
        return scoring.Answers(
            levels={code: score.level for code, score in sheet.scores.items()},
            evidence=frozenset(code for code, tied in self.evidence.items() if any(map(_counts, tied))),
            checks=sheet.checks,
        )

    def result_of(self, sheet: Sheet) -> scoring.Result:
        return scoring.evaluate(self.rules, self.assessment.scope_id, self.answers(sheet), self.facts())

    @cached_property
    def proposal_result(self) -> scoring.Result:
        return self.result_of(self.proposal)


def _counts(evidence: Evidence) -> bool:
    """A link, or a file that has arrived or is still announced (a preview); a rejected file is no evidence."""
    return evidence.file is None or evidence.file.state != StoredFile.State.REJECTED


def open_dossier(assessment: Assessment, *, on: date | None = None) -> Dossier:
    """The dossier of `assessment` on the day `on` (default: today in the area's time zone).

    Whoever asks for the facts loads the assessment by `with_subject()`. Costs 3 queries, whatever the number of
    indicators, and one each for the certificates and the units of the sentra where they are asked for.
    """
    rules, codes = rules_of(assessment.instrument_id), codes_of(assessment.instrument_id)
    return Dossier(
        assessment=assessment,
        on=on or timezone.localdate(timezone=zone_of(assessment.wilayah_id).tzinfo),
        rules=rules,
        sheets=_sheets(assessment, codes),
        evidence=_evidence(assessment, codes),
    )


def outlook(product: Product, rules: scoring.Instrument, *, on: date) -> tuple[scoring.GateResult, ...]:
    """The gates of the product's scope before anything is answered: what is known of the subject on the day `on`.

    Raises ScopeNotCovered where `rules` have no indicator for the scope. Costs 2 queries.
    """
    facts = facts_about(product, certificates_of(product), unit_count_of(product), on=on)
    return scoring.evaluate(rules, product.scope_id, scoring.Answers(), facts).gates


def facts_about(product: Product, certificates: Iterable[Certificate], unit_count: int, *, on: date) -> scoring.Facts:
    """What the catalogue says about `product` on the day `on`; the visit and the assessors are the assessment's."""
    papers = tuple(scoring.Certificate(paper.kind, paper.issued, paper.expires) for paper in certificates)
    return scoring.Facts(
        on=on,
        has_nib=bool(product.ikm and product.ikm.nib),
        certificates=papers,
        unit_count=unit_count,
        has_sk=any(paper.kind == Certificate.Kind.SK_SENTRA and paper.in_force(on) for paper in papers),
    )


def certificates_of(product: Product) -> list[Certificate]:
    """The papers that speak for `product`, with their files."""
    return list(Certificate.objects.for_product(product).select_related("file"))


def unit_count_of(product: Product) -> int:
    """Business units of the product's sentra; 0 without one."""
    sentra = sentra_of(product)
    return units_of(sentra).count if sentra else 0


def sentra_of(product: Product) -> Sentra | None:
    """The sentra of `product`, else of its IKM, else None."""
    return product.sentra or (product.ikm.sentra if product.ikm else None)


def last_return(assessment: Assessment) -> Step | None:
    """The step that sent `assessment` back last, with its remarks; None where it never was. Up to 2 queries."""
    if assessment.submitted_at is None:
        return None
    returns = Step.objects.filter(assessment=assessment, action="kembalikan").order_by("-pk")
    return returns.prefetch_related(Prefetch("remark_set", Remark.objects.select_related("indicator"))).first()


def steps_of(assessment: Assessment) -> list[Step]:
    """The steps of `assessment`, oldest first, with names and remarks. Two queries."""
    remarks = Prefetch("remark_set", Remark.objects.select_related("indicator"))
    return list(assessment.step_set.order_by("pk").select_related("actor").prefetch_related(remarks))


def _sheets(assessment: Assessment, codes: Codes) -> list[Sheet]:
    sheets: dict[int, Sheet] = {}
    for score in Score.objects.filter(sheet__assessment=assessment).select_related("sheet").order_by("sheet"):
        sheet = sheets.setdefault(score.sheet_id, Sheet(score.sheet))
        sheet.scores[codes.indicators[score.indicator_id]] = score
    for answer in CheckAnswer.objects.filter(sheet__assessment=assessment).order_by():
        sheets[answer.sheet_id].checks[codes.checks[answer.check_line_id]] = answer.value
    return list(sheets.values())


def _evidence(assessment: Assessment, codes: Codes) -> dict[str, list[Evidence]]:
    tied: dict[str, list[Evidence]] = {}
    links = (
        EvidenceTie.objects.filter(evidence__assessment=assessment)
        .select_related("evidence__file", "evidence__certificate")
        .order_by("evidence__created_at", "evidence_id")
    )
    for link in links:
        tied.setdefault(codes.indicators[link.indicator_id], []).append(link.evidence)
    return tied
