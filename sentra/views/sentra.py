"""Pages of the sentra: list, detail, add, edit."""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from outbox.delivery import form_again, receive
from sentra import catalogue, duplicates, notes, overview, permissions
from sentra.figures import counted_years
from sentra.forms.sentra import SeenForm, SentraForm
from sentra.forms.twins import TwinsForm
from sentra.lists.sentra import SENTRA_LIST
from sentra.models import Sentra
from sentra.models.sentra import SentraQuerySet
from sentra.views.lists import list_context
from sentra.views.pages import editable, sendable
from sentra.views.stored import tell_stored
from sentra.views.twins import ask_about

FORM = "sentra/sentra/form.html"
PAGE = "sentra/sentra/detail.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "sentra/sentra/list.html", list_context(request, SENTRA_LIST))


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    sentra = _shown(request.user, pk)
    return render(request, PAGE, _context(request.user, sentra, SeenForm(record=sentra)))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not permissions.can_add(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return receive(request, lambda: _store(request, Sentra()))
    return render(request, FORM, {"form": SentraForm(instance=Sentra(), user=request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _store(request, sendable(request, Sentra.objects.select_for_update(), pk)))
    sentra = editable(request, Sentra.objects.all(), pk)
    return render(request, FORM, {"form": SentraForm(instance=sentra, user=request.user)})


@require_POST
def seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    return receive(request, lambda: _mark_seen(request, pk))


def _shown(user: User, pk: UUID) -> Sentra:
    return get_object_or_404(_rows(timezone.localdate()).visible_to(user), pk=pk)


@lru_cache(maxsize=1)
def _rows(today: date) -> SentraQuerySet:
    """The sentra with all that its page shows of the row itself; written once a day, which takes longer than to ask."""
    rows = Sentra.objects.with_units().with_decree(today).annotate(latest_notes=notes.latest_notes("sentra"))
    return duplicates.with_pair_mark(rows).select_related("wilayah", "branch", "created_by")


def _context(user: User, sentra: Sentra, seen_form: SeenForm) -> dict[str, Any]:
    """What the page of a sentra shows; `sentra` as `_shown` found it."""
    recognition = catalogue.recognition_of(sentra)
    return {
        "sentra": sentra,
        "may_be_double": duplicates.may_be_double(sentra, user),
        "recognition": recognition,
        "recognition_sentence": overview.recognition_sentence(recognition),
        "units_sentence": overview.units_sentence(recognition.units),
        "units_source": overview.units_source(recognition.units),
        "unit_boxes": overview.unit_boxes(recognition.units),
        "members": overview.members_of(sentra, user),
        "papers": overview.papers_of(sentra, user),
        "photos": overview.photos_of(sentra),
        "notes": notes.latest_of(sentra),
        "figures": overview.figures_context(counted_years(sentra)),
        "seen_form": seen_form,
        "is_seen_today": sentra.checked_on == catalogue.today_in(sentra),
        "can_edit": permissions.can_edit(user, sentra),
        "can_deactivate": permissions.can_deactivate(user, sentra),
        "can_add": permissions.can_put_into(user, sentra),
    }


def _mark_seen(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    sentra = sendable(request, Sentra.objects.select_for_update(), pk)
    form = SeenForm(request.POST, record=sentra)
    if not form.is_valid():
        return form_again(request, form, PAGE, _context(request.user, _shown(request.user, pk), form))
    catalogue.mark_seen(sentra=sentra, state=form.cleaned_data["state"])
    messages.success(request, _("%(name)s tercatat diperiksa hari ini.") % {"name": sentra.name})
    return sentra.get_absolute_url()


def _store(request: HttpRequest, sentra: Sentra) -> str | HttpResponse:
    form = SentraForm(request.POST, instance=sentra, user=request.user)
    if not form.is_valid():
        return form_again(request, form, FORM)
    twins = TwinsForm(form, user=request.user)
    if not twins.is_settled:
        return ask_about(request, twins, form, FORM)
    saved = catalogue.save_sentra(sentra=form.instance, by=request.user)
    twins.keep_answers(saved)
    tell_stored(request, form, _("Sentra %(name)s tersimpan.") % {"name": saved.name})
    return saved.get_absolute_url()
