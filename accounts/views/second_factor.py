"""Two-step sign-in: allauth's views, and the recovery codes that stay visible until somebody says they are kept."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from csp.decorators import csp_update
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions, second_factor, sessions
from accounts.fresh import fresh_sign_in_required
from accounts.models import SecondFactor


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Whether two-step sign-in is on, since when, and how many recovery codes are left."""
    kept = {factor.type: factor for factor in SecondFactor.objects.filter(user=request.user)}
    codes = kept.get(second_factor.RECOVERY_CODES)
    return render(
        request,
        "mfa/index.html",
        {
            "totp": kept.get(second_factor.TOTP),
            "is_required": permissions.must_use_second_factor(request.user),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "codes_are_new": bool(codes) and not codes.wrap().did_view,
        },
    )


# The QR code is a picture inside the page: allowed here and nowhere else.
@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class TurnOnView(ActivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, second_factor.METHOD, type=second_factor.TOTP)
        return response

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        is_required = permissions.must_use_second_factor(self.request.user)
        return context | {"secret_in_groups": groups, "is_required": is_required}


class TurnOffView(DeactivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        """SECURITY: no session goes on as one that was opened with a code."""
        response = super().form_valid(form)
        second_factor.forget_in(self.request)
        sessions.end_others(self.request)
        return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, until somebody says by a POST that they are kept; from then on only their number."""
    codes = _codes_of(request)
    if request.method == "POST":
        codes.mark_as_viewed()
        messages.success(request, _("Kode cadangan tidak ditampilkan lagi. Simpan baik-baik catatan Anda."))
        return redirect("mfa_index")
    shown = [] if codes.did_view else codes.get_unused_codes()
    return render(
        request, "mfa/recovery_codes/index.html", {"codes": shown, "codes_left": len(codes.get_unused_codes())}
    )


@never_cache
@require_safe
@fresh_sign_in_required
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The same codes as a text file; 404 once they are no longer shown."""
    codes = _codes_of(request)
    if codes.did_view:
        raise Http404
    text = render_to_string("mfa/recovery_codes/download.txt", {"codes": codes.get_unused_codes()}, request)
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="kode-cadangan-sentra-ovop.txt"'},
    )


def _codes_of(request: HttpRequest):
    """The recovery codes of whoever is signed in, as allauth wraps them; 404 where there are none."""
    kept = SecondFactor.objects.filter(user=request.user, type=second_factor.RECOVERY_CODES).first()
    if kept is None:
        raise Http404
    return kept.wrap()
