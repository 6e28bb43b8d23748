"""`/wilayah/cari/`: the type-ahead's answers, and the same as a page."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from wilayah import codes, hits
from wilayah.forms import LONGEST_TEXT
from wilayah.models import Edition, Wilayah
from wilayah.search import Found
from wilayah.search import search as find

AreasOf = Callable[[Any], Iterable[str]]


class SearchForm(forms.Form):
    """`q` what is looked for, `tingkat` the levels (all if none), `dalam` codes of areas to stay inside."""

    q = forms.CharField(
        label=_("Nama wilayah"),
        max_length=LONGEST_TEXT,
        required=False,
        error_messages={"max_length": _("Ketik paling banyak %(limit_value)d huruf.")},
    )
    tingkat = forms.TypedMultipleChoiceField(
        choices=Wilayah.Level.choices,
        coerce=int,
        empty_value=Wilayah.Level.values,
        required=False,
        error_messages={"invalid_choice": _("Tingkat wilayah ada empat: 1 sampai 4.")},
    )
    dalam = forms.CharField(required=False)

    def clean_dalam(self) -> tuple[str, ...]:
        typed = self.cleaned_data["dalam"]
        if not typed:
            return (codes.NATIONAL,)
        areas = typed.split(",")
        if not all(map(codes.is_code, areas)):
            raise forms.ValidationError(_("Batas pencarian bukan kode wilayah."), code="bad_area")
        return codes.outermost(areas)


@require_safe
@vary_on_headers("Accept")
def search(request: HttpRequest, *, areas_of: AreasOf) -> HttpResponse:
    """Areas for `q`, those inside `areas_of(user)` first.

    `areas_of` is handed in by the root urls: this room stands below the one that knows duties.
    """
    form = SearchForm(request.GET)
    found, message = _answer(form, areas_of(request.user))
    listed = hits.of(found, form.cleaned_data.get("q", ""))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"message": message, "hits": [vars(hit) for hit in listed]})
    context = {"form": form, "hits": listed, "message": message, "edition": Edition.objects.first()}
    return render(request, "wilayah/search.html", context)


def _answer(form: SearchForm, preferred: Iterable[str]) -> tuple[Found, str]:
    if not form.is_valid():
        return Found(), " ".join(error for errors in form.errors.values() for error in errors)
    text, within = form.cleaned_data["q"], form.cleaned_data["dalam"]
    found = find(text, areas=preferred, within=within, levels=form.cleaned_data["tingkat"])
    return found, hits.message(found, text, is_limited=codes.NATIONAL not in within)
