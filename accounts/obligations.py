"""What somebody must do before anything else: choose a password, set two-step sign-in up, or pass it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import permissions, second_factor
from accounts.models import SecondFactor


@dataclass(frozen=True)
class Obligation:
    """`page` is the name of the address where it is met; `sentence` says why one is there."""

    page: str
    sentence: str | Promise


NEW_PASSWORD = Obligation(
    "account_set_password", _("Buat dulu kata sandi baru. Sesudah itu Anda dapat memakai Sentra OVOP.")
)
SET_UP = Obligation(
    "mfa_activate_totp",
    _("Tugas Anda meminta masuk dua langkah. Nyalakan dulu; sesudah itu Anda dapat memakai Sentra OVOP."),
)
PASS = Obligation(
    "mfa_reauthenticate", _("Tugas Anda meminta masuk dua langkah. Ketik dulu kode dari aplikasi di ponsel Anda.")
)


def first_of(request: HttpRequest) -> Obligation | None:
    """What whoever is signed in has to do first, or None.

    No query but that of the duties, which every page needs, unless something has to be done.
    """
    user = request.user
    if not user.is_authenticated:
        return None
    if not user.has_usable_password():
        return NEW_PASSWORD
    if not permissions.must_use_second_factor(user) or second_factor.passed_in(request):
        return None
    is_on = SecondFactor.objects.filter(user=user, type=second_factor.TOTP).exists()
    return PASS if is_on else SET_UP
