"""One's own account: what is kept about it, the e-mail address, the devices, a forgotten password."""

from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import notices, permissions, second_factor, sessions
from accounts.forms import EmailForm
from accounts.fresh import fresh_sign_in_required
from accounts.models import SecondFactor, User


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    factor = SecondFactor.objects.filter(user=request.user, type=second_factor.TOTP).first()
    is_required = permissions.must_use_second_factor(request.user)
    return render(request, "account/overview.html", {"second_factor": factor, "is_required": is_required})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in_required
def change_email(request: HttpRequest) -> HttpResponse:
    account = User.objects.get(pk=request.user.pk)
    before = account.email
    form = EmailForm(request.POST if request.method == "POST" else None, instance=account)
    if form.is_valid():
        form.save()
        notices.tell_email_changed(account, before=before)
        messages.success(request, _("Alamat surel tersimpan."))
        return redirect("account_overview")
    return render(request, "account/email.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    areas = permissions.duty_areas(request.user)
    context = {"devices": sessions.devices(request), "zone": areas[0] if areas else ""}
    return render(request, "usersessions/usersession_list.html", context)


@require_POST
def end_device(request: HttpRequest, number: int) -> HttpResponse:
    """Signs one device out; one's own by the ordinary sign-out."""
    sessions.end_one(request.user, number)
    messages.success(request, _("Perangkat itu sudah dikeluarkan."))
    return redirect("usersessions_list")


@require_POST
def end_other_devices(request: HttpRequest) -> HttpResponse:
    ended = sessions.end_others(request)
    sentence = ngettext("%(count)d perangkat lain dikeluarkan.", "%(count)d perangkat lain dikeluarkan.", ended)
    messages.success(request, sentence % {"count": ended} if ended else _("Tidak ada perangkat lain yang masuk."))
    return redirect("usersessions_list")


class ForgottenPasswordView(PasswordResetView):
    """Asks for the address; without a mail server, or without an address, it is the dinas that helps."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(sends_mail=settings.SENDS_MAIL, **kwargs)


class NewForgottenPasswordView(PasswordResetFromKeyView):
    """The page behind the link in the mail; the key leaves the address before anything else is loaded."""

    reset_url_key = "buat"
