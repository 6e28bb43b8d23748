"""`/penilaian/<uuid>/langkah/<action>/`: one step of an assessment."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import fresh
from accounts.models import User
from assessment import decisions, workflow
from assessment.dossier import open_dossier
from assessment.forms.step import StepForm
from assessment.models import Assessment
from assessment.views import detail, returning
from assessment.views.offers import CLOSING, note_drafts, seen_of, step_form
from assessment.workflow import TRANSITIONS, Transition, TransitionNotAllowed
from outbox.delivery import receive

State = Assessment.State


@require_POST
def advance(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Take the step once. 404 for an unknown one or unseen assessment, 403 who may not, 409 where it is too late.

    What decides is asked for again with the password where the sign-in is not fresh.
    """
    transition = TRANSITIONS.get(action)
    if transition is None:
        raise Http404
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user), pk=pk)
    if transition.decides and transition.predicate(request.user, assessment) and (question := fresh.ask(request)):
        return question
    return receive(request, partial(_take, request, pk, transition))


def _take(request: HttpRequest, pk: UUID, transition: Transition) -> str | HttpResponse:
    assessment = Assessment.objects.select_for_update(of=("self",)).with_subject().get(pk=pk)
    form = _form(request, assessment, transition)
    try:
        workflow.require(transition, assessment, by=request.user)
        if form.is_valid():
            note, remarks = form.cleaned_data["note"], form.remarks
            workflow.advance(assessment, transition.action, by=request.user, note=note, remarks=remarks)
            messages.success(request, _done(transition.action, assessment))
            return assessment.get_absolute_url()
    except TransitionNotAllowed as refusal:
        form.refuse(str(refusal))
    if transition.action == "kembalikan":
        return returning.show(request, assessment, form)
    return detail.show(request, assessment, refused=form)


def _form(request: HttpRequest, assessment: Assessment, transition: Transition) -> StepForm:
    """The posted form, over the state of things as it is now."""
    if transition.action == "kembalikan":
        drafts = note_drafts(open_dossier(assessment))
        return step_form(transition, assessment, request.POST, by=request.user, drafts=drafts)
    seen = _seen_now(assessment, transition, request.user)
    return step_form(transition, assessment, request.POST, by=request.user, seen=seen)


def _seen_now(assessment: Assessment, transition: Transition, user: User) -> str:
    if transition.action not in CLOSING or assessment.state != State.IN_REVIEW:
        return ""
    return seen_of(decisions.preview(assessment, by=user))


def _done(action: str, assessment: Assessment) -> str:
    """What happened and what comes next, in a sentence."""
    return {
        "kirim": _("Penilaian dikirim ke dinas. Berikutnya %(desk)s meninjaunya."),
        "tarik": _("Penilaian ditarik. Produk ini dapat dinilai lagi kapan saja."),
        "tinjau": _("Anda mulai meninjau. Periksa tiap indikator di samping buktinya."),
        "kembalikan": _("Penilaian dikembalikan. Petugas melihat catatan Anda di tiap indikator."),
        "putuskan": _("Penilaian diputuskan. Hasilnya berlaku mulai hari ini."),
        "gugurkan": _("Produk digugurkan. Alasannya tercatat dan dapat dibaca petugas."),
        "cabut": _("Keputusan dicabut. Nilai produk ini tidak berlaku lagi."),
    }[action] % {"desk": assessment.desk}
