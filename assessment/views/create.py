"""Beginning an assessment: choose a product, see its requirements, start."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Role, has_role, inside_q
from assessment import permissions, starting
from assessment.dossier import outlook, sentra_of
from assessment.forms.start import StartForm
from assessment.instruments import rules_of
from assessment.models import Assessment
from assessment.presentation.outlook import outlook_of
from outbox.delivery import UnreadableForm, form_again, receive
from sentra.models import Product
from sentra.views.pages import named_in_address

PAGE = "assessment/create.html"
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """`?produk=<uuid>` shows the product and starts it, `&sanggah=<uuid>` as an appeal; without, a search step."""
    products = Product.objects.visible_to(request.user).select_related("ikm__sentra", "sentra", "scope", "wilayah")
    product = named_in_address(request, "produk", products)
    if product is None:
        if request.method == "POST":
            raise UnreadableForm(_("Pilih dahulu produk yang dinilai."))
        return _choose(request)
    if not permissions.can_start(request.user, product):
        raise PermissionDenied(_("Hanya petugas lapangan wilayah ini yang memulai penilaian."))
    appealed = _appealed(request, product)
    if request.method == "POST":
        return receive(request, lambda: _start(request, product, appealed))
    return render(request, PAGE, _context(request, product, appealed) | {"form": StartForm()})


def _choose(request: HttpRequest) -> HttpResponse:
    if not has_role(request.user, Role.OFFICER):
        raise PermissionDenied(_("Hanya petugas lapangan yang memulai penilaian."))
    text = request.GET.get("q", "").strip()[:100]
    rows = _startable(request.user)
    if text:
        rows = rows.named(text)
    products = list(rows[: SHOWN + 1])
    return render(
        request,
        "assessment/choose.html",
        {
            "text": text,
            "products": products[:SHOWN],
            "has_more": len(products) > SHOWN,
        },
    )


def _startable(user: User) -> QuerySet[Product]:
    """Products in use inside the officer's duty that have a maker and are not being assessed, by name.

    One whose assessment is orphaned is among them, so that its page can say what to do.
    """
    being_assessed = (
        Assessment.objects.open().exclude(pk__in=Assessment.objects.orphaned()).filter(product=OuterRef("pk"))
    )
    return (
        Product.objects.in_use()
        .filter(inside_q(user, "wilayah__code", Role.OFFICER), ikm__isnull=False)
        .exclude(Exists(being_assessed))
        .select_related("ikm", "wilayah", "scope")
        .by_name()
    )


def _appealed(request: HttpRequest, product: Product) -> Assessment | None:
    """The decided assessment of `product` that `?sanggah=` names, None where it names none; 404 for any other."""
    closed = Assessment.objects.visible_to(request.user).filter(
        product=product, state__in=Assessment.CLOSED_BY_DECISION
    )
    return named_in_address(request, "sanggah", closed)


def _start(request: HttpRequest, product: Product, appealed: Assessment | None) -> str | HttpResponse:
    form = StartForm(request.POST)
    if form.is_valid():
        try:
            assessment = starting.start(product, by=request.user, pk=form.cleaned_data["id"], appeal_of=appealed)
        except starting.CannotStart as reason:
            form.add_error(None, str(reason))
        else:
            return reverse("assessment:sheet", args=[assessment.pk])
    return form_again(request, form, PAGE, _context(request, product, appealed))


def _context(request: HttpRequest, product: Product, appealed: Assessment | None) -> dict[str, Any]:
    """The round and the requirements, or the sentence why the product cannot be assessed now."""
    context = {"product": product, "sentra": sentra_of(product), "appealed": appealed}
    try:
        found = starting.round_for(product)
    except starting.CannotStart as reason:
        opened = Assessment.objects.open().visible_to(request.user).filter(product=product)
        return context | {"obstacle": str(reason), "open_assessment": opened.first()}
    rules = rules_of(found.instrument_id)
    today = timezone.localdate(timezone=product.wilayah.zone.tzinfo)
    return context | {
        "round": found,
        "indicator_count": len(rules.indicators_for(product.scope_id)),
        "outlook": outlook_of(outlook(product, rules, on=today)),
    }
