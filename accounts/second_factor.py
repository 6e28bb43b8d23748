"""Two-step sign-in: how allauth keeps it here, who must use it, and how it is taken back from a lost phone."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import encryption, notices, permissions, sessions
from accounts.models import SecondFactor, User

TOTP, RECOVERY_CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
METHOD = "mfa"
PURPOSE = "accounts.second_factor"


class SecondFactorAdapter(DefaultMFAAdapter):
    """The words of ours, and secrets that a copy of the database alone does not tell."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Kode ini belum cocok. Kode berganti tiap 30 detik: tunggu kode berikutnya, lalu ketik lagi. Periksa juga"
            " apakah jam ponsel Anda benar."
        ),
        "cannot_delete_authenticator": _("Untuk tugas Anda, masuk dua langkah tidak dapat dimatikan."),
        "cannot_generate_recovery_codes": _("Nyalakan dulu masuk dua langkah, baru kode cadangan dapat dibuat."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that no code fits where SECRET_KEY was replaced without keeping the old one as fallback."""
        secret = encryption.decrypt(encrypted_text, purpose=PURPOSE)
        return generate_totp_secret() if secret is None else secret

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not permissions.must_use_second_factor(authenticator.user)


def passed_in(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with a code. Reads the session alone, no table."""
    return any(record["method"] == METHOD for record in get_authentication_records(request, request.user))


def forget_in(request: HttpRequest) -> None:
    """Let this session no longer count as opened with a code."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one["method"] != METHOD]


@transaction.atomic
def reset(user: User) -> bool:
    """Turn two-step sign-in off for `user`, who lost the phone and the recovery codes, and end all sessions.

    False where it was not on. The history of `SecondFactor` says when and by whom. Where two-step sign-in is required,
    the next sign-in leads to the page that sets it up again.
    """
    removed, _per_model = SecondFactor.objects.filter(user=user).delete()
    sessions.end(user.usersession_set.all())
    if removed:
        notices.tell("mfa/email/totp_deactivated", user)
    return bool(removed)
