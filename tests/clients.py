"""The test client that signs people in as the sign-in page does."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from accounts.models import User
from accounts.sessions import SEEN_KEY


class PersonClient(Client):
    def force_login(self, user: User, backend: str | None = None, *, ago: int = 0, methods=("password",)) -> None:
        """Signed in `ago` seconds ago by `methods`, of which "mfa" is the code of the application."""
        super().force_login(user, backend)
        session = self.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": method, "at": time.time() - ago} for method in methods
        ]
        session[SEEN_KEY] = int(time.time())
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
