"""Pages of the site itself: is it well, and what is said when something went wrong.

The templates `400.html` to `503.html` get the variable `sentence`: what happened and what to do next ("" where the
template's own words are enough).
"""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.unsent import form_address
from outbox.delivery import UnreadableForm
from ovop_site.database_down import RETRY_SECONDS, current_error, is_database_away
from ovop_site.log import request_id

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when not; never starts it, and tells strangers nothing more.

    Its address is in `HealthMiddleware`.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("tidak sehat\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("sehat\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Rendered without the request: what is wrong with it may break whoever reads it."""
    return HttpResponse(render_to_string("400.html", {"sentence": _reason(exception)}), status=400)


def _reason(exception: Exception) -> str:
    """What a person can do about `exception`; only our own brings a sentence meant for people."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _("Isian yang dikirim terlalu besar. Kirim lebih sedikit sekaligus, misalnya foto satu per satu.")
    return str(exception) if isinstance(exception, UnreadableForm) else ""


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the sentence of the PermissionDenied, if it brought one."""
    return render(request, "403.html", {"sentence": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where the secret of a form has gone: cookies refused, or signed in again in another window.

    The template gets `form`, the address of the form.
    """
    return render(request, "403_csrf.html", {"form": form_address(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"sentence": ""}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with a moment to wait if the database is away, else 500. Both pages need neither request nor database."""
    if is_database_away(current_error()):
        return HttpResponse(_bare_page("503.html"), status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(_bare_page("500.html"), status=500)


def _bare_page(template: str) -> str:
    """The page of `template`; a sentence where even that cannot be drawn, for example without collected files."""
    try:
        return render_to_string(template, {"sentence": "", "code": request_id.get()})
    except Exception:
        logger.exception("The page %s cannot be drawn.", template)
        return _("Ada gangguan di pihak kami, bukan pada isian Anda. Tunggu sebentar, lalu coba lagi.")
