"""What a decision freezes, and the product's present result that follows from the decisions about it."""

import calendar
import hashlib
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from assessment import chain, scoring
from assessment.dossier import Dossier, Sheet, open_dossier, sentra_of
from assessment.models import Assessment, Decision, Evidence, Remark, ScoreSheet
from sentra.models import Product

Kind = Decision.Kind


def preview(assessment: Assessment, *, by: User) -> scoring.Result:
    """What the decision sheet would give if `by` decided today. Raises LookupError where no review has begun."""
    return preview_of(open_dossier(assessment), by=by)


def preview_of(dossier: Dossier, *, by: User) -> scoring.Result:
    """The same for an open dossier, without a query; the dossier counts the sheet as handed in from then on."""
    return _closed(dossier, by, timezone.now())


def award(assessment: Assessment, *, by: User, at: datetime) -> Decision:
    """Freeze the result of the decision sheet, append it to the chain, and write the product's present result.

    Order: the sheet is handed in (it then counts as an assessor's), the result computed on the day of the decision in
    the area's time zone, the link appended, the product's columns set. The caller holds the assessment's row locked.
    """
    _hand_in(assessment, by, at)
    dossier, result = _closing_dossier(assessment, by, at)
    decision = Decision(
        assessment=assessment,
        kind=Kind.AWARD,
        decided_by=by,
        decided_at=at,
        authority=assessment.authority,
        star=result.star,
        total=result.points.shown,
        valid_until=add_months(dossier.on, dossier.rules.validity_months),
        criteria=_criteria(result),
    )
    chain.append(decision, content_of(dossier, result))
    write_present_result(assessment.product)
    return decision


def eliminate(assessment: Assessment, *, by: User, at: datetime, reason: str) -> Decision:
    """Append a decision without a star: an eliminating gate or test line failed. The product's result stays."""
    _hand_in(assessment, by, at)
    dossier, result = _closing_dossier(assessment, by, at)
    decision = Decision(
        assessment=assessment,
        kind=Kind.ELIMINATION,
        decided_by=by,
        decided_at=at,
        authority=assessment.authority,
        total=result.points.shown,
        criteria=_criteria(result),
    )
    return chain.append(decision, content_of(dossier, result) | {"reason_sha256": text_hash(reason)})


def revoke(assessment: Assessment, *, by: User, at: datetime, reason: str) -> Decision:
    """Append the revocation of the award of `assessment` and recompute the product's present result."""
    revoked = assessment.decision_set.get(kind=Kind.AWARD)
    decision = Decision(
        assessment=assessment, kind=Kind.REVOCATION, decided_by=by, decided_at=at, authority=assessment.authority
    )
    chain.append(decision, {"revokes": revoked.sha256, "reason_sha256": text_hash(reason)})
    write_present_result(assessment.product)
    return decision


