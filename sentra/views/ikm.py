"""Pages of the IKM: list, detail, add, edit."""

from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from outbox.delivery import form_again, receive
from sentra import catalogue, duplicates, notes, overview, panels, permissions
from sentra.figures import years_of
from sentra.forms.ikm import IKMContactForm, IKMForm
from sentra.forms.twins import TwinsForm
from sentra.lists.ikm import IKM_LIST
from sentra.models import IKM, Contact, Product, Sentra
from sentra.models.ikm import IKMQuerySet
from sentra.sizes import size_of, with_rule_source
from sentra.views.lists import list_context
from sentra.views.pages import editable, named_in_address, sendable
from sentra.views.stored import tell_stored
from sentra.views.twins import ask_about
from wilayah.models import Wilayah

FORM = "sentra/ikm/form.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "sentra/ikm/list.html", list_context(request, IKM_LIST))


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    ikm = get_object_or_404(_rows().visible_to(request.user), pk=pk)
    products = list(Product.objects.visible_to(request.user).in_use().filter(ikm=ikm).by_name())
    panels.add_product_marks(request.user, products)
    years = years_of(ikm)
    shows_contact = permissions.can_see_contact(request.user, ikm)
    return render(
        request,
        "sentra/ikm/detail.html",
        {
            "ikm": ikm,
            "may_be_double": duplicates.may_be_double(ikm, request.user),
            "products": products,
            "papers": overview.papers_of(ikm, request.user),
            "photos": overview.photos_of(ikm),
            "figures": overview.figures_context(years),
            "size": size_of(ikm, years[0] if years else None),
            "notes": notes.latest_of(ikm),
            "shows_contact": shows_contact,
            "contact": Contact.objects.filter(ikm=ikm).first() if shows_contact else None,
            "sees_sentra": ikm.sentra is not None and permissions.can_see(request.user, ikm.sentra),
            "can_open_papers": permissions.can_open_papers(request.user, ikm),
            "can_edit": permissions.can_edit(request.user, ikm),
            "can_deactivate": permissions.can_deactivate(request.user, ikm),
        },
    )


@cache
def _rows() -> IKMQuerySet:
    """The IKM with all that its page shows of the row itself; written once, which takes as long as to ask."""
    rows = duplicates.with_pair_mark(IKM.objects.annotate(latest_notes=notes.latest_notes("ikm")))
    return with_rule_source(rows).select_related("wilayah", "branch", "sentra", "created_by")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not permissions.can_add(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return receive(request, lambda: _store(request, IKM(), IKMContactForm))
    sentra = _named_sentra(request)
    form = IKMContactForm(instance=IKM(), user=request.user, initial=_prefilled(sentra))
    return render(request, FORM, {"form": form, "origin": sentra})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return receive(request, lambda: _store_changed(request, pk))
    ikm = editable(request, IKM.objects.all(), pk)
    return render(request, FORM, {"form": _form_class(request, ikm)(instance=ikm, user=request.user)})


def _form_class(request: HttpRequest, ikm: IKM) -> type[IKMForm]:
    return IKMContactForm if permissions.can_see_contact(request.user, ikm) else IKMForm


def _named_sentra(request: HttpRequest) -> Sentra | None:
    """The sentra of `?sentra=<uuid>`, from where "IKM baru" was pressed."""
    return named_in_address(
        request, "sentra", Sentra.objects.open_for_members_of(request.user).select_related("wilayah")
    )


def _prefilled(sentra: Sentra | None) -> dict[str, Any]:
    """Sentra, branch and village of a firm in `sentra`."""
    if sentra is None:
        return {}
    is_village = sentra.wilayah.level == Wilayah.Level.DESA
    return {"sentra": sentra.pk, "branch": sentra.branch_id} | ({"wilayah": sentra.wilayah_id} if is_village else {})


def _store_changed(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    ikm = sendable(request, IKM.objects.select_for_update(), pk)
    return _store(request, ikm, _form_class(request, ikm))


def _store(request: HttpRequest, ikm: IKM, form_class: type[IKMForm]) -> str | HttpResponse:
    form = form_class(request.POST, request.FILES, instance=ikm, user=request.user)
    if not form.is_valid():
        return form_again(request, form, FORM, {"origin": _named_sentra(request)})
    twins = TwinsForm(form, user=request.user)
    if not twins.is_settled:
        return ask_about(request, twins, form, FORM, {"origin": _named_sentra(request)})
    saved = catalogue.save_ikm(
        ikm=form.instance, by=request.user, contact=form.contact(), nib_paper=form.cleaned_data["nib_paper"]
    )
    twins.keep_answers(saved)
    tell_stored(request, form, _("IKM %(name)s tersimpan.") % {"name": saved.name})
    return saved.get_absolute_url()
