"""`/…/<uuid>/nonaktifkan/` and `/…/<uuid>/aktifkan/`: taking a record out of use and bringing it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outbox.delivery import form_again, receive
from outbox.forms import ActionForm
from sentra import deactivation, permissions
from sentra.deactivation import Effect, NotPossible, Target
from sentra.forms.deactivation import DeactivationForm
from sentra.models import Certificate

DEACTIVATE = "sentra/deactivate.html"
BRING_BACK = "sentra/bring_back.html"


@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, pk: UUID, model: type[Target]) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _deactivate(request, pk, model))
    record = _found(request, model.objects.all(), pk)
    if not record.is_in_use:
        return redirect(record)
    form = DeactivationForm(record=record, initial={"reason": request.GET.get("alasan", "")})
    return render(request, DEACTIVATE, {"form": form} | _context(record, deactivation.effects_of(record)))


@require_http_methods(["GET", "HEAD", "POST"])
def bring_back(request: HttpRequest, pk: UUID, model: type[Target]) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _bring_back(request, pk, model))
    record = _found(request, model.objects.all(), pk)
    if record.is_in_use:
        return redirect(record)
    return render(request, BRING_BACK, {"form": ActionForm(record=record)} | _return_context(record))


def _found(request: HttpRequest, rows: QuerySet, pk: UUID) -> Target:
    """404 where the record is not seen, 403 with a sentence for who sees it and is no verifier there."""
    rows = rows.visible_to(request.user)
    is_paper = rows.model is Certificate
    record = get_object_or_404(rows.with_subject() if is_paper else rows.select_related("wilayah"), pk=pk)
    if not permissions.can_deactivate(request.user, record):
        raise PermissionDenied(_("Hanya verifikator wilayah ini yang menonaktifkan dan mengaktifkan lagi data."))
    return record


def _locked(request: HttpRequest, pk: UUID, model: type[Target]) -> Target:
    return _found(request, model.objects.select_for_update(of=("self",)), pk)


def _context(record: Target, effects: list[Effect]) -> dict[str, Any]:
    place = record.subject if isinstance(record, Certificate) else record
    return {"record": record, "place": place.wilayah.full_name, "effects": effects} | {
        "is_stopped": any(effect.stops for effect in effects)
    }


def _return_context(record: Target) -> dict[str, Any]:
    context = _context(record, deactivation.obstacles_to_return(record))
    return context | {"loses_anchor": deactivation.loses_anchor(record)}


def _deactivate(request: HttpRequest, pk: UUID, model: type[Target]) -> str | HttpResponse:
    record = _locked(request, pk, model)
    form = DeactivationForm(request.POST, record=record)
    if form.is_valid():
        try:
            deactivation.deactivate(record=record, reason=form.cleaned_data["reason"], by=request.user)
        except NotPossible as refusal:
            form.refuse(str(refusal))
        else:
            messages.success(request, _("%(name)s dinonaktifkan.") % {"name": record})
            return record.get_absolute_url()
    return form_again(request, form, DEACTIVATE, _context(record, deactivation.effects_of(record)))


def _bring_back(request: HttpRequest, pk: UUID, model: type[Target]) -> str | HttpResponse:
    record = _locked(request, pk, model)
    form = ActionForm(request.POST, record=record)
    if form.is_valid():
        try:
            deactivation.bring_back(record=record, by=request.user)
        except NotPossible as refusal:
            form.refuse(str(refusal))
        else:
            messages.success(request, _("%(name)s dipakai lagi.") % {"name": record})
            return record.get_absolute_url()
    return form_again(request, form, BRING_BACK, _return_context(record))
