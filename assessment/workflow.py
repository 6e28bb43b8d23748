"""The steps of an assessment: one table, and one function that takes a step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import Role, acts_inside, describe_duty
from assessment import decisions, permissions, review
from assessment.dossier import open_dossier
from assessment.models import Assessment, Indicator, Remark, Step
from assessment.readiness import readiness_of
from assessment.scoring import Result

State = Assessment.State


class UnknownAction(LookupError):
    """The table of steps has no such action."""


class TransitionNotAllowed(Exception):
    """The step is not possible now; `str()` is a sentence for the person."""


@dataclass(frozen=True)
class Transition:
    """One step: its name in addresses, its button, where it may begin, where it leads, who may, in which roles.

    `reason` says whether a text is asked for: "no", "optional", "required", or "of_others", compulsory for all but the
    officer who began the assessment. `decides` marks what the dinas answers for, which asks for a fresh sign-in.
    `check` raises TransitionNotAllowed before anything is written, `effect` writes what follows from the step.
    """

    action: str
    label: str
    done: str
    sources: frozenset[str]
    target: str
    predicate: Callable[[User, Assessment], bool]
    roles: tuple[str, ...]
    reason: str = "no"
    decides: bool = False
    check: Callable[["StepRequest"], None] | None = None
    effect: Callable[["StepRequest", Step], None] | None = None

    def needs_reason(self, user: User, assessment: Assessment) -> bool:
        """Whether `user` must say why."""
        if self.reason == "of_others":
            return not permissions.is_proposer(user, assessment)
        return self.reason == "required"


@dataclass(frozen=True)
class StepRequest:
    """What a person asks for: the locked row, who, why, and remarks by indicator code."""

    assessment: Assessment
    by: User
    note: str
    remarks: Mapping[str, str]
    at: datetime | None


@transaction.atomic
def advance(
    assessment: Assessment,
    action: str,
    *,
    by: User,
    note: str = "",
    remarks: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Step:
    """Move `assessment` along `action` and record the step; `assessment` carries the new state afterwards.

    `at` is when it happened, for the demo and tests; without it the database's clock.

    Order of effects: lock the row, permission, state, checks, state written, step appended, then what follows from it
    (copying the sheet, remarks, decision, product columns), all in one transaction. Raises UnknownAction,
    PermissionDenied if `by` may not, and TransitionNotAllowed with a sentence if the row has left the source states
    (also when someone else was faster) or something is missing.
    """
    transition = TRANSITIONS.get(action)
    if transition is None:
        raise UnknownAction(action)
    locked = Assessment.objects.select_for_update(of=("self",)).with_subject().get(pk=assessment.pk)
    require(transition, locked, by=by)
    request = StepRequest(locked, by, note.strip(), _filled(remarks), at)
    if not request.note and transition.needs_reason(by, locked):
        raise TransitionNotAllowed(_("Tulis alasannya, lalu kirim lagi."))
    if transition.check:
        transition.check(request)
    step = _record(transition, request)
    if transition.effect:
        transition.effect(request, step)
    assessment.refresh_from_db()
    return step


def require(transition: Transition, assessment: Assessment, *, by: User) -> None:
    """Pass where `by` may take the step from the present state; what else the step needs is not looked at.

    Raises PermissionDenied, then TransitionNotAllowed, each with a sentence.
    """
    if not transition.predicate(by, assessment):
        raise PermissionDenied(_not_yours(transition, by, assessment))
    if assessment.state not in transition.sources:
        raise TransitionNotAllowed(_too_late(assessment))


def available(user: User, assessment: Assessment) -> list[Transition]:
    """The steps `user` may take now, in the order of the table; what buttons are made of."""
    return [
        transition
        for transition in TRANSITIONS.values()
        if assessment.state in transition.sources and transition.predicate(user, assessment)
    ]


def _record(transition: Transition, request: StepRequest) -> Step:
    assessment = request.assessment
    before = assessment.state
    step = Step.objects.create(
        assessment=assessment,
        action=transition.action,
        actor=request.by,
        acted_as=describe_duty(request.by, assessment.wilayah_id, *transition.roles),
        from_state=before,
        to_state=transition.target,
        note=request.note,
        **({"at": request.at} if request.at else {}),
    )
    step.refresh_from_db(fields=["at"])
    changes = {"state": transition.target, "state_since": step.at}
    if transition.target == State.SUBMITTED and assessment.submitted_at is None:
        changes["submitted_at"] = step.at
    moved = Assessment.objects.filter(pk=assessment.pk, state=before).update(**changes)
    if not moved:
        raise TransitionNotAllowed(_too_late(assessment))
    for name, value in changes.items():
        setattr(assessment, name, value)
    return step


def _not_yours(transition: Transition, by: User, assessment: Assessment) -> str:
    """Why `by` may not take the step; four eyes are named, because nothing else about the person's duty is wrong."""
    is_verifier = acts_inside(by, assessment.wilayah_id, Role.VERIFIER)
    if transition.roles == (Role.VERIFIER,) and is_verifier and assessment.officer_id == by.pk:
        return _("Anda yang mengusulkan penilaian ini, jadi verifikator lain yang meninjau dan memutuskannya.")
    if transition.action == "cabut" and permissions.can_decide(by, assessment):
        return _("Anda yang memutuskan penilaian ini, jadi hanya verifikator lain yang dapat mencabutnya.")
    if transition.action == "tarik" and assessment.is_editable:
        return _("Selama petugasnya masih bertugas di wilayah ini, hanya ia yang menarik penilaian ini.")
    return _("Langkah ini bukan bagian Anda.")


