"""The page of the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ovop_site.search.results import search

LONGEST = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    results = search(request.GET.get("q", "")[:LONGEST], request.user)
    return render(request, "search/results.html", {"results": results, "longest": LONGEST})
