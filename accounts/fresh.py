"""A fresh sign-in before what cannot be taken back: deciding, giving duties and codes, exporting contacts.

A phone stays signed in for two weeks, so whoever holds it could decide in its owner's name. A view that needs more
than that either wears the decorator or, where only some of its forms do, asks in its body:

    @fresh_sign_in_required              if question := fresh.ask(request):
    def issue_code(request, pk): ...         return question

Put the check after the one whether the person may at all, before `outbox.delivery.receive`.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.utils import is_mfa_enabled
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import CodeAgainForm, PasswordAgainForm
from accounts.refusals import refused_json, wants_json

# What proves the person travels beside the fields of the form, under names no other form has.
PREFIX = "fresh"
PASSWORD, CODE = f"{PREFIX}-password", f"{PREFIX}-code"
NOT_CARRIED = {"csrfmiddlewaretoken", PASSWORD, CODE}
READING = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., HttpResponse]


def fresh_sign_in_required(view: View) -> View:
    """View decorator: see `ask`."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return ask(request) or view(request, *args, **kwargs)

    return asking


def is_fresh(request: HttpRequest) -> bool:
    """Whether password or code were last typed in this session within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def ask(request: HttpRequest) -> HttpResponse | None:
    """None where the view may go on, else the answer to give: a page that asks for the password, or a code.

    A posted form loses nothing: the page carries its fields along, unseen, and sends them to the same address together
    with the password. Once that is right, `request.POST` holds the fields alone, as if nothing had been asked. Files
    cannot be carried; the page says that they must be chosen again. A page that is opened leads through
    `/masuk/ulang/` and back. A script gets a 403 with a sentence.
    """
    question = None if is_fresh(request) else _question(request)
    if question is None and PASSWORD in request.POST:
        # The form must stay the same one, however often it is sent and whether it was asked or not.
        request.POST = _carried(request.POST)
    return question


def _question(request: HttpRequest) -> HttpResponse | None:
    if request.method in READING:
        address = reverse("account_reauthenticate")
        return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
    if wants_json(request):
        sentence = _("Langkah ini meminta kata sandi Anda lagi. Muat ulang halamannya, lalu tekan lagi tombolnya.")
        return refused_json(sentence, code="fresh_sign_in", status=403)
    proof = _typed(request)
    if proof is None or not proof.is_valid():
        return _page(request, proof)
    _keep(request, proof)
    return None


def _typed(request: HttpRequest) -> Form | None:
    """The form of what was typed as proof: a code, where one was typed, else a password; None at the first time."""
    kind = CodeAgainForm if request.POST.get(CODE) else PasswordAgainForm if PASSWORD in request.POST else None
    return kind and kind(request.POST, user=request.user, prefix=PREFIX)


def _keep(request: HttpRequest, proof: Form) -> None:
    """Note in the session that the person was here just now."""
    if isinstance(proof, CodeAgainForm):
        proof.save()
    else:
        reauthenticate_by_password(request)


def _carried(posted: QueryDict) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, values in posted.lists():
        if name not in NOT_CARRIED:
            fields.setlist(name, values)
    return fields


def _page(request: HttpRequest, proof: Form | None) -> HttpResponse:
    """403 at first, 422 where what was typed is wrong."""
    blank = {kind: kind(user=request.user, prefix=PREFIX) for kind in (PasswordAgainForm, CodeAgainForm)}
    forms = blank | ({type(proof): proof} if proof else {})
    context = {
        "password": forms[PasswordAgainForm]["password"],
        "code": forms[CodeAgainForm]["code"],
        "takes_code": is_mfa_enabled(request.user),
        "by_code": isinstance(proof, CodeAgainForm),
        "fields": [(name, value) for name, values in _carried(request.POST).lists() for value in values],
        "files": len(request.FILES),
        "action": request.get_full_path(),
    }
    return render(request, "account/fresh.html", context, status=422 if proof else 403)
