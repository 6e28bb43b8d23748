"""Filling the officer's proposal: levels, notes, test lines, the visit, and the evidence at each indicator."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from assessment import permissions
from assessment.instruments import check_ids, codes_of
from assessment.models import Assessment, CheckAnswer, Evidence, EvidenceTie, Indicator, Score, ScoreSheet
from files import intake
from files.models import StoredFile
from files.removal import remove
from outbox.uuid7 import uuid7
from sentra.models import Certificate


class NotEditable(Exception):
    """The proposal cannot change any more; `str()` is a sentence for the person."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(
            _("Penilaian ini tidak dapat diubah lagi: statusnya “%(state)s”. Buka lagi halamannya.")
            % {"state": assessment.get_state_display()}
        )


@dataclass(frozen=True)
class Addition:
    """New evidence for one indicator: an upload, a link, a certificate's file, or evidence of another indicator.

    `position` is where an upload was taken: latitude and longitude in degrees.
    """

    upload: intake.Checked | None = None
    position: tuple[Decimal, Decimal] | None = None
    link: str = ""
    certificate: Certificate | None = None
    evidence: Evidence | None = None
    caption: str = ""


@dataclass(frozen=True)
class Entry:
    """What the form of one section says about one indicator; `checks` are values by code of the test line."""

    level: int | None
    note: str = ""
    checks: Mapping[str, int | None] = field(default_factory=dict)
    captions: Sequence[tuple[Evidence, str]] = ()
    additions: Sequence[Addition] = ()
    removals: Sequence[Evidence] = ()


def editable(assessment_id: UUID, *, by: User) -> Assessment:
    """The assessment locked for a change of its proposal. Call inside a transaction.

    Raises Assessment.DoesNotExist where `by` cannot see it, PermissionDenied where `by` is not its officer, and
    NotEditable with a sentence where it is in another state, also because it was sent from another window meanwhile.
    """
    assessment = permissions.get_visible(Assessment.objects.select_for_update(), assessment_id, by=by)
    _refuse_unless_editable(assessment, by)
    return assessment


def save_entries(
    assessment: Assessment, entries: Mapping[str, Entry], *, by: User, scores: Mapping[str, Score] | None = None
) -> None:
    """Write the entries (by indicator code) into the proposal sheet; what did not change is not touched.

    Order: levels and notes, test lines, then per indicator captions, evidence taken away, evidence added. Only the
    officer may (PermissionDenied), in draft or returned (NotEditable). A changed test line or evidence also marks its
    indicator as changed, so that a verifier sees it after a return. `scores` are the rows of the proposal by code,
    where they were read under the lock of `editable` already.
    """
    _refuse_unless_editable(assessment, by)
    rows = [(score, entries[code]) for code, score in (scores or _proposal_of(assessment)).items() if code in entries]
    with transaction.atomic(savepoint=False):
        _save_answers(assessment, rows)
        for score, entry in rows:
            _save_evidence(assessment, score, entry, by)


def _proposal_of(assessment: Assessment) -> dict[str, Score]:
    scores = Score.objects.filter(sheet__assessment=assessment, sheet__kind=ScoreSheet.Kind.PROPOSAL)
    codes = codes_of(assessment.instrument_id).indicators
    return {codes[score.indicator_id]: score for score in scores}


def _save_answers(assessment: Assessment, rows: Sequence[tuple[Score, Entry]]) -> None:
    """Test lines, then levels and notes that changed."""
    changed = [score for score, entry in rows if (score.level, score.note) != (entry.level, entry.note)]
    checked = _save_checks(assessment, rows)
    for score, entry in rows:
        score.level, score.note = entry.level, entry.note
    if changed:
        _write(changed)
    touched = [score.indicator_id for score in checked if score not in changed]
    if touched:
        touch(assessment.pk, touched)


