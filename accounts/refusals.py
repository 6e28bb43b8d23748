"""How a refusal is told to a script, which reads sentences and codes instead of a page."""

from django.http import HttpRequest, JsonResponse


def wants_json(request: HttpRequest) -> bool:
    """Whether a script sent the form and reads the answer from the body."""
    return request.headers.get("Accept", "").startswith("application/json")


def refused_json(sentence: str, *, code: str, status: int) -> JsonResponse:
    """The error of the whole form, as every form of ours tells its errors to a script."""
    return JsonResponse({"errors": {"__all__": [{"message": sentence, "code": code}]}}, status=status)
