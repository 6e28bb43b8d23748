"""`/penilaian/<uuid>/kembalikan/`: the form with which an assessment is sent back, one remark per indicator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assessment import workflow
from assessment.dossier import open_dossier
from assessment.forms.step import ReturnForm
from assessment.models import Assessment
from assessment.views.offers import note_drafts, step_form
from outbox.delivery import form_again

PAGE = "assessment/send_back.html"
RETURN = workflow.TRANSITIONS["kembalikan"]


@require_safe
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """403 for who may not; where it is too late, back to the assessment with the sentence."""
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user).with_subject(), pk=pk)
    try:
        workflow.require(RETURN, assessment, by=request.user)
    except workflow.TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(assessment)
    return show(request, assessment)


def show(request: HttpRequest, assessment: Assessment, refused: ReturnForm | None = None) -> HttpResponse:
    """The form, one entry per indicator; `?i=` opens one of them. With `refused` what was typed stands in it."""
    dossier = open_dossier(assessment)
    form = refused or step_form(RETURN, assessment, by=request.user, drafts=note_drafts(dossier))
    entries, sheet = form.entries, dossier.decision or dossier.proposal
    groups = [
        {
            "criterion": criterion,
            "rows": [
                {
                    "rule": rule,
                    "entry": entries[rule.code],
                    "proposed": dossier.proposal.scores[rule.code].level,
                    "own": sheet.scores[rule.code].level,
                    "is_open": bool(entries[rule.code].text) or rule.code == request.GET.get("i"),
                }
                for rule in criterion.applying(assessment.scope_id)
            ],
        }
        for criterion in dossier.rules.criteria
    ]
    context = {"assessment": assessment, "form": form, "groups": groups, "wanted": request.GET.get("i", "")}
    if refused:
        return form_again(request, refused, PAGE, context)
    return render(request, PAGE, context)
