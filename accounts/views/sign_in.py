"""Sign-in: allauth's view, with the answers people here need."""

from http import HTTPStatus

from allauth.account.views import LoginView, LogoutView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from accounts import unsent

TOO_MANY = "too_many_login_attempts"


class SignInView(LoginView):
    """Says 429 where an account was tried too often, and what has to be entered again after an expired session."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error("__all__", TOO_MANY):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        lost = unsent.pop(self.request.session)
        response = super().form_valid(form)
        if lost:
            messages.warning(self.request, lost.sentence())
        return response

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(unsent=unsent.peek(self.request.session), **kwargs)


class SignOutView(LogoutView):
    """Lets the browser forget the pages and pictures it kept: the next on this phone may be somebody else."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response
