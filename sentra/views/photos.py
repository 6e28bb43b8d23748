"""Pages of photos: add, look at, change the caption, remove."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from outbox.delivery import form_again, receive
from outbox.forms import ActionForm
from sentra import papers, permissions
from sentra.forms.papers import CaptionForm, PhotoForm
from sentra.models import Photo
from sentra.models.parts import AboutSubjectQuerySet
from sentra.permissions import Record
from sentra.views.pages import editable, refuse_deactivated, sendable
from sentra.views.stored import tell_stored

FORM = "sentra/papers/photo_form.html"
PAGE = "sentra/papers/photo.html"


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: UUID, model: type[Record]) -> HttpResponse:
    named = sendable if request.method == "POST" else editable
    subject = named(request, model.objects.select_related("wilayah"), pk)
    if request.method == "POST":
        return receive(request, lambda: _add(request, subject))
    return render(request, FORM, {"form": PhotoForm(instance=_about(subject)), "subject": subject})


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    photo = get_object_or_404(Photo.objects.visible_to(request.user).with_subject().select_related("created_by"), pk=pk)
    return render(request, PAGE, _context(request.user, photo, ActionForm(record=photo)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _change(request, pk))
    photo = _editable(request, Photo.objects.all(), pk)
    return render(request, FORM, {"form": CaptionForm(instance=photo), "subject": photo.subject})


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    return receive(request, lambda: _remove(request, pk))


def _context(user: User, photo: Photo, removal: ActionForm) -> dict[str, Any]:
    return {
        "photo": photo,
        "subject": photo.subject,
        "can_edit": permissions.can_edit(user, photo.subject),
        "removal": removal,
    }


def _about(subject: Record) -> Photo:
    return Photo(**{subject._meta.model_name: subject})


def _editable(request: HttpRequest, rows: AboutSubjectQuerySet, pk: UUID) -> Photo:
    photo = get_object_or_404(rows.visible_to(request.user).with_subject(), pk=pk)
    refuse_deactivated(photo.subject)
    if not permissions.can_edit(request.user, photo.subject):
        raise PermissionDenied
    return photo


def _add(request: HttpRequest, subject: Record) -> str | HttpResponse:
    form = PhotoForm(request.POST, request.FILES, instance=_about(subject))
    if not form.is_valid():
        return form_again(request, form, FORM, {"subject": subject})
    papers.add_photo(photo=form.instance, upload=form.cleaned_data["file"], by=request.user)
    messages.success(request, _("Foto tersimpan."))
    return subject.get_absolute_url()


def _change(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    rows = Photo.objects.select_for_update(of=("self",)).visible_to(request.user).with_subject()
    photo = get_object_or_404(rows, pk=pk)
    if not permissions.works_on(request.user, photo.subject):
        raise PermissionDenied
    form = CaptionForm(request.POST, instance=photo)
    if not form.is_valid():
        return form_again(request, form, FORM, {"subject": photo.subject})
    form.save()
    tell_stored(request, form, _("Keterangan foto tersimpan."))
    return photo.get_absolute_url()


def _remove(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    photo = _editable(request, Photo.objects.select_for_update(of=("self",)).select_related("created_by"), pk)
    form = ActionForm(request.POST, record=photo)
    if not form.is_valid():
        return form_again(request, form, PAGE, _context(request.user, photo, form))
    subject = photo.subject
    try:
        papers.remove_photo(photo)
    except papers.PhotoNeeded as needed:
        messages.error(request, str(needed))
        return redirect(subject)
    messages.success(request, _("Foto dihapus."))
    return subject.get_absolute_url()
