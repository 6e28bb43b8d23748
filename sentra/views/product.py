"""Pages of the products: list, detail, add, edit."""

from functools import cache
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from outbox.delivery import form_again, receive
from sentra import catalogue, duplicates, notes, overview, panels, permissions
from sentra.forms.product import ProductForm
from sentra.forms.twins import TwinsForm
from sentra.lists.product import PRODUCT_LIST
from sentra.models import IKM, Product, Sentra
from sentra.models.product import ProductQuerySet
from sentra.views.lists import list_context
from sentra.views.pages import editable, named_in_address, refuse_deactivated, sendable
from sentra.views.stored import tell_stored
from sentra.views.twins import ask_about

FORM = "sentra/product/form.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "sentra/product/list.html", list_context(request, PRODUCT_LIST))


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    product = get_object_or_404(_rows().visible_to(request.user), pk=pk)
    sentra = product.sentra or (product.ikm.sentra if product.ikm else None)
    return render(
        request,
        "sentra/product/detail.html",
        {
            "product": product,
            "may_be_double": duplicates.may_be_double(product, request.user),
            "sentra": sentra,
            "sees_sentra": sentra is not None and permissions.can_see(request.user, sentra),
            "judge": catalogue.judge_of(product),
            "panels": panels.product_panels(request.user, product),
            "papers": overview.papers_of(product, request.user),
            "photos": overview.photos_of(product),
            "notes": notes.latest_of(product),
            "can_edit": permissions.can_edit(request.user, product),
            "can_deactivate": permissions.can_deactivate(request.user, product),
        },
    )


@cache
def _rows() -> ProductQuerySet:
    """The products with all that their page shows of the row itself; written once, which takes as long as to ask."""
    rows = duplicates.with_pair_mark(Product.objects.annotate(latest_notes=notes.latest_notes("product")))
    return rows.select_related("wilayah", "scope", "ikm__sentra", "sentra", "created_by")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not permissions.can_add(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return receive(request, lambda: _store(request, Product()))
    makers = _named_makers(request)
    initial = {name: maker.pk for name, maker in makers.items()}
    form = ProductForm(instance=Product(), user=request.user, initial=initial)
    if form.has_no_maker:
        has_ikm = IKM.objects.editable_by(request.user).exists()
        return render(request, "sentra/product/no_maker.html", {"has_ikm": has_ikm})
    return render(request, FORM, {"form": form, "origin": _origin(makers)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _store(request, sendable(request, Product.objects.select_for_update(), pk)))
    product = editable(request, Product.objects.all(), pk)
    return render(request, FORM, {"form": ProductForm(instance=product, user=request.user)})


def _named_makers(request: HttpRequest) -> dict[str, IKM | Sentra]:
    """The makers of `?ikm=<uuid>` and `?sentra=<uuid>`, from where "Produk baru" was pressed."""
    makers = {
        "ikm": named_in_address(request, "ikm", IKM.objects.visible_to(request.user)),
        "sentra": named_in_address(request, "sentra", Sentra.objects.visible_to(request.user)),
    }
    named = {name: maker for name, maker in makers.items() if maker}
    for maker in named.values():
        refuse_deactivated(maker)
        if not permissions.can_edit(request.user, maker):
            raise PermissionDenied
    return named


def _origin(makers: dict[str, IKM | Sentra]) -> IKM | Sentra | None:
    return makers.get("ikm") or makers.get("sentra")


def _store(request: HttpRequest, product: Product) -> str | HttpResponse:
    form = ProductForm(request.POST, instance=product, user=request.user)
    if not form.is_valid():
        return form_again(request, form, FORM, {"origin": _origin(_named_makers(request))})
    twins = TwinsForm(form, user=request.user)
    if not twins.is_settled:
        return ask_about(request, twins, form, FORM, {"origin": _origin(_named_makers(request))})
    saved = catalogue.save_product(product=form.instance, by=request.user)
    twins.keep_answers(saved)
    tell_stored(request, form, _("Produk %(name)s tersimpan.") % {"name": saved.name})
    return saved.get_absolute_url()
