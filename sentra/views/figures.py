"""The page on which the yearly figures of a sentra or an IKM are entered, several years in one table."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outbox.delivery import form_again, receive
from sentra import figures
from sentra.figures import Subject
from sentra.forms.figures import FiguresForm, OtherYearForm
from sentra.forms.hints import CheckHintsForm
from sentra.models import YearlyFigures
from sentra.plausibility import Hint, told
from sentra.views.pages import editable, sendable

PAGE, CHECK = "sentra/figures.html", "sentra/check_hints.html"


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID, model: type[Subject]) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _store(request, pk, model))
    subject = editable(request, model.objects.select_related("wilayah"), pk)
    other = OtherYearForm(request.GET if "tahun" in request.GET else None)
    asked = other.cleaned_data["tahun"] if other.is_bound and other.is_valid() else None
    form = FiguresForm(subject=subject, asked=asked)
    return render(request, PAGE, {"form": form, "other": other} | _context(subject, form))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID, model: type[Subject]) -> HttpResponse:
    """The hints about the figures: those that speak, to be ticked as checked, and those that were, by whom and why."""
    if request.method == "POST":
        return receive(request, lambda: _check(request, pk, model))
    subject = editable(request, model.objects.select_related("wilayah"), pk)
    rows = list(YearlyFigures.objects.about(subject).newest_first().select_related("hints_checked_by"))
    form = CheckHintsForm(subject=subject, hints=told(rows).speaking)
    return render(request, CHECK, {"form": form, "subject": subject, "checked": _checked(rows)})


def _check(request: HttpRequest, pk: UUID, model: type[Subject]) -> str | HttpResponse:
    subject = sendable(request, model.objects.select_related("wilayah").select_for_update(of=("self",)), pk)
    locked = YearlyFigures.objects.about(subject).newest_first().select_for_update(of=("self",))
    rows = list(locked.select_related("hints_checked_by"))
    form = CheckHintsForm(request.POST, subject=subject, hints=told(rows).speaking)
    if not form.is_valid():
        return form_again(request, form, CHECK, {"subject": subject, "checked": _checked(rows)})
    by_year = form.by_year()
    for row in rows:
        if row.year in by_year:
            figures.check_hints(
                row=row, sentences=by_year[row.year], reason=form.cleaned_data["reason"], by=request.user
            )
    messages.success(request, _("Tersimpan: angkanya sudah diperiksa. Petunjuk ini diam sampai angkanya berubah."))
    return f"{subject.get_absolute_url()}#angka"


def _checked(rows: list[YearlyFigures]) -> list[tuple[YearlyFigures, list[Hint]]]:
    """The years with hints that were checked and would speak otherwise."""
    quiet = told(rows).checked
    by_row = [(row, [hint for hint in quiet if hint.year == row.year]) for row in rows]
    return [(row, found) for row, found in by_row if found]


def _context(subject: Subject, form: FiguresForm) -> dict[str, Any]:
    stored = [column.instance for column in form.columns if not column.is_new]
    return {"subject": subject, "hints": told(stored), "check_address": _check_address(subject)}


def _check_address(subject: Subject) -> str:
    return reverse(f"{subject._meta.model_name}:check_hints", args=[subject.pk])


def _store(request: HttpRequest, pk: UUID, model: type[Subject]) -> str | HttpResponse:
    rows = model.objects.select_related("wilayah").select_for_update(of=("self",))
    subject = sendable(request, rows, pk)
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