def _too_late(assessment: Assessment) -> str:
    return _("Langkah ini tidak mungkin sekarang: penilaian sudah berstatus “%(state)s”. Buka lagi halamannya.") % {
        "state": assessment.get_state_display()
    }


def _filled(remarks: Mapping[str, str] | None) -> dict[str, str]:
    return {code: text.strip() for code, text in (remarks or {}).items() if text.strip()}


def _check_ready(request: StepRequest) -> None:
    readiness = readiness_of(open_dossier(request.assessment))
    if not readiness.may_be_sent:
        raise TransitionNotAllowed(_("Belum bisa dikirim: %(what)s.") % {"what": readiness.sentence})


def _hand_in_proposal(request: StepRequest, step: Step) -> None:
    request.assessment.sheet_set.filter(kind="proposal").update(handed_in_at=step.at)


def _check_remarks(request: StepRequest) -> None:
    if not (request.remarks or request.note):
        raise TransitionNotAllowed(
            _("Tulis paling sedikit satu catatan, supaya petugas tahu apa yang harus dibetulkan.")
        )
    known = set(_indicators(request))
    unknown = sorted(set(request.remarks) - known)
    if unknown:
        raise TransitionNotAllowed(_("Indikator %(code)s tidak ada pada penilaian ini.") % {"code": unknown[0]})


def _write_remarks(request: StepRequest, step: Step) -> None:
    indicators = _indicators(request)
    Remark.objects.bulk_create(
        Remark(step=step, indicator=indicators[code], text=text) for code, text in sorted(request.remarks.items())
    )
    review.forget_notes(request.assessment)


def _indicators(request: StepRequest) -> dict[str, Indicator]:
    scored = Indicator.objects.filter(criterion__instrument=request.assessment.instrument_id)
    return {indicator.code: indicator for indicator in scored}


def _take_over(request: StepRequest, step: Step) -> None:
    review.take_over_proposal(request.assessment, step=step)


def _check_decidable(request: StepRequest) -> None:
    if _result_of_whole_sheet(request).eliminations:
        raise TransitionNotAllowed(
            _("Produk ini gugur menurut lembar putusan. Pilih “Gugurkan”, atau ubah levelnya dengan alasan.")
        )


def _check_eliminated(request: StepRequest) -> None:
    if not _result_of_whole_sheet(request).eliminations:
        raise TransitionNotAllowed(
            _("Tidak ada syarat yang menggugurkan. Kembalikan kepada petugas, atau putuskan dengan nilainya.")
        )