def with_awards(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Put `awards` on each row: a list with the decision that gave a result, or an empty one. One query more."""
    awards = Decision.objects.filter(kind=Kind.AWARD).defer("canonical")
    return rows.prefetch_related(Prefetch("decision_set", awards, to_attr="awards"))


def write_present_result(product: Product) -> None:
    """Set `star`, `star_authority` and `star_until` from the decisions about `product`.

    The highest authority's latest award that is neither revoked nor expired; where all have expired, the latest; where
    there is none, nothing.
    """
    awards = list(
        Decision.objects.filter(assessment__product=product, kind=Kind.AWARD)
        .exclude(assessment__decision_set__kind=Kind.REVOCATION)
        .order_by("number")
    )
    in_force = [award for award in awards if award.valid_until >= timezone.localdate()]
    if in_force:
        present = max(in_force, key=lambda award: (scoring.AUTHORITIES.index(award.authority), award.number))
    else:
        present = awards[-1] if awards else None
    Product.objects.filter(pk=product.pk).update(
        star=present.star if present else None,
        star_authority=present.authority if present else "",
        star_until=present.valid_until if present else None,
    )


def content_of(dossier: Dossier, result: scoring.Result) -> dict[str, Any]:
    """Everything that was judged and how, with the names of the day; no contact data, of free texts only the hash."""
    assessment = dossier.assessment
    product = assessment.product
    sentra = sentra_of(product)
    return {
        "scoring_version": scoring.VERSION,
        "round": {"id": str(assessment.round_id), "name": assessment.round.name},
        "scope": assessment.scope_id,
        "product": {"id": str(product.pk), "name": product.name},
        "ikm": {"id": str(product.ikm_id), "name": product.ikm.name} if product.ikm else None,
        "sentra": {"id": str(sentra.pk), "name": sentra.name} if sentra else None,
        "wilayah": {"code": assessment.wilayah_id, "name": assessment.wilayah.full_name},
        "judge": assessment.judge,
        "officer": str(assessment.officer_id),
        "instrument": {"id": str(assessment.instrument_id), "rules": scoring.as_data(dossier.rules)},
        "facts": scoring.as_data(dossier.facts()),
        "sheets": [_sheet(sheet, dossier.result_of(sheet)) for sheet in dossier.sheets],
        "evidence": [_evidence(dossier, row) for row in dossier.evidence_rows],
        "remarks": [
            {"indicator": remark.indicator.code, "sha256": text_hash(remark.text)}
            for remark in Remark.objects.filter(step__assessment=assessment).select_related("indicator").order_by("pk")
        ],
        "result": scoring.as_data(result),
    }


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def text_hash(text: str) -> str | None:
    """SHA-256 of a free text, None for an empty one: it can be proven later without being shown in the chain."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None


def _hand_in(assessment: Assessment, by: User, at: datetime) -> None:
    assessment.sheet_set.filter(kind=ScoreSheet.Kind.DECISION).update(rater=by, handed_in_at=at)


def _closing_dossier(assessment: Assessment, by: User, at: datetime) -> tuple[Dossier, scoring.Result]:
    """The dossier on the day of `at` in the area's zone, and its result when `by` closes it at `at`."""
    dossier = open_dossier(assessment, on=timezone.localdate(at, assessment.wilayah.zone.tzinfo))
    return dossier, _closed(dossier, by, at)


def _closed(dossier: Dossier, by: User, at: datetime) -> scoring.Result:
    """The result of the decision sheet, which counts as handed in by `by`."""
    if dossier.decision is None:
        raise LookupError("no decision sheet: the review has not begun")
    dossier.decision.row.rater, dossier.decision.row.handed_in_at = by, at
    return dossier.result_of(dossier.decision)


def _criteria(result: scoring.Result) -> list[dict[str, str]]:
    """The points per criterion for lists and recaps, in the order of the instrument."""
    return [
        {
            "code": criterion.code,
            "title": criterion.short_name,
            "points": str(criterion.points.shown),
            "maximum": str(criterion.maximum.shown),
        }
        for criterion in result.criteria
    ]


def _sheet(sheet: Sheet, result: scoring.Result) -> dict[str, Any]:
    return {
        "kind": sheet.row.kind,
        "rater": str(sheet.row.rater_id),
        "total": str(result.points.shown),
        "points": {criterion.code: str(criterion.points.shown) for criterion in result.criteria},
        "scores": {
            code: {
                "level": None if score.level is None else str(score.level),
                "note_sha256": text_hash(score.note),
                "reason_sha256": text_hash(score.reason),
                "reviewed": score.reviewed_at is not None,
            }
            for code, score in sheet.scores.items()
        },
        "checks": {code: str(value) for code, value in sheet.checks.items()},
    }


def _evidence(dossier: Dossier, row: Evidence) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "indicators": sorted(code for code, tied in dossier.evidence.items() if row in tied),
        "sha256": row.file.sha256 if row.file else None,
        "link": row.link or None,
    }
