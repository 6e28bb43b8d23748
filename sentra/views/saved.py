"""Pages about a list: its columns and order for oneself, and filters kept under a name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outbox.delivery import form_again, receive
from outbox.forms import ActionForm
from outbox.models import Receipt
from sentra.forms.listing import LayoutForm, SavedFilterForm
from sentra.listing.declared import DeclaredList, list_named
from sentra.listing.layout import COLUMNS, ORDER, forget_layout, keep_layout, layout_of
from sentra.listing.saved import essence, keep_filter
from sentra.models import SavedFilter

LAYOUT = "sentra/listing/layout.html"
FORM = "sentra/listing/saved_form.html"
# The form that deletes stands beside the one that renames, and has the same hidden fields.
REMOVAL_ID = "hapus_%s"
# What a receipt keeps of an address.
LONGEST_LOCATION = Receipt._meta.get_field("location").max_length


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: HttpRequest, key: str) -> HttpResponse:
    """Choose columns and order of the list; the address carries the filter to come back to."""
    declared = _declared(key)
    if request.method == "POST":
        return receive(request, lambda: _keep_layout(request, declared))
    present = layout_of(declared, request.user, request.GET)
    form = LayoutForm(declared=declared, layout=present, initial={"alamat": request.GET.urlencode()})
    return render(request, LAYOUT, {"form": form, "declared": declared})


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """The saved filters of one list: the own ones, and those that colleagues share."""
    declared = _declared(key)
    saved = list(SavedFilter.objects.filter(list_key=key).listed_for(request.user).select_related("owner"))
    return render(
        request,
        "sentra/listing/saved_list.html",
        {
            "declared": declared,
            "own": [one for one in saved if one.owner_id == request.user.pk],
            "shared": [one for one in saved if one.owner_id != request.user.pk],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the filter of the address under a name."""
    declared = _declared(key)
    if request.method == "POST":
        return receive(request, lambda: _store(request, declared, SavedFilter(list_key=key, owner=request.user)))
    form = SavedFilterForm(
        instance=SavedFilter(list_key=key, owner=request.user),
        declared=declared,
        user=request.user,
        initial={"alamat": request.GET.urlencode()},
    )
    return render(request, FORM, _form_context(form, declared))


@require_safe
def follow(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the list with the saved filter; what it shows depends on who opens it."""
    saved = get_object_or_404(SavedFilter.objects.usable_by(request.user), pk=pk)
    return redirect(f"{_declared(saved.list_key).address}?{saved.query}")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename it, share it, delete it: its owner alone."""
    if request.method == "POST":
        return receive(request, lambda: _change(request, pk))
    saved = _own(request, pk)
    declared = _declared(saved.list_key)
    form = SavedFilterForm(instance=saved, declared=declared, user=request.user)
    return render(request, FORM, _form_context(form, declared))


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    return receive(request, lambda: _remove(request, pk))


def _declared(key: str) -> DeclaredList:
    declared = list_named(key)
    if declared is None:
        raise Http404
    return declared


def _own(request: HttpRequest, pk: UUID, *, to_change: bool = False) -> SavedFilter:
    rows = SavedFilter.objects.filter(owner=request.user)
    return get_object_or_404(rows.select_for_update() if to_change else rows, pk=pk)


def _form_context(form: SavedFilterForm, declared: DeclaredList, removal: ActionForm | None = None) -> dict[str, Any]:
    saved = form.instance
    return {
        "form": form,
        "declared": declared,
        "saved": saved,
        "removal": removal or (None if form.is_new else ActionForm(record=saved, auto_id=REMOVAL_ID)),
        "back": f"{declared.address}?{saved.query or form['alamat'].value() or ''}",
    }


def _keep_layout(request: HttpRequest, declared: DeclaredList) -> str | HttpResponse:
    form = LayoutForm(request.POST, declared=declared)
    if "semula" in request.POST:
        forget_layout(declared=declared, user=request.user)
        messages.success(request, _("Daftar tampil seperti semula."))
        return _back(request, declared)
    if not form.is_valid():
        return form_again(request, form, LAYOUT, {"declared": declared})
    keep_layout(
        declared=declared,
        user=request.user,
        columns=form.cleaned_data["kolom"],
        order=form.cleaned_data["urutan"],
    )
    messages.success(request, _("Tampilan daftar disimpan untuk Anda sendiri."))
    return _back(request, declared)


def _back(request: HttpRequest, declared: DeclaredList) -> str:
    """The list with the filter one came from, in the columns and order that are kept now, from its beginning."""
    query = QueryDict(request.POST.get("alamat", ""), mutable=True)
    for name in (COLUMNS, ORDER):
        query.pop(name, None)
    address = f"{declared.address}?{essence(declared.filtered(query, request.user), query)}".removesuffix("?")
    return address if len(address) <= LONGEST_LOCATION else declared.address


def _store(request: HttpRequest, declared: DeclaredList, saved: SavedFilter) -> str | HttpResponse:
    form = SavedFilterForm(request.POST, instance=saved, declared=declared, user=request.user)
    try:
        if form.is_valid():
            keep_filter(form.instance, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    if not form.is_valid():
        return form_again(request, form, FORM, _form_context(form, declared))
    messages.success(request, _("Saringan “%(name)s” tersimpan.") % {"name": saved.name})
    return saved.get_absolute_url()


def _change(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    saved = _own(request, pk, to_change=True)
    return _store(request, _declared(saved.list_key), saved)


def _remove(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    saved = _own(request, pk, to_change=True)
    declared = _declared(saved.list_key)
    removal = ActionForm(request.POST, record=saved, auto_id=REMOVAL_ID)
    if not removal.is_valid():
        form = SavedFilterForm(instance=saved, declared=declared, user=request.user)
        return form_again(request, removal, FORM, _form_context(form, declared, removal))
    saved.delete()
    messages.success(request, _("Saringan “%(name)s” dihapus.") % {"name": saved.name})
    return reverse("listing:saved_list", args=[declared.key])