def _result_of_whole_sheet(request: StepRequest) -> Result:
    """What the decision sheet gives if it is closed now; TransitionNotAllowed while something is missing on it."""
    lacking = review.without_reason(request.assessment)
    if lacking:
        count = len(lacking)
        raise TransitionNotAllowed(
            ngettext(
                "Indikator %(codes)s berbeda dari usulan tanpa alasan. Tulis alasannya dahulu.",
                "%(count)d indikator berbeda dari usulan tanpa alasan (%(codes)s). Tulis alasannya dahulu.",
                count,
            )
            % {"count": count, "codes": ", ".join(lacking)}
        )
    result = decisions.preview(request.assessment, by=request.by)
    if not result.complete:
        raise TransitionNotAllowed(_("Lembar putusan belum lengkap. Nilai dahulu semua indikator dan butir uji."))
    return result


def _decide(request: StepRequest, step: Step) -> None:
    decisions.award(request.assessment, by=request.by, at=step.at)


def _eliminate(request: StepRequest, step: Step) -> None:
    decisions.eliminate(request.assessment, by=request.by, at=step.at, reason=request.note)


def _revoke(request: StepRequest, step: Step) -> None:
    decisions.revoke(request.assessment, by=request.by, at=step.at, reason=request.note)


TRANSITIONS: dict[str, Transition] = {
    transition.action: transition
    for transition in (
        Transition(
            action="kirim",
            label=gettext_lazy("Kirim ke dinas"),
            done=gettext_lazy("Dikirim ke dinas"),
            sources=frozenset({State.DRAFT, State.RETURNED}),
            target=State.SUBMITTED,
            predicate=permissions.is_proposer,
            roles=(Role.OFFICER,),
            check=_check_ready,
            effect=_hand_in_proposal,
        ),
        Transition(
            action="tarik",
            label=gettext_lazy("Tarik penilaian"),
            done=gettext_lazy("Ditarik"),
            sources=frozenset({State.DRAFT, State.RETURNED}),
            target=State.WITHDRAWN,
            predicate=permissions.can_withdraw,
            roles=(Role.OFFICER, Role.VERIFIER),
            reason="of_others",
        ),
        Transition(
            action="tinjau",
            label=gettext_lazy("Mulai meninjau"),
            done=gettext_lazy("Mulai ditinjau"),
            sources=frozenset({State.SUBMITTED}),
            target=State.IN_REVIEW,
            predicate=permissions.can_review,
            roles=(Role.VERIFIER,),
            effect=_take_over,
        ),
        Transition(
            action="kembalikan",
            label=gettext_lazy("Kembalikan"),
            done=gettext_lazy("Dikembalikan"),
            sources=frozenset({State.SUBMITTED, State.IN_REVIEW}),
            target=State.RETURNED,
            predicate=permissions.can_review,
            roles=(Role.VERIFIER,),
            reason="optional",
            check=_check_remarks,
            effect=_write_remarks,
        ),
        Transition(
            action="putuskan",
            label=gettext_lazy("Putuskan"),
            done=gettext_lazy("Diputuskan"),
            sources=frozenset({State.IN_REVIEW}),
            target=State.DECIDED,
            predicate=permissions.can_decide,
            roles=(Role.VERIFIER,),
            decides=True,
            check=_check_decidable,
            effect=_decide,
        ),
        Transition(
            action="gugurkan",
            label=gettext_lazy("Gugurkan"),
            done=gettext_lazy("Digugurkan"),
            sources=frozenset({State.IN_REVIEW}),
            target=State.ELIMINATED,
            predicate=permissions.can_decide,
            roles=(Role.VERIFIER,),
            reason="required",
            decides=True,
            check=_check_eliminated,
            effect=_eliminate,
        ),
        Transition(
            action="cabut",
            label=gettext_lazy("Cabut keputusan"),
            done=gettext_lazy("Dicabut"),
            sources=frozenset({State.DECIDED}),
            target=State.REVOKED,
            predicate=permissions.can_revoke,
            roles=(Role.VERIFIER,),
            reason="required",
            decides=True,
            effect=_revoke,
        ),
    )
}
