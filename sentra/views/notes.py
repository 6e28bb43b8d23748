"""Pages of the journal: the notes about a record, a new one, a change, withdrawing and bringing back."""

from operator import methodcaller
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outbox.delivery import form_again, receive
from outbox.forms import ActionForm
from sentra import notes, permissions
from sentra.forms.notes import NoteForm, WithdrawForm
from sentra.listing.orders import Order, Sorting
from sentra.listing.paging import Rows, list_page
from sentra.models import Note
from sentra.permissions import Record
from sentra.views.pages import editable, sendable
from sentra.views.stored import tell_stored

LIST, FORM, WITHDRAW = "sentra/notes/list.html", "sentra/notes/form.html", "sentra/notes/withdraw.html"
NEWEST_FIRST = Sorting(
    Order("tanggal", gettext_lazy("Paling lama"), gettext_lazy("Paling baru"), (F("day"), F("created_at"))),
    is_down=True,
)


@require_safe
def index(request: HttpRequest, pk: UUID, model: type[Record]) -> HttpResponse:
    subject = get_object_or_404(model.objects.visible_to(request.user).select_related("wilayah"), pk=pk)
    rows = Note.objects.visible_to(request.user).about(subject)
    drawn = Rows(rows, drawn=methodcaller("select_related", "created_by", "withdrawn_by"))
    listing = list_page(drawn, NEWEST_FIRST, request.GET)
    can_edit = permissions.can_edit(request.user, subject)
    for note in listing.page:
        setattr(note, model._meta.model_name, subject)
        note.is_mine = can_edit and note.created_by_id == request.user.pk
        note.may_withdraw = not note.withdrawn_at and permissions.can_withdraw_note(request.user, note)
        may_bring_back = note.withdrawn_at and permissions.can_bring_back_note(request.user, note)
        note.form = ActionForm(record=note, auto_id=False) if may_bring_back else None
    address = reverse(f"{model._meta.model_name}:note_create", args=[pk])
    return render(
        request, LIST, {"subject": subject, "listing": listing, "can_edit": can_edit, "create_address": address}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: UUID, model: type[Record]) -> HttpResponse:
    named = sendable if request.method == "POST" else editable
    subject = named(request, model.objects.select_related("wilayah"), pk)
    note = Note(**{subject._meta.model_name: subject})
    if request.method == "POST":
        return receive(request, lambda: _store(request, note))
    form = NoteForm(instance=note, initial={"day": timezone.localdate(timezone=subject.wilayah.zone.tzinfo)})
    return render(request, FORM, {"form": form, "subject": subject})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _store(request, _own(request, _locked(), pk)))
    note = _own(request, Note.objects.all(), pk)
    return render(request, FORM, {"form": NoteForm(instance=note), "subject": note.subject})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks first: from then on nobody but the writer, and who withdrew it, reads the note."""
    if request.method == "POST":
        return receive(request, lambda: _withdraw(request, pk))
    note = _withdrawable(request, Note.objects.all(), pk)
    return render(request, WITHDRAW, _asking(note, WithdrawForm(record=note, by=request.user)))


@require_POST
def bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    return receive(request, lambda: _bring_back(request, pk))


def _locked() -> QuerySet[Note]:
    return Note.objects.select_for_update(of=("self",))


def _own(request: HttpRequest, rows: QuerySet[Note], pk: UUID) -> Note:
    note = get_object_or_404(rows.visible_to(request.user).with_subject(), pk=pk)
    if not permissions.can_edit_note(request.user, note):
        raise PermissionDenied(_("Hanya penulisnya yang mengubah catatan ini."))
    return note


def _withdrawable(request: HttpRequest, rows: QuerySet[Note], pk: UUID) -> Note:
    note = get_object_or_404(rows.visible_to(request.user).with_subject(), pk=pk)
    if not permissions.can_withdraw_note(request.user, note):
        raise PermissionDenied(_("Hanya penulisnya dan verifikator wilayah ini yang menarik catatan ini."))
    return note


def _store(request: HttpRequest, note: Note) -> str | HttpResponse:
    form = NoteForm(request.POST, instance=note)
    if not form.is_valid():
        return form_again(request, form, FORM, {"subject": note.subject})
    notes.write(note=form.instance, by=request.user)
    tell_stored(request, form, _("Catatan tersimpan."))
    return note.get_absolute_url()


def _asking(note: Note, form: ActionForm) -> dict[str, Any]:
    return {"note": note, "subject": note.subject, "form": form}


def _withdraw(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    note = _withdrawable(request, _locked(), pk)
    form = WithdrawForm(request.POST, record=note, by=request.user)
    if not form.is_valid():
        return form_again(request, form, WITHDRAW, _asking(note, form))
    notes.withdraw(note=note, by=request.user, reason=form.cleaned_data.get("reason", ""))
    if note.is_withdrawn_by_another:
        messages.success(request, _("Catatan ditarik. Hanya Anda dan penulisnya yang masih melihatnya di sini."))
    else:
        messages.success(request, _("Catatan ditarik. Hanya Anda yang masih melihatnya di sini."))
    return note.get_absolute_url()


def _bring_back(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    note = get_object_or_404(_locked().visible_to(request.user).with_subject(), pk=pk)
    if not permissions.can_bring_back_note(request.user, note):
        raise PermissionDenied(_("Hanya yang menarik catatan ini yang menampilkannya lagi."))
    form = ActionForm(request.POST, record=note)
    if not form.is_valid():
        return form_again(request, form, WITHDRAW, _asking(note, form))
    notes.bring_back(note)
    messages.success(request, _("Catatan tampil lagi bagi semua yang melihat data ini."))
    return note.get_absolute_url()
