"""The list of assessments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Role, has_role
from assessment.lists import ASSESSMENT_LIST
from sentra.views.lists import list_context


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those the user may open, the latest change first; what waits for whom is said in words."""
    context = list_context(request, ASSESSMENT_LIST)
    return render(request, "assessment/list.html", context | {"can_add": has_role(request.user, Role.OFFICER)})
