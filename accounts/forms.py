"""Forms with which an admin keeps accounts."""

from typing import Any

from django.contrib.auth.forms import AdminPasswordChangeForm


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody else's account.

    Nobody signs in without a password here, so the choice to have none is left out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True
