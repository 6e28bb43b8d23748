"""Pages of certificates: list, add, look at, change, mark as checked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from outbox.delivery import form_again, receive
from sentra import papers, permissions
from sentra.forms.papers import CertificateForm, CheckForm
from sentra.lists.certificate import CERTIFICATE_LIST
from sentra.models import Certificate
from sentra.models.certificate import CertificateQuerySet
from sentra.permissions import Record
from sentra.views.lists import list_context
from sentra.views.pages import editable, refuse_deactivated, sendable
from sentra.views.stored import tell_stored

FORM = "sentra/papers/certificate_form.html"
PAGE = "sentra/papers/certificate.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "sentra/papers/list.html", list_context(request, CERTIFICATE_LIST))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: UUID, model: type[Record]) -> HttpResponse:
    named = sendable if request.method == "POST" else editable
    subject = named(request, model.objects.select_related("wilayah"), pk)
    if request.method == "POST":
        return receive(request, lambda: _add(request, subject))
    return render(request, FORM, {"form": CertificateForm(instance=_about(subject)), "subject": subject})


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Certificate.objects.visible_to(request.user).with_subject().select_related("created_by", "deactivated_by")
    certificate = get_object_or_404(rows, pk=pk)
    return render(request, PAGE, _context(request.user, certificate, CheckForm(record=certificate)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _change(request, pk))
    certificate = _editable(request, Certificate.objects.all(), pk)
    return render(request, FORM, {"form": CertificateForm(instance=certificate), "subject": certificate.subject})


@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    return receive(request, lambda: _check(request, pk))


def _context(user: User, certificate: Certificate, check_form: CheckForm) -> dict[str, Any]:
    return {
        "certificate": certificate,
        "subject": certificate.subject,
        "can_edit": permissions.can_edit_certificate(user, certificate),
        "can_deactivate": permissions.can_deactivate(user, certificate),
        "can_open": permissions.can_open_papers(user, certificate.subject),
        "can_check": permissions.can_check_certificate(user, certificate),
        "check_form": check_form,
    }


def _about(subject: Record) -> Certificate:
    return Certificate(**{subject._meta.model_name: subject})


def _editable(request: HttpRequest, rows: CertificateQuerySet, pk: UUID) -> Certificate:
    certificate = get_object_or_404(rows.visible_to(request.user).with_subject(), pk=pk)
    refuse_deactivated(certificate)
    refuse_deactivated(certificate.subject)
    if not permissions.can_edit_certificate(request.user, certificate):
        raise PermissionDenied
    return certificate


def _add(request: HttpRequest, subject: Record) -> str | HttpResponse:
    form = CertificateForm(request.POST, request.FILES, instance=_about(subject))
    if not form.is_valid():
        return form_again(request, form, FORM, {"subject": subject})
    certificate = papers.add_certificate(certificate=form.instance, upload=form.cleaned_data["file"], by=request.user)
    messages.success(request, _("%(paper)s tersimpan.") % {"paper": certificate})
    return subject.get_absolute_url()


def _change(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    rows = Certificate.objects.select_for_update(of=("self",)).visible_to(request.user).with_subject()
    certificate = get_object_or_404(rows, pk=pk)
    if not permissions.works_on(request.user, certificate.subject):
        raise PermissionDenied
    form = CertificateForm(request.POST, request.FILES, instance=certificate)
    if not form.is_valid():
        return form_again(request, form, FORM, {"subject": certificate.subject})
    papers.change_certificate(
        certificate=certificate,
        upload=form.cleaned_data["file"],
        is_changed=form.is_changed,
        by=request.user,
    )
    tell_stored(request, form, _("%(paper)s tersimpan.") % {"paper": certificate})
    return certificate.get_absolute_url()


def _check(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    rows = Certificate.objects.select_for_update(of=("self",)).visible_to(request.user).with_subject()
    certificate = get_object_or_404(rows, pk=pk)
    refuse_deactivated(certificate)
    refuse_deactivated(certificate.subject)
    if not permissions.can_check_certificate(request.user, certificate):
        raise PermissionDenied(_("Hanya verifikator wilayah ini yang menandai surat sudah diperiksa."))
    form = CheckForm(request.POST, record=certificate)
    if not form.is_valid():
        return form_again(request, form, PAGE, _context(request.user, certificate, form))
    papers.mark_checked(certificate=certificate, by=request.user)
    messages.success(request, _("%(paper)s ditandai sudah diperiksa.") % {"paper": certificate})
    return certificate.get_absolute_url()
