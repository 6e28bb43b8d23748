"""Forms of sign-in, and those with which an admin keeps accounts."""

from typing import Any

from allauth.account.forms import LoginForm
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Allauth's form; a field that was left empty says what belongs there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("Isi nama pengguna atau alamat surel Anda.")
        self.fields["password"].error_messages["required"] = _("Isi kata sandi Anda.")


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody else's account.

    Nobody signs in without a password here, so the choice to have none is left out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True
