"""Likely twins: asked about before a record is stored, compared on a page, and those that wait for a verifier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import Role, has_role
from outbox.delivery import form_again, receive
from sentra import duplicates, permissions
from sentra.forms.steps import StepForm
from sentra.forms.twins import CompareForm, TwinsForm
from sentra.listing.orders import Order, Sorting
from sentra.listing.paging import Rows, list_page
from sentra.models import Comparison
from sentra.models.comparison import ComparisonQuerySet
from sentra.permissions import Record
from sentra.side_by_side import side_by_side, with_facts
from sentra.views.pages import named_in_address, refuse_deactivated

LIST, COMPARE, CHOOSE = "sentra/twins/list.html", "sentra/twins/compare.html", "sentra/twins/choose.html"
LONGEST_WAITING_FIRST = Sorting(
    Order("dijawab", gettext_lazy("Paling lama menunggu"), gettext_lazy("Paling baru"), (F("answered_at"),))
)
FOUND = 20


def ask_about(
    request: HttpRequest, twins: TwinsForm, form: StepForm, page: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of `form` again, as typed, with the likely twins to be answered about."""
    twins.ask_in(form)
    return form_again(request, form, page, (context or {}) | {"twins": twins})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The pairs of the verifier's areas that are the same or may be, the longest waiting first."""
    if not has_role(request.user, Role.VERIFIER):
        raise PermissionDenied(_("Daftar ini untuk verifikator dinas."))
    rows = Comparison.objects.waiting_for(request.user)
    drawn = Rows(rows, drawn=ComparisonQuerySet.with_records, is_narrowed=True)
    listing = list_page(drawn, LONGEST_WAITING_FIRST, request.GET)
    for row in listing.page:
        row.address = compare_address(*_own_first(request.user, row))
    return render(request, LIST, {"listing": listing})


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, pk: UUID, model: type[Record]) -> HttpResponse:
    """`?dengan=<uuid>`: both records side by side and the answer. Without: the likely twins, and others by name."""
    visible = with_facts(model.objects.visible_to(request.user))
    record = get_object_or_404(visible, pk=pk)
    other = named_in_address(request, "dengan", visible.exclude(pk=pk))
    for one in (record, other):
        if one is not None:
            refuse_deactivated(one)
    if not permissions.can_compare(request.user, record, other or record):
        raise PermissionDenied(_("Hanya petugas dan verifikator wilayahnya yang membandingkan data."))
    if other is None:
        return _choose(request, record)
    if request.method == "POST":
        return receive(request, lambda: _answer(request, record, other))
    known = duplicates.comparison_of(record, other)
    form = CompareForm(record=record, known=known)
    return render(request, COMPARE, _context(request.user, record, other, known) | {"form": form})


def compare_address(record: Record, other: Record) -> str:
    address = reverse(f"{record._meta.model_name}:compare", args=[record.pk])
    return f"{address}?{urlencode({'dengan': other.pk})}"


def pairs_of(record: Record, user: User) -> list[Comparison]:
    """The waiting pairs of `record` of which `user` sees the `other`, each with the `address` to compare; one query."""
    kind = record._meta.model_name
    pairs = list(Comparison.objects.about(record).waiting(kind).seen_by(user, kind).with_records()[:FOUND])
    for row in pairs:
        row.other = next(one for one in row.records if one.pk != record.pk)
        row.address = compare_address(record, row.other)
    return pairs


def _own_first(user: User, row: Comparison) -> tuple[Record, Record]:
    """The pair of `row`, a record on which `user` acts as verifier first."""
    one, other = row.records
    return (one, other) if permissions.can_deactivate(user, one) else (other, one)


def _choose(request: HttpRequest, record: Record) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    likely = [twin.record for twin in duplicates.twins_of(record, request.user)]
    rows = type(record).objects.visible_to(request.user).in_use().in_kabupaten_of(record.wilayah_id)
    found = rows.named(text).exclude(pk=record.pk).select_related("wilayah").by_name()[:FOUND] if text else []
    shown = {"likely": likely, "found": list(found), "pairs": pairs_of(record, request.user)}
    for row in (*shown["likely"], *shown["found"]):
        row.address = compare_address(record, row)
    return render(request, CHOOSE, {"record": record, "text": text} | shown)


def _context(user: User, record: Record, other: Record, known: Comparison | None) -> dict[str, Any]:
    pair = side_by_side(record, other)
    return {
        "pair": pair,
        "known": known,
        "remedies": [
            (name, _deactivation_address(one, rather))
            for name, one, rather in zip(pair.names, (record, other), (other, record), strict=True)
            if permissions.can_deactivate(user, one)
        ],
    }


def _deactivation_address(record: Record, rather: Record) -> str:
    reason = _("Tercatat ganda; yang dipakai %(name)s.") % {"name": rather}
    return f"{record.get_deactivate_url()}?{urlencode({'alasan': reason})}"


def _answer(request: HttpRequest, record: Record, other: Record) -> str | HttpResponse:
    known = duplicates.comparison_of(record, other)
    form = CompareForm(request.POST, record=record, known=known)
    if not form.is_valid():
        return form_again(request, form, COMPARE, _context(request.user, record, other, known))
    kept = duplicates.answer(record=record, other=other, answer=form.cleaned_data["answer"], by=request.user)
    said = {"one": record, "other": other, "answer": kept.get_answer_display().lower()}
    messages.success(request, _("Jawaban tersimpan: %(one)s dan %(other)s %(answer)s.") % said)
    return record.get_absolute_url()
