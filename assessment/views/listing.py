"""The list of assessments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import Role, has_role
from assessment.decisions import with_awards
from assessment.filters import AssessmentFilter
from assessment.models import Assessment
from sentra.views.pages import count_words, list_context


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those the user may open, the latest change first; what waits for whom is said in words."""
    assessments = AssessmentFilter(request.GET, Assessment.objects.visible_to(request.user), user=request.user)
    rows = with_awards(assessments.rows.with_subject().order_by("-state_since", "pk"))
    context = list_context(request, assessments, rows)
    return render(
        request,
        "assessment/list.html",
        context | {"heading": _heading(context), "can_start": has_role(request.user, Role.OFFICER)},
    )


def _heading(context: dict) -> str:
    words = {"count": count_words(context["listing"]), "place": context["place"]}
    if context["place"]:
        return _("%(count)s penilaian di %(place)s") % words
    return _("%(count)s penilaian") % words
