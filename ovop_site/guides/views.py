"""The pages of the guides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ovop_site.guides.guide import TITLES, guide


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    if name not in TITLES:
        raise Http404
    return render(request, "guides/guide.html", {"guide": guide(name), "guides": TITLES})
