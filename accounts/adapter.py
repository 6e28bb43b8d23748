"""How allauth behaves here: accounts are made by the dinas, never by signing up."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import fresh, kept, notices
from accounts.models import User

logger = logging.getLogger(__name__)


class ClosedAccountAdapter(DefaultAccountAdapter):
    """No sign-up, and errors that name what to do next."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Nama pengguna atau kata sandi belum cocok. Periksa huruf besar dan kecil, lalu coba lagi."
        ),
        "email_password_mismatch": _(
            "Alamat surel atau kata sandi belum cocok. Periksa huruf besar dan kecil, lalu coba lagi."
        ),
        "too_many_login_attempts": _(
            "Sudah terlalu banyak percobaan yang gagal. Tunggu lima menit, lalu coba lagi. Bila lupa kata sandi,"
            " pakai “Lupa kata sandi?” di halaman masuk."
        ),
        "wrong_code": _(
            "Nama pengguna atau kode belum cocok, atau kodenya sudah dipakai, diganti, atau lewat 24 jam. Periksa lagi,"
            " atau minta kode baru kepada verifikator."
        ),
        "rate_limited": _("Sudah terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
        "incorrect_password": _("Kata sandi ini belum cocok. Ketik lagi kata sandi Anda."),
        "enter_current_password": _("Kata sandi yang sekarang belum cocok. Ketik lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """However somebody came in, the browser remembers who it was."""
        response = super().post_login(request, user, **kwargs)
        kept.remember_person(response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_overview")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """SECURITY: a mail server that is away must not tell which address has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("A mail (%s) could not be sent.", template_prefix)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """What allauth tells about passwords and two-step sign-in, in the words of `accounts.notices`."""
        notices.tell(template_prefix, user, to=email or "", **(context or {}))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """By the one rule of `accounts.fresh`: to have just signed in is fresh enough."""
        return not fresh.is_fresh(self.request)
