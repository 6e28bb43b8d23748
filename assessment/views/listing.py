"""The list of assessments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Role, has_role
from assessment import permissions
from assessment.decisions import with_awards
from assessment.filters import AssessmentFilter
from assessment.models import Assessment
from sentra.views.pages import list_context


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those the user may open, the latest change first; what waits for whom is said in words."""
    assessments = AssessmentFilter(request.GET, Assessment.objects.visible_to(request.user), user=request.user)
    rows = with_awards(assessments.rows.with_subject().order_by("-state_since", "pk"))
    context = list_context(request, assessments, rows, noun=_("penilaian"))
    for row in context["listing"].page:
        row.address = _address(row, request.user)
    return render(request, "assessment/list.html", context | {"can_add": has_role(request.user, Role.OFFICER)})


def _address(assessment: Assessment, user: User) -> str:
    """The own sheet where there is something to fill in, else the page of the assessment."""
    if permissions.can_edit(user, assessment):
        return reverse("assessment:sheet", args=[assessment.pk])
    return assessment.get_absolute_url()
