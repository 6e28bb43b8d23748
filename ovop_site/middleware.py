"""Middleware of the whole site."""

import re
import secrets
from collections.abc import Callable

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, UnreadablePostError
from django.http.request import QueryDict
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from outbox.delivery import UnreadableForm
from ovop_site.loopback import is_loopback
from ovop_site.set_up import refuse_demo_data
from ovop_site.views import health

GetResponse = Callable[[HttpRequest], HttpResponse]

# Shorter answers grow; slower qualities gain little (a score sheet of 185 kB: 12.9 kB at 5 in 4 ms, 12.8 kB at 6).
WORTH_COMPRESSING = 200
BROTLI_QUALITY = 5


class CompressPagesMiddleware(GZipMiddleware):
    """Compresses text by Brotli where the browser takes it (a score sheet is a fifth smaller), else by gzip.

    Text only: pictures and PDFs are compressed already and would lose their length and strong ETag.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(("text/", "application/json")):
            return response
        takes_brotli = re.search(r"\bbr\b", request.headers.get("Accept-Encoding", ""))
        if not takes_brotli or response.streaming or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        return self._by_brotli(response)

    def _by_brotli(self, response: HttpResponse) -> HttpResponse:
        patch_vary_headers(response, ("Accept-Encoding",))
        if len(response.content) < WORTH_COMPRESSING:
            return response
        response.content = brotli.compress(response.content, quality=BROTLI_QUALITY)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        # SECURITY: a length that varies hides what a guess in a page compressed to (BREACH), as Django's gzip does.
        response.headers["X-Padding"] = "0" * secrets.randbelow(self.max_random_bytes)
        return response


class PrivatePagesMiddleware:
    """A page belongs to who asked for it: no cache between keeps it, and no browser shows it again unasked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class DemoOnLoopbackMiddleware:
    """Answers 403 to other computers, however the demo came to listen to them: its passwords are known to everybody."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden(
                _("Contoh ini hanya dapat dibuka di komputer tempat ia dijalankan."),
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class RefuseDemoDataMiddleware:
    """Outside the demo, answers 403 where the database is marked as one, whatever server runs and whenever it comes up.

    Asked before each request until the database has answered once; while it is away, the page says so itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.is_in_earnest = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_in_earnest:
            try:
                refuse_demo_data()
            except CommandError as refusal:
                return HttpResponseForbidden(str(refusal), content_type="text/plain; charset=utf-8")
            except (OperationalError, InterfaceError):
                return self.get_response(request)
            self.is_in_earnest = True
        return self.get_response(request)


class HealthMiddleware:
    """Answers `/sehat/` whatever host is asked for: a probe names the bare address, which is none of ALLOWED_HOSTS."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path_info == "/sehat/" else self.get_response(request)


class NullByteFound(UnreadableForm):
    """A character that no name, text or address contains and that PostgreSQL cannot store."""


class RejectNullBytesMiddleware:
    """Answers 400 where path, query, form or a cookie contains a null byte, before any of it reaches a query.

    A quoted cookie may hide one as an octal escape; other headers the web server refuses.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        texts = (request.path_info, *request.COOKIES.values())
        if any("\0" in text for text in texts) or contains_null(request.GET) or contains_null(form_of(request)):
            raise NullByteFound(
                _("Isian atau alamat berisi karakter yang tidak dapat disimpan. Hapus karakter itu, lalu coba lagi.")
            )
        return self.get_response(request)


def contains_null(fields: QueryDict) -> bool:
    return any("\0" in name or any("\0" in value for value in values) for name, values in fields.lists())


def form_of(request: HttpRequest) -> QueryDict:
    """The fields of the form; none where the sender went away before the form was complete."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


class ExplainNotAllowedMiddleware:
    """Gives 405 a page: an address that only takes a form is opened now and then, by a reload or after a sign-in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "405.html", {"sentence": ""})
            response.content = page.content
        return response
