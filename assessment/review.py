"""The decision sheet: taken over from the proposal, then changed by verifiers, each change with its reason."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessment import permissions
from assessment.models import Assessment, CheckAnswer, Score, ScoreSheet, Step

Kind = ScoreSheet.Kind


class ReasonMissing(Exception):
    """A level that differs from the proposal needs a reason; `str()` is a sentence for the person."""

    def __init__(self) -> None:
        super().__init__(_("Level Anda berbeda dari usulan petugas. Tulis alasannya; petugas akan membacanya."))


class NotUnderReview(Exception):
    """The decision sheet cannot change now; `str()` is a sentence for the person."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(
            _("Penilaian ini tidak sedang ditinjau lagi: statusnya “%(state)s”. Buka lagi halamannya.")
            % {"state": assessment.get_state_display()}
        )


@transaction.atomic
def take_over_proposal(assessment: Assessment, *, step: Step) -> ScoreSheet:
    """Fill the one decision sheet from the proposal as the review of `step` begins; its rater is who took the step.

    The first time everything is copied. Later only what the officer changed since the last review began is taken over
    again, however often it was sent back meanwhile, and marked `is_changed`; every other row keeps level, reason and
    tick, and loses a mark that a verifier has looked at.
    """
    proposal = assessment.sheet_set.get(kind=Kind.PROPOSAL)
    sheet, is_new = ScoreSheet.objects.get_or_create(
        assessment=assessment, kind=Kind.DECISION, defaults={"rater": step.actor}
    )
    if not is_new:
        ScoreSheet.objects.filter(pk=sheet.pk).update(rater=step.actor)
    since = _last_time(step, "kembalikan" if is_new else "tinjau")
    own = {score.indicator_id: score for score in sheet.score_set.all()}
    for proposed in proposal.score_set.all():
        score = own.get(proposed.indicator_id)
        is_changed = since is not None and proposed.changed_at > since
        if score is None:
            Score.objects.create(
                sheet=sheet, indicator_id=proposed.indicator_id, level=proposed.level, is_changed=is_changed
            )
        elif is_changed:
            _take_again(score, proposed.level)
        elif score.is_changed and score.reviewed_at:
            score.is_changed = False
            score.save(update_fields=["is_changed"])
    _copy_checks(proposal, sheet)
    return sheet


def _last_time(step: Step, action: str) -> datetime | None:
    """When `action` was last taken before `step`, None where it never was."""
    earlier = Step.objects.filter(assessment=step.assessment_id, action=action, pk__lt=step.pk)
    return earlier.order_by("-pk").values_list("at", flat=True).first()


def _take_again(score: Score, level: int | None) -> None:
    score.level, score.reason, score.is_changed = level, "", True
    score.reviewed_at = score.reviewed_by = None
    score.save(update_fields=["level", "reason", "is_changed", "reviewed_at", "reviewed_by"])


def _copy_checks(proposal: ScoreSheet, sheet: ScoreSheet) -> None:
    """Test lines of indicators whose row was not touched by a verifier follow the proposal."""
    reviewed = sheet.score_set.filter(reviewed_at__isnull=False).values("indicator")
    sheet.check_answer_set.exclude(check_line__indicator__in=reviewed).delete()
    kept = set(sheet.check_answer_set.values_list("check_line", flat=True))
    CheckAnswer.objects.bulk_create(
        CheckAnswer(sheet=sheet, check_line_id=answer.check_line_id, value=answer.value)
        for answer in proposal.check_answer_set.all()
        if answer.check_line_id not in kept
    )


def under_review(assessment_id: UUID, *, by: User) -> Assessment:
    """The assessment locked for a change of its decision sheet. Call inside a transaction.

    Raises Assessment.DoesNotExist where `by` cannot see it, PermissionDenied where `by` may not review it, and
    NotUnderReview with a sentence where it is in another state, also because somebody was faster.
    """
    assessment = Assessment.objects.visible_to(by).select_for_update(of=("self",)).with_subject().get(pk=assessment_id)
    if not permissions.can_review(by, assessment):
        raise PermissionDenied(_("Hanya verifikator wilayah ini, dan bukan pengusulnya, yang meninjau penilaian."))
    if assessment.state != Assessment.State.IN_REVIEW:
        raise NotUnderReview(assessment)
    return assessment


@transaction.atomic
def judge(
    score: Score,
    *,
    level: int,
    reason: str,
    by: User,
    proposed: int | None,
    note: str = "",
    checks: Mapping[int, int | None] | None = None,
) -> None:
    """Write a verifier's level for one indicator of the decision sheet and tick it as reviewed.

    `proposed` is the officer's level. Raises ReasonMissing where the level differs and `reason` is empty; where it
    agrees the reason is dropped. `note` waits for a return, which sends it to the officer. `checks` are answers by
    primary key of the test line, None for no answer.
    """
    reason = reason.strip()
    differs = level != proposed
    if differs and not reason:
        raise ReasonMissing
    score.level, score.reason, score.note = level, reason if differs else "", note.strip()
    score.reviewed_at, score.reviewed_by = timezone.now(), by
    score.save(update_fields=["level", "reason", "note", "reviewed_at", "reviewed_by"])
    ScoreSheet.objects.filter(pk=score.sheet_id).update(rater=by)
    for line, value in (checks or {}).items():
        if value is None:
            CheckAnswer.objects.filter(sheet=score.sheet, check_line=line).delete()
        else:
            CheckAnswer.objects.update_or_create(sheet=score.sheet, check_line_id=line, defaults={"value": value})


def forget_notes(assessment: Assessment) -> None:
    """Empty the notes of the decision sheet once a return has sent them to the officer as remarks."""
    Score.objects.filter(sheet__assessment=assessment, sheet__kind=Kind.DECISION).exclude(note="").update(note="")


def without_reason(assessment: Assessment) -> list[str]:
    """Codes of indicators whose decided level differs from the proposed one without a reason."""
    rows = Score.objects.filter(
        sheet__assessment=assessment, sheet__kind__in=[Kind.PROPOSAL, Kind.DECISION]
    ).values_list("sheet__kind", "indicator__code", "level", "reason")
    proposed = {code: level for kind, code, level, _reason in rows if kind == Kind.PROPOSAL}
    return [
        code
        for kind, code, level, reason in rows
        if kind == Kind.DECISION and level != proposed.get(code) and not reason.strip()
    ]