def _write(scores: Sequence[Score]) -> None:
    """Store level and note of `scores` in one statement, whose trigger counts each row.

    In plain SQL: `bulk_update` builds a CASE per row and column, which takes longer than PostgreSQL needs for all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assessment_score AS score SET level = entry.level, note = entry.note"
            " FROM unnest(%s::bigint[], %s::smallint[], %s::text[]) AS entry (id, level, note)"
            " WHERE score.id = entry.id",
            [[score.pk for score in scores], [score.level for score in scores], [score.note for score in scores]],
        )


def _save_evidence(assessment: Assessment, score: Score, entry: Entry, by: User) -> None:
    for evidence, caption in entry.captions:
        describe(evidence, caption, by=by)
    for evidence in entry.removals:
        detach(evidence, by=by, indicator=score.indicator)
    for addition in entry.additions:
        _add(assessment, score.indicator, addition, by)


def _add(assessment: Assessment, indicator: Indicator, addition: Addition, by: User) -> None:
    if addition.evidence:
        tie(addition.evidence, by=by, indicator=indicator)
        return
    attach(
        assessment,
        by=by,
        indicators=[indicator],
        file=intake.store(addition.upload, by=by) if addition.upload else None,
        certificate=addition.certificate,
        link=addition.link,
        caption=addition.caption,
        position=addition.position,
    )


def _save_checks(assessment: Assessment, rows: Sequence[tuple[Score, Entry]]) -> list[Score]:
    """Write the answers to test lines that changed; the rows of their indicators. Reads the stored ones at once."""
    asked = {code for _score, entry in rows for code in entry.checks}
    if not asked:
        return []
    ids = check_ids(assessment.instrument_id)
    answers = CheckAnswer.objects.filter(sheet=rows[0][0].sheet_id, check_line__in=[ids[code] for code in asked])
    stored = {answer.check_line_id: answer for answer in answers}
    changed = []
    for score, entry in rows:
        saved = [_save_check(score, ids[code], value, stored.get(ids[code])) for code, value in entry.checks.items()]
        if any(saved):
            changed.append(score)
    return changed


def _save_check(score: Score, line: int, value: int | None, stored: CheckAnswer | None) -> bool:
    if value == (stored.value if stored else None):
        return False
    if value is None:
        stored.delete()
    else:
        CheckAnswer.objects.update_or_create(sheet_id=score.sheet_id, check_line_id=line, defaults={"value": value})
    return True


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
    position: tuple[Decimal, Decimal] | None = None,
    pk: UUID | None = None,
) -> Evidence:
    """Add evidence to indicators of `assessment`: a stored file, a link, or the file of a certificate.

    Raises PermissionDenied and NotEditable like `editable`, ValueError for a certificate that does not speak for the
    product or has no file.
    """
    _refuse_unless_editable(assessment, by)
    if certificate and not (certificate.file and _speaks_for(certificate, assessment)):
        raise ValueError(f"certificate {certificate.pk} is no evidence for assessment {assessment.pk}")
    latitude, longitude = position or (None, None)
    evidence = Evidence.objects.create(
        pk=pk or uuid7(),
        assessment=assessment,
        created_by=by,
        file=certificate.file if certificate else file,
        certificate=certificate,
        link=link,
        caption=_caption(caption, certificate),
        latitude=latitude,
        longitude=longitude,
    )
    indicators = list(indicators)
    evidence.indicators.set(indicators)
    touch(assessment.pk, [indicator.pk for indicator in indicators])
    return evidence


@transaction.atomic
def describe(evidence: Evidence, caption: str, *, by: User) -> None:
    """Write another caption; all indicators the evidence speaks for count as changed. The same one changes nothing."""
    _refuse_unless_editable(evidence.assessment, by)
    caption = _caption(caption, evidence.certificate)
    if caption == evidence.caption:
        return
    evidence.caption = caption
    evidence.save(update_fields=["caption"])
    touch(evidence.assessment_id, evidence.indicators.values_list("pk", flat=True))


def _caption(words: str, certificate: Certificate | None) -> str:
    """`words`; a certificate without any goes by its own name."""
    return words or (str(certificate) if certificate else "")


def _speaks_for(certificate: Certificate, assessment: Assessment) -> bool:
    return Certificate.objects.for_product(assessment.product).filter(pk=certificate.pk).exists()


@transaction.atomic
def tie(evidence: Evidence, *, by: User, indicator: Indicator) -> None:
    """Let evidence that is already there speak for one more indicator; a second time changes nothing."""
    _refuse_unless_editable(evidence.assessment, by)
    _, is_new = EvidenceTie.objects.get_or_create(evidence=evidence, indicator=indicator)
    if is_new:
        touch(evidence.assessment_id, [indicator.pk])


@transaction.atomic
def detach(evidence: Evidence, *, by: User, indicator: Indicator | None = None) -> None:
    """Take evidence away from `indicator`, or from all; the last tie takes the evidence and its file along.

    The file stays where something else stands on it, a certificate for example.
    """
    _refuse_unless_editable(evidence.assessment, by)
    ties = EvidenceTie.objects.filter(evidence=evidence)
    gone = ties.filter(indicator=indicator) if indicator else ties
    touch(evidence.assessment_id, list(gone.values_list("indicator", flat=True)))
    gone.delete()
    if not ties.exists():
        evidence.delete()
        if evidence.file:
            remove(evidence.file)


@transaction.atomic
def record_visit(assessment: Assessment, *, by: User, visited_on: date | None) -> None:
    """Note the day of the field visit and who made it; None takes the note back."""
    _refuse_unless_editable(assessment, by)
    assessment.visited_on = visited_on
    assessment.visited_by = by if visited_on else None
    assessment.save(update_fields=["visited_on", "visited_by"])


def _refuse_unless_editable(assessment: Assessment, by: User) -> None:
    if not permissions.is_proposer(by, assessment):
        raise PermissionDenied(_("Hanya petugas yang memulai penilaian ini yang mengubah isiannya."))
    if not assessment.is_editable:
        raise NotEditable(assessment)
