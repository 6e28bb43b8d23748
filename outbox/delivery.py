"""Exactly-once delivery of forms: the same sending twice has one effect and one answer (docs/adr/0013)."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.db import Error, IntegrityError, OperationalError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from psycopg import errors

from accounts.refusals import refused_json, wants_json
from outbox.constraints import sentence_of
from outbox.models import Receipt

NOT_CONTENT = {"csrfmiddlewaretoken", "idempotency_key"}
# The last accepted keys, readable by static/js/draft-ids.js: a page out of a cache must not use one again.
ACCEPTED_COOKIE = "diterima"
ACCEPTED_KEPT = 5
KEY_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Two transactions that wait for each other, or that PostgreSQL cannot put one after the other: it ends one of them.
COLLISIONS = (errors.DeadlockDetected, errors.SerializationFailure)
ATTEMPTS = 3

Work = Callable[[], str | HttpResponse]


class UnreadableForm(BadRequest):
    """A form that no page of ours sends; `str()` is a sentence for the person, which Django's BadRequest is not."""


class _NotAccepted(Exception):
    """Carries the answer out of the transaction, so that everything written is rolled back."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def receive(request: HttpRequest, work: Work) -> HttpResponse:
    """Run `work` once per `idempotency_key` of the posted form and answer.

    `work` runs inside one transaction together with the receipt. A returned address (str) means stored: the receipt
    keeps it and the browser is sent there (303), a script gets the receipt as JSON. A returned response (see
    `form_again`) means not accepted: everything is rolled back and the key stays free. The same key with the same
    content gets the first answer again and `work` is not run; with other content, or from another person, the answer
    is 409. Two at once: the second waits for the first.

    Where a constraint refuses what the form let through, or two transactions wait for each other, somebody was faster;
    `work` is then run again, from nothing, `ATTEMPTS` times in all, so that the form itself finds the other's row and
    says so at its field. Whatever `work` does outside the database it must therefore be able to do that often. What
    stays refused is a 409, or a 503 where sending again may help.
    """
    key = _key_of(request)
    if key is None:
        return _refuse(request, _("Formulir ini tidak lengkap. Kembali, muat ulang halamannya, lalu isi lagi."), 400)
    fingerprint = content_hash(request)
    lost: Error | None = None
    for _attempt in range(ATTEMPTS):
        try:
            return _accept(request, key, fingerprint, work)
        except (IntegrityError, OperationalError) as error:
            if not is_lost_race(error):
                raise
            lost = error
    return _tell(request, lost)


def is_lost_race(error: Error) -> bool:
    """Whether `error` came from what somebody else stored, or was storing, at the same time."""
    return isinstance(error, IntegrityError) or isinstance(error.__cause__, COLLISIONS)


def _accept(request: HttpRequest, key: UUID, fingerprint: str, work: Work) -> HttpResponse:
    try:
        with transaction.atomic():
            receipt, is_new = _take_receipt(key, request, fingerprint)
            if is_new:
                outcome = work()
                if isinstance(outcome, HttpResponse):
                    raise _NotAccepted(outcome)
                receipt.location = outcome
                Receipt.objects.filter(key=key).update(location=outcome)
    except _NotAccepted as refusal:
        return refusal.response
    if receipt.user_id != request.user.pk or receipt.content_hash != fingerprint:
        sentence = _("Formulir ini sudah pernah dikirim dengan isi lain. Buka lagi halamannya untuk melihat hasilnya.")
        return _refuse(request, sentence, 409)
    return _answer(request, receipt)


def form_again(
    request: HttpRequest, form: BaseForm, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page `template` with `form` as it was typed: 422, or 409 where somebody changed the record meanwhile.

    A script gets the errors per field as JSON instead (message and code), those of the whole form under `__all__`.
    """
    status = 409 if getattr(form, "is_stale", False) else 422
    if wants_json(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=status)
    return render(request, template, {"form": form} | (context or {}), status=status)


def content_hash(request: HttpRequest) -> str:
    """SHA-256 over the address, the parsed fields and the SHA-256 of each file.

    Never over the raw body: every retry of a multipart form has another boundary. The CSRF token and the key itself
    do not count.
    """
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT)
    files = sorted((name, [file_hash(file) for file in files]) for name, files in request.FILES.lists())
    canonical = json.dumps([request.path, fields, files], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def file_hash(file: UploadedFile) -> str:
    """SHA-256 of an uploaded file in constant memory; the file is rewound before and after."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _key_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None


def _take_receipt(key: UUID, request: HttpRequest, fingerprint: str) -> tuple[Receipt, bool]:
    receipt = Receipt(key=key, user_id=request.user.pk, content_hash=fingerprint)
    if Receipt.objects.put_down(receipt):
        return receipt, True
    return Receipt.objects.get(key=key), False


def _answer(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    if wants_json(request):
        response = JsonResponse({"receipt": str(receipt.key), "location": receipt.location})
    else:
        response = HttpResponseRedirect(receipt.location)
        response.status_code = 303
    response.set_cookie(
        ACCEPTED_COOKIE,
        ".".join(_accepted_keys(request, receipt)),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _accepted_keys(request: HttpRequest, receipt: Receipt) -> list[str]:
    """This key, then those the browser still knows, the newest first."""
    known = [key for key in request.COOKIES.get(ACCEPTED_COOKIE, "").split(".") if KEY_FORM.fullmatch(key)]
    return list(dict.fromkeys([str(receipt.key), *known]))[:ACCEPTED_KEPT]


def _tell(request: HttpRequest, lost: Error) -> HttpResponse:
    if isinstance(lost, IntegrityError):
        return _refuse(request, sentence_of(lost), 409)
    sentence = _(
        "Isian ini belum tersimpan, karena pada saat yang sama orang lain menyimpan data yang sama. Muat ulang halaman"
        " ini untuk mengirimnya lagi; isian tidak akan tercatat dua kali."
    )
    return _refuse(request, sentence, 503)


def _refuse(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if wants_json(request):
        return refused_json(sentence, code="refused", status=status)
    return render(request, f"{status}.html", {"sentence": sentence}, status=status)
