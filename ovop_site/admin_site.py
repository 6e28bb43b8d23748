"""The admin of Sentra OVOP: Django's, in our words, with the sign-in of everybody and an answer to every bad input."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, ProgrammingError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.views.sign_in import SignOutView
from outbox.constraints import sentence_of

View = Callable[..., HttpResponse]

# What PostgreSQL and Python say to a filter in an address that cannot be: a year 99999, half a pattern, a relation of
# the package for history that has no table.
UNUSABLE = (DataError, OverflowError, ProgrammingError, ValueError)
# Who works here needs no jump from a row to its page, and changes the password on the page of everybody.
LEFT_OUT = {"view_on_site", "password_change_done"}

logger = logging.getLogger(__name__)


class SentraAdminSite(AdminSite):
    site_title = site_header = _("Sentra OVOP — admin")
    index_title = _("Data yang diatur admin")

    def get_urls(self) -> list:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT]

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        return super().admin_view(explained(answered(view)), cacheable)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        # SECURITY: there is no sign-in page of its own, so the limits of ours hold for the admin too.
        return explained(secure_admin_login(super().login))(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return SignOutView.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_change_password")


def explained(view: View) -> View:
    """`view`, whose refusals say that rights in the admin are meant, unless they have a sentence of their own.

    Elsewhere they are about duties and areas.
    """

    @wraps(view)
    def explaining(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as error:
            raise PermissionDenied(
                str(error)
                or _("Halaman admin ini tidak termasuk hak Anda. Bila seharusnya termasuk, hubungi pengelola sistem.")
            ) from error

    return explaining


def answered(view: View) -> View:
    """`view`, where values in the address that cannot be used and rows that the database refuses get a sentence."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return _posted(view, request, *args, **kwargs)
        return _shown(view, request, *args, **kwargs)

    return answering


def _shown(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Django marks with `ERROR_FLAG` a page whose filter it dropped; here that is said, also for what it overlooks."""
    if ERROR_FLAG in request.GET:
        if len(request.GET) > 1:
            return _without_filter(request)
        messages.warning(request, _("Saringan atau isian pada alamat itu tidak dapat dipakai, jadi diabaikan."))
    if set(request.GET) <= {ERROR_FLAG}:
        return view(request, *args, **kwargs)
    try:
        with transaction.atomic():
            return view(request, *args, **kwargs)
    except UNUSABLE:
        logger.warning("Unusable filter in %s", request.get_full_path(), exc_info=True)
        return _without_filter(request)


def _without_filter(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")


def _posted(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The views of the admin undo what they wrote before an IntegrityError leaves them, so the form may be sent again.

    The second time its own checks see what somebody else was quicker to save, and the form says so. What only a
    trigger knows is said above the page, as it is now.
    """
    try:
        return view(request, *args, **kwargs)
    except IntegrityError:
        logger.info("Checking %s again", request.path, exc_info=True)
    try:
        return view(request, *args, **kwargs)
    except IntegrityError as error:
        messages.error(request, sentence_of(error))
        return HttpResponseRedirect(request.get_full_path())
