"""The page for what arrived too late: why it was not stored, and what was typed, so that nothing is lost."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from assessment.models import Assessment
from outbox.delivery import wants_json


def answer(request: HttpRequest, pk: UUID, sentence: str, *, names: Iterable[str]) -> HttpResponse:
    """409 with `sentence` and the posted texts of the fields `names`; a script gets the sentence as JSON."""
    if wants_json(request):
        return JsonResponse({"errors": {"__all__": [{"message": sentence, "code": "refused"}]}}, status=409)
    context = {
        "assessment": Assessment.objects.visible_to(request.user).with_subject().get(pk=pk),
        "sentence": sentence,
        "typed": [text for name in names if (text := request.POST.get(name, "").strip())],
    }
    return render(request, "assessment/late.html", context, status=409)
