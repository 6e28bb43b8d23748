"""What the pages of sentra, IKM and products share: the context of a list, and rows named in an address."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import CATALOGUE_READERS, active_duties
from sentra.filters import CatalogueFilter
from sentra.forms.choices import is_key
from sentra.models import Certificate
from sentra.models.parts import CatalogueQuerySet
from sentra.paging import Listing, list_page
from sentra.permissions import Record, can_add, can_edit
from wilayah.models import Wilayah


def list_context(request: HttpRequest, filterset: CatalogueFilter, rows: QuerySet, *, noun: str) -> dict[str, Any]:
    """The context of a list: its page, the sentence it begins with, and for an empty one which filter empties it."""
    listing = list_page(rows, request.GET.get("page") or "1")
    is_empty = not listing.count and not listing.problem and filterset.form.is_valid()
    is_emptied = is_empty and bool(filterset.values)
    return {
        "filter": filterset,
        "listing": listing,
        "heading": _heading(filterset, listing, noun, place_words(filterset.area, request.user)),
        "ways_out": filterset.ways_out() if is_emptied else [],
        "is_bare": is_empty and not is_emptied,
        "can_add": can_add(request.user),
        "has_duty": bool(active_duties(request.user)),
    }


def _heading(filterset: CatalogueFilter, listing: Listing, noun: str, place: str) -> str:
    words = {"count": _count_words(listing), "noun": noun, "place": place}
    if not place or not filterset.form.is_valid():
        return noun[:1].upper() + noun[1:]
    if listing.count:
        return _("%(count)s %(noun)s di %(place)s") % words
    if filterset.values:
        return _("Tidak ada %(noun)s yang cocok") % words
    return _("Belum ada %(noun)s di %(place)s") % words


def place_words(area: Wilayah | None, user: User) -> str:
    """Where a list looks, in words: the area of the filter, else the duties of `user`; empty without any."""
    if area:
        return area.short_name
    areas = {duty.wilayah for duty in active_duties(user) if duty.role in CATALOGUE_READERS}
    if None in areas:
        return _("seluruh Indonesia")
    names = sorted(area.short_name for area in areas)
    return _(" dan ").join(names) if len(names) < 3 else _("wilayah tugas Anda")


def _count_words(listing: Listing) -> str:
    """The number of rows as a sentence begins with it: "6", "1.463", "Lebih dari 10.000"."""
    number = f"{listing.count:,}".replace(",", ".")
    return _("Lebih dari %(number)s") % {"number": number} if listing.has_more else number


def named_in_address(request: HttpRequest, name: str, rows: QuerySet) -> Model | None:
    """The row whose key stands in the address (`?sentra=<uuid>`), None where none stands; 404 where it is not seen."""
    key = request.GET.get(name)
    if not key:
        return None
    if not is_key(key):
        raise Http404
    return get_object_or_404(rows, pk=key)


def editable(request: HttpRequest, rows: CatalogueQuerySet, pk: UUID) -> Record:
    """The row `pk`: 404 where the user does not see it, 403 where the user sees it and may not change it."""
    record = get_object_or_404(rows.visible_to(request.user), pk=pk)
    refuse_deactivated(record)
    if not can_edit(request.user, record):
        raise PermissionDenied
    return record


def refuse_deactivated(record: Record | Certificate) -> None:
    """PermissionDenied with a sentence where `record` is out of use."""
    if not record.is_in_use:
        raise PermissionDenied(
            _("%(name)s sudah dinonaktifkan, jadi tidak dapat diubah. Verifikator dapat mengaktifkannya lagi.")
            % {"name": record}
        )
