"""Mails to a person about a change of the own sign-in, so that nobody takes an account over unnoticed."""

import logging
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User

logger = logging.getLogger(__name__)


def tell(template: str, user: User, *, to: str = "", **context: Any) -> None:
    """Mail `template` to the address of `user`, or to `to`, once the transaction is committed.

    Nothing where there is no address or no mail server: a change never fails for want of a mail.
    """
    address = to or user.email
    if settings.SENDS_MAIL and address:
        facts = {"user": user, "at": timezone.now()} | context
        transaction.on_commit(partial(_send, template, address, facts))


def tell_email_changed(user: User, *, before: str) -> None:
    """Tell the address that `user` had `before` and the one it has now, where they differ."""
    if user.email == before:
        return
    for address in filter(None, (before, user.email)):
        tell("account/email/email_changed", user, to=address, is_old=address == before)


def _send(template: str, address: str, facts: dict[str, Any]) -> None:
    try:
        get_adapter().render_mail(template, address, facts).send()
    except OSError:
        logger.exception("A mail (%s) could not be sent.", template)
