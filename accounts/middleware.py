"""Closed by default: whoever is not signed in goes to the sign-in page, and who has something to do first, there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts import kept, obligations, sessions, unsent
from accounts.refusals import refused_json, wants_json

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# What stays open to those who have something to do first: doing it, proving who one is, and leaving.
OPEN_TO_ALL = {
    "account_change_password",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_set_password",
    "admin:logout",
    "guide",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
}


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """After a form whose session had expired, `next` is the form as it was typed, where it is kept, else its page."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        if request.method in SAFE_METHODS:
            return super().handle_no_permission(request, view_func)
        is_kept = kept.keep(request)
        unsent.remember(request, is_kept=is_kept)
        address = reverse("account_kept_form") if is_kept else unsent.form_address(request)
        return redirect_to_login(address, self.get_login_url(view_func))


class ObligationsMiddleware:
    """Lets nobody do anything else who must choose a password or use two-step sign-in (`accounts.obligations`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.resolver_match.view_name in OPEN_TO_ALL:
            return None
        due = obligations.first_of(request)
        return due and self._lead(request, due)

    def _lead(self, request: HttpRequest, due: obligations.Obligation) -> HttpResponse:
        """To the page where it is met, and from there back. What was sent is not taken, and that is said."""
        if wants_json(request):
            return refused_json(str(due.sentence), code="obligation", status=403)
        is_reading = request.method in SAFE_METHODS
        messages.warning(request, due.sentence)
        back = request.get_full_path() if is_reading else unsent.form_address(request)
        return redirect(f"{reverse(due.page)}?{urlencode({'next': back})}")


class LastSeenMiddleware:
    """Keeps what the list of devices says of the last visit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any) -> None:
        if request.user.is_authenticated:
            sessions.note_seen(request)
