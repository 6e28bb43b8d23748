"""`/penilaian/<uuid>/`: what is going on with an open assessment, or the decision about a closed one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment import decided
from assessment.dossier import steps_of
from assessment.forms.step import StepForm
from assessment.models import Assessment
from assessment.presentation.steps import step_lines
from assessment.views.decision import decision_context
from assessment.views.overview import overview_context
from outbox.delivery import form_again


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user).with_subject(), pk=pk)
    return show(request, assessment)


def unreadable(request: HttpRequest, assessment: Assessment, error: decided.Unreadable) -> HttpResponse:
    """In place of a page made of a decision whose text somebody changed."""
    context = {"assessment": assessment, "sentence": str(error), "steps": step_lines(steps_of(assessment))}
    return render(request, "assessment/unreadable.html", context)


def show(request: HttpRequest, assessment: Assessment, *, refused: StepForm | None = None) -> HttpResponse:
    """The page of `assessment`; with `refused`, the form of a step that could not be taken, what was typed stays."""
    if assessment.state in Assessment.CLOSED_BY_DECISION:
        try:
            template, context = "assessment/decision.html", decision_context(request.user, assessment, refused)
        except decided.Unreadable as error:
            return unreadable(request, assessment, error)
    else:
        template, context = "assessment/overview.html", overview_context(request.user, assessment, refused)
    if refused is None:
        return render(request, template, context)
    is_shown = any(offer.form is refused for offer in context["offers"])
    typed = [] if is_shown else list(filter(None, [refused.cleaned_data.get("note")]))
    return form_again(request, refused, template, context | {"refused": refused, "typed": typed})
