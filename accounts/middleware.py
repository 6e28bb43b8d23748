"""Closed by default: whoever is not signed in goes to the sign-in page and comes back from there."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect

from accounts import unsent

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """After a form whose session had expired, `next` is the page of the form, and the session notes the loss."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        if request.method in SAFE_METHODS:
            return super().handle_no_permission(request, view_func)
        unsent.remember(request)
        return redirect_to_login(unsent.form_address(request), self.get_login_url(view_func))
