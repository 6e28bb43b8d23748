"""Filling the officer's proposal: levels, notes, test lines, the visit, and the evidence at each indicator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from assessment import permissions
from assessment.models import Assessment, CheckAnswer, Evidence, Indicator, Score, ScoreSheet
from files.models import StoredFile
from outbox.uuid7 import uuid7
from sentra.models import Certificate


@dataclass(frozen=True)
class Entry:
    """What the form of one section says about one indicator; `checks` are values by code of the test line."""

    level: int | None
    note: str = ""
    checks: Mapping[str, int | None] = field(default_factory=dict)


def editable(assessment_id: UUID, *, by: User) -> Assessment:
    """The assessment locked for a change of its proposal. Call inside a transaction.

    Raises PermissionDenied with a sentence where `by` may not change it now.
    """
    assessment = Assessment.objects.visible_to(by).select_for_update(of=("self",)).with_subject().get(pk=assessment_id)
    if not permissions.can_edit(by, assessment):
        raise PermissionDenied(_("Penilaian ini tidak dapat Anda ubah sekarang."))
    return assessment


@transaction.atomic
def save_entries(assessment: Assessment, entries: Mapping[str, Entry], *, by: User) -> None:
    """Write the entries (by indicator code) into the proposal sheet; what did not change is not touched.

    Only the officer may, in draft or returned (PermissionDenied). A changed test line also marks its indicator as
    changed, so that a verifier sees it after a return.
    """
    if not permissions.can_edit(by, assessment):
        raise PermissionDenied(_("Penilaian ini tidak dapat Anda ubah sekarang."))
    scores = Score.objects.filter(
        sheet__assessment=assessment, sheet__kind=ScoreSheet.Kind.PROPOSAL, indicator__code__in=entries
    ).select_related("indicator", "sheet")
    for score in scores:
        _save_entry(score, entries[score.indicator.code])


def _save_entry(score: Score, entry: Entry) -> None:
    has_new_checks = _save_checks(score, entry.checks)
    if (score.level, score.note) != (entry.level, entry.note):
        score.level, score.note = entry.level, entry.note
        score.save(update_fields=["level", "note"])
    elif has_new_checks:
        touch(score.sheet.assessment_id, [score.indicator_id])


def _save_checks(score: Score, values: Mapping[str, int | None]) -> bool:
    if not values:
        return False
    lines = {line.code: line for line in score.indicator.check_set.all() if line.code in values}
    answers = CheckAnswer.objects.filter(sheet=score.sheet, check_line__in=lines.values())
    stored = {answer.check_line_id: answer for answer in answers}
    changed = False
    for code, line in lines.items():
        value, answer = values[code], stored.get(line.pk)
        if value == (answer.value if answer else None):
            continue
        changed = True
        if value is None:
            answer.delete()
        else:
            CheckAnswer.objects.update_or_create(sheet=score.sheet, check_line=line, defaults={"value": value})
    return changed


def touch(assessment_id: UUID, indicators: Iterable[int]) -> None:
    """Mark indicators of the proposal as changed now, where their evidence or test lines changed and not the row."""
    Score.objects.filter(
        sheet__assessment=assessment_id, sheet__kind=ScoreSheet.Kind.PROPOSAL, indicator__in=indicators
    ).update(revision=F("revision") + 1)


@transaction.atomic
def attach(
    assessment: Assessment,
    *,
    by: User,
    indicators: Iterable[Indicator],
    file: StoredFile | None = None,
    certificate: Certificate | None = None,
    link: str = "",
    caption: str = "",
    pk: UUID | None = None,
) -> Evidence:
    """Add evidence to indicators of `assessment`: a stored file, a link, or the file of a certificate.

    Raises PermissionDenied where `by` may not change the assessment now.
    """
    if not permissions.can_edit(by, assessment):
        raise PermissionDenied(_("Penilaian ini tidak dapat Anda ubah sekarang."))
    evidence = Evidence.objects.create(
        pk=pk or uuid7(),
        assessment=assessment,
        created_by=by,
        file=certificate.file if certificate else file,
        certificate=certificate,
        link=link,
        caption=caption or (str(certificate) if certificate else ""),
    )
    indicators = list(indicators)
    evidence.indicators.set(indicators)
    touch(assessment.pk, [indicator.pk for indicator in indicators])
    return evidence


@transaction.atomic
def detach(evidence: Evidence, *, by: User) -> None:
    """Remove evidence from a draft or returned assessment. The stored file stays for whoever else points to it."""
    if not permissions.can_edit(by, evidence.assessment):
        raise PermissionDenied(_("Bukti ini tidak dapat Anda hapus sekarang."))
    touch(evidence.assessment_id, evidence.indicators.values_list("pk", flat=True))
    evidence.delete()


@transaction.atomic
def record_visit(assessment: Assessment, *, by: User, visited_on: date | None) -> None:
    """Note the day of the field visit and who made it; None takes the note back."""
    if not permissions.can_edit(by, assessment):
        raise PermissionDenied(_("Penilaian ini tidak dapat Anda ubah sekarang."))
    assessment.visited_on = visited_on
    assessment.visited_by = by if visited_on else None
    assessment.save(update_fields=["visited_on", "visited_by"])
