"""The page of a declared list: its rows, its headings, the sentence it begins with, the ways out of an empty one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import CATALOGUE_READERS, active_duties
from sentra.filters.base import CatalogueFilter
from sentra.listing.columns import Column, Words
from sentra.listing.declared import DeclaredList
from sentra.listing.drawing import drawn_columns
from sentra.listing.layout import ORDER, Layout, layout_of
from sentra.listing.orders import Sorting, directions
from sentra.listing.paging import PAGE_PARAMETERS, Listing, Rows, list_page
from sentra.listing.saved import essence
from sentra.models import SavedFilter
from sentra.permissions import can_add
from sentra.searching import MOST_FOUND
from wilayah.models import Wilayah

# Saved filters a list shows by itself; the rest stand on the page that keeps them.
SHOWN_SAVED = 12


@dataclass(frozen=True)
class Heading:
    """The heading of a column; `href` sorts by it, `state` is the value of `aria-sort`, both empty where it cannot."""

    label: Words
    css: str
    href: str = ""
    state: str = ""


@dataclass(frozen=True)
class SavedChip:
    """A saved filter beside its list: its name, the address of the list with it, and whether it is shown now."""

    name: str
    href: str
    is_on: bool


def list_context(request: HttpRequest, declared: DeclaredList) -> dict[str, Any]:
    """The context of a list: one page of it and all that stands around it.

    Queries besides those of the filter: count and rows, layout, saved filters; for an empty list one per filter set.
    """
    filterset = declared.filtered(request.GET, request.user)
    orders = declared.orders_for(filterset)
    layout = layout_of(declared, request.user, request.GET, orders)
    listing = list_page(rows_of(filterset, declared.drawn_in(layout.columns)), layout.sorting, request.GET)
    declared.prepare(request.user, listing.page)
    present = essence(filterset, request.GET)
    is_empty = not listing.count and not listing.problem and filterset.form.is_valid()
    is_emptied = is_empty and bool(filterset.values)
    return {
        "declared": declared,
        "filter": filterset,
        "listing": listing,
        "sorting": layout.sorting,
        "sortings": directions(orders),
        "headings": headings(declared, layout, request.GET),
        "columns": drawn_columns(layout.columns, declared.cells),
        "heading": _heading(filterset, listing, str(declared.noun), place_words(filterset.area, request.user)),
        "ways_out": filterset.ways_out() if is_emptied else [],
        "is_bare": is_empty and not is_emptied,
        "saved": saved_chips(declared, request.user, present),
        "present": present,
        "layout": f"{reverse('listing:layout', args=[declared.key])}{f'?{present}' if present else ''}",
        "can_add": can_add(request.user),
        "has_duty": bool(active_duties(request.user)),
    }


def saved_chips(declared: DeclaredList, user: User, present: str) -> list[SavedChip]:
    """The first of the filters saved for this list; the one that `present` (an essence) shows is marked. One query."""
    saved = SavedFilter.objects.filter(list_key=declared.key).listed_for(user).values_list("name", "query")
    return [SavedChip(name, f"?{query}", is_on=query == present) for name, query in saved[:SHOWN_SAVED]]


def rows_of(filterset: CatalogueFilter, drawn: Callable[[QuerySet], QuerySet]) -> Rows:
    """The rows that match. Those of a search are fetched by their keys, so that it is made once: one query."""
    if not filterset.relevance:
        return Rows(filterset.rows, drawn, is_narrowed=filterset.is_narrowed)
    keys = list(filterset.rows.order_by().values_list("pk", flat=True))
    found = filterset.queryset.model.objects.filter(pk__in=keys)
    return Rows(found, drawn, is_narrowed=True, count=len(keys), most=MOST_FOUND)


def headings(declared: DeclaredList, layout: Layout, query: QueryDict) -> list[Heading]:
    """One per column; that of the present order leads to its other direction, the others to their usual one."""
    usual = {order.key: Sorting(order, order.starts_down) for order in declared.orders}
    return [_heading_of(column, layout.sorting, usual, query) for column in layout.columns]


def _heading_of(column: Column, present: Sorting, usual: dict[str, Sorting], query: QueryDict) -> Heading:
    if not column.order:
        return Heading(column.label, column.css)
    if column.order != present.order.key:
        return Heading(column.label, column.css, address_sorted(query, usual[column.order].parameter))
    state = "descending" if present.is_down else "ascending"
    return Heading(column.label, column.css, address_sorted(query, present.opposite.parameter), state)


def address_sorted(query: QueryDict, parameter: str) -> str:
    """The address of the list in the order `parameter`, from its beginning."""
    sorted_query = query.copy()
    sorted_query[ORDER] = parameter
    for name in PAGE_PARAMETERS:
        sorted_query.pop(name, None)
    return f"?{sorted_query.urlencode()}"


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
