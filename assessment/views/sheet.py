"""The score sheet: the officer's to fill, the verifier's to review, everybody else's to read."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment import decided, permissions, sheets
from assessment.dossier import Dossier, open_dossier
from assessment.forms.section import SectionForm
from assessment.forms.visit import VisitForm
from assessment.models import Assessment
from assessment.views import detail, late, review
from assessment.views.sheet_page import SENDING, editable_context, following, readable_context
from outbox.delivery import UnreadableForm, form_again, receive

PAGE = "assessment/sheet.html"
PARTS = "assessment/sheet/parts.html"
VISIT = "kunjungan"
# The ends of the names of the fields people write in.
WRITTEN = ("-note", "-caption", "-link")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One address for all readers; what it shows follows from the state and from who asks."""
    if request.method == "POST":
        # Whose form it is says the form; whether it may be sent is asked of the locked row.
        return receive(request, partial(review.save if review.is_sent_by(request) else _save, request, pk))
    try:
        assessment = permissions.get_visible(Assessment.objects.with_subject(), pk, by=request.user)
    except Assessment.DoesNotExist as error:
        raise Http404 from error
    if permissions.can_review(request.user, assessment) and assessment.state == Assessment.State.IN_REVIEW:
        return review.review(request, assessment)
    dossier = open_dossier(assessment)
    if not permissions.can_edit(request.user, assessment):
        return _readable(request, dossier)
    # A script asks for the parts that follow from what it has just sent.
    template = PARTS if "bagian" in request.GET else PAGE
    return render(request, template, editable_context(dossier, opened=request.GET.get("k", "")))


def _readable(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    try:
        return render(request, "assessment/sheet_read.html", readable_context(dossier, user=request.user))
    except decided.Unreadable as error:
        return detail.unreadable(request, dossier.assessment, error)


def _save(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    try:
        assessment = sheets.editable(pk, by=request.user)
    except Assessment.DoesNotExist as error:
        raise Http404 from error
    except sheets.NotEditable as refusal:
        return late.answer(request, pk, str(refusal), names=(name for name in request.POST if name.endswith(WRITTEN)))
    if request.POST.get("section") == VISIT:
        return _save_visit(request, assessment)
    return _save_section(request, open_dossier(assessment))


def _save_section(request: HttpRequest, dossier: Dossier) -> str | HttpResponse:
    criterion = next((rule for rule in dossier.rules.criteria if rule.code == request.POST.get("section")), None)
    if criterion is None:
        raise UnreadableForm(_("Bagian formulir ini tidak dikenali. Buka lagi lembarnya, lalu isi lagi."))
    form = SectionForm(dossier, criterion, request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, dossier.assessment.pk, form=form)
    sheets.save_entries(dossier.assessment, form.entries(), by=request.user, scores=dossier.proposal.scores)
    return _address(dossier.assessment, following(dossier, criterion.code))


def _save_visit(request: HttpRequest, assessment: Assessment) -> str | HttpResponse:
    form = VisitForm(request.POST, instance=assessment, auto_id="kunjungan-%s")
    if not form.is_valid():
        return _again(request, assessment.pk, visit=form)
    sheets.record_visit(assessment, by=request.user, visited_on=form.cleaned_data["visited_on"])
    return _address(assessment, SENDING)


def _again(request: HttpRequest, pk: UUID, **sent: Any) -> HttpResponse:
    dossier = open_dossier(Assessment.objects.with_subject().get(pk=pk))
    context = editable_context(dossier, opened=SENDING if "visit" in sent else "", **sent)
    return form_again(request, context["form"], PAGE, context)


def _address(assessment: Assessment, part: str) -> str:
    """The sheet with `part` open and in view."""
    return f"{reverse('assessment:sheet', args=[assessment.pk])}?k={part}#{part.lower()}"
