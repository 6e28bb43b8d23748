"""Sign-in by password or by a one-time code, and sign-out."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.account.views import LoginView, LogoutView
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic.edit import FormView

from accounts import codes, kept, unsent
from accounts.forms import CodeSignInForm

# Sentences of `accounts.adapter`.
TOO_MANY = "too_many_login_attempts"
WRONG_CODE = "wrong_code"


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
        if lost and not lost.is_kept:
            messages.warning(self.request, lost.sentence())
        return response

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(unsent=unsent.peek(self.request.session), **kwargs)


class CodeSignInView(FormView):
    """Sign-in by a one-time code. Two-step sign-in, where it is on, still follows; then a password must be chosen."""

    form_class = CodeSignInForm
    template_name = "account/code_sign_in.html"

    @method_decorator(login_not_required)
    @method_decorator(sensitive_post_parameters("code"))
    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        name, code = form.cleaned_data["username"].strip(), form.cleaned_data["code"]
        attempt = ratelimit.consume(self.request, app="allauth.account", action="sign_in_code", key=name.lower())
        if not attempt:
            return self._refuse(form, TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        user = codes.redeem(username=name, code=code)
        if user is None:
            return self._refuse(form, WRONG_CODE, HTTPStatus.OK)
        attempt.rollback()
        record_authentication(self.request, user, method="code")
        return perform_login(self.request, user)

    def _refuse(self, form: Form, code: str, status: HTTPStatus) -> HttpResponse:
        form.add_error(None, get_adapter().validation_error(code))
        return self.render_to_response(self.get_context_data(form=form), status=status)


@never_cache
@require_safe
def kept_form(request: HttpRequest) -> HttpResponse:
    """A form that came after the session had ended, to be sent now; where it was another person's, the home page."""
    form = kept.kept_for(request)
    if form is None:
        messages.warning(
            request, _("Isian sebelum Anda masuk tidak tersimpan, atau milik akun lain. Isi lagi formulirnya.")
        )
        return redirect("home")
    return render(request, "account/kept_form.html", {"kept": form})


class SignOutView(LogoutView):
    """Lets the browser forget who was here, and the pages and pictures it kept: the next may be somebody else."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        kept.forget_person(response)
        return response
