"""The page on which the yearly figures of a sentra or an IKM are entered, several years in one table."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outbox.delivery import form_again, receive
from sentra import figures
from sentra.figures import Subject
from sentra.forms.figures import FiguresForm, OtherYearForm
from sentra.models import YearlyFigures
from sentra.plausibility import hints
from sentra.views.pages import editable

PAGE = "sentra/figures.html"


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID, model: type[Subject]) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _store(request, pk, model))
    subject = editable(request, model.objects.select_related("wilayah"), pk)
    other = OtherYearForm(request.GET if "tahun" in request.GET else None)
    asked = other.cleaned_data["tahun"] if other.is_bound and other.is_valid() else None
    form = FiguresForm(subject=subject, asked=asked)
    return render(request, PAGE, {"form": form, "other": other} | _context(subject, form))


def _context(subject: Subject, form: FiguresForm) -> dict[str, Any]:
    stored = [column.instance for column in form.columns if not column.is_new]
    return {"subject": subject, "hints": hints(stored)}


def _store(request: HttpRequest, pk: UUID, model: type[Subject]) -> str | HttpResponse:
    rows = model.objects.select_related("wilayah").select_for_update(of=("self",))
    subject = editable(request, rows, pk)
    form = FiguresForm(request.POST, subject=subject)
    if not form.is_valid():
        return form_again(request, form, PAGE, {"other": OtherYearForm()} | _context(subject, form))
    changed, cleared = form.changed, form.cleared
    figures.save_figures(changed=changed, cleared=cleared, by=request.user)
    messages.success(request, _said(changed, cleared))
    return f"{subject.get_absolute_url()}#angka"


def _said(changed: list[YearlyFigures], cleared: list[YearlyFigures]) -> str:
    """What was done, year by year."""
    sentences = []
    if changed:
        sentences.append(_("Angka tahunan tersimpan: %(years)s.") % {"years": _years(changed)})
    if cleared:
        sentences.append(_("Angka tahunan dihapus karena dikosongkan: %(years)s.") % {"years": _years(cleared)})
    return " ".join(sentences) or _("Tidak ada angka yang berubah.")


def _years(rows: list[YearlyFigures]) -> str:
    return ", ".join(str(row.year) for row in rows)
