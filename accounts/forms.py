"""Forms of sign-in and of one's own account, and those with which an admin keeps accounts."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import User

# Seconds in which a code of the application may be right: its own step, one before and one after.
CODE_GOOD_FOR = 90


class SignInForm(LoginForm):
    """Allauth's form; a field that was left empty says what belongs there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("Isi nama pengguna atau alamat surel Anda.")
        self.fields["password"].error_messages["required"] = _("Isi kata sandi Anda.")
        # The page itself says what to do who forgot it.
        self.fields["password"].help_text = ""


class PasswordAgainForm(ReauthenticateForm):
    """Allauth's form for a fresh sign-in, without the way to a new password: that would lead away from the step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = _("Isi kata sandi Anda.")
        self.fields["password"].help_text = ""


class AskingForCode:
    """For forms of allauth with a code: a field that was left empty says what belongs there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = _("Isi kode yang sekarang tampil di aplikasi.")


class TakenOnce:
    """For forms of allauth that check a code of `self.user`: what was seen over a shoulder opens nothing.

    SECURITY: allauth remembers a used code for 30 seconds, but takes codes one step before and after the present one.
    """

    def clean_code(self) -> str:
        code = super().clean_code()
        if not cache.add(f"accounts.used_code:{self.user.pk}:{normalize_user_code(code)}", True, CODE_GOOD_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(TakenOnce, AskingForCode, AuthenticateForm):
    """The second step of a sign-in."""


class CodeAgainForm(TakenOnce, AskingForCode, CodeReauthenticateForm):
    """A fresh sign-in by a code."""


class TurnOnForm(AskingForCode, ActivateTOTPForm):
    """The first code, which turns two-step sign-in on."""


class CodeSignInForm(forms.Form):
    """User name and the code that a verifikator read out."""

    username = forms.CharField(
        max_length=150, error_messages={"required": _("Isi nama pengguna Anda. Verifikator yang memberi kode tahu.")}
    )
    code = forms.CharField(max_length=20, error_messages={"required": _("Isi kode yang dibacakan verifikator.")})


class EmailForm(forms.ModelForm):
    """One's own e-mail address, to which a forgotten password is sent."""

    class Meta:
        model = User
        fields = ["email"]
        labels = {"email": _("Alamat surel")}
        help_texts = {"email": _("Ke alamat ini dikirim tautan bila Anda lupa kata sandi. Boleh kosong.")}


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody else's account.

    Nobody signs in without a password here, so the choice to have none is left out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True

    def save(self, commit: bool = True) -> User:
        user = super().save(commit)
        notices.tell("account/email/password_given", user)
        return user
