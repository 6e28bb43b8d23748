"""What a list is: declared once, found by its key."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sentra.filters.base import CatalogueFilter
from sentra.listing.columns import Column, Words, shown_at_first
from sentra.listing.orders import Order
from sentra.listing.paging import as_they_are


def _leave(user: User, rows: Sequence[Any]) -> None:
    """Rows that need nothing more to be drawn."""


@dataclass(frozen=True)
class DeclaredList:
    """A list of records, from its filter to its columns.

    `key` stands in addresses, kept layouts and saved filters, `url_name` is its page. `rows(user)` are all the rows
    the user may see, `drawn(rows)` adds what is worked out whichever columns are shown, in the same query, and
    `prepare(user, rows)` puts on the rows of one page what takes queries of its own. `reads` names the fields that are
    needed in any case; where it names some, no others are fetched than these and what the shown columns read.

    The first column names the row; the first order is the usual one. `cells` is the template whose blocks, named like
    the columns, draw one cell of `row`.
    """

    key: str
    url_name: str
    noun: Words
    filter_class: type[CatalogueFilter]
    rows: Callable[[User], QuerySet]
    columns: tuple[Column, ...]
    orders: tuple[Order, ...]
    cells: str
    reads: tuple[str, ...] = ()
    drawn: Callable[[QuerySet], QuerySet] = as_they_are
    prepare: Callable[[User, Sequence[Any]], None] = _leave

    @property
    def address(self) -> str:
        return reverse(self.url_name)

    @property
    def usual_columns(self) -> list[str]:
        return shown_at_first(self.columns)

    def orders_for(self, filterset: CatalogueFilter) -> tuple[Order, ...]:
        """The orders to choose from, the usual one first: of what is searched for, the best fitting ones."""
        if not filterset.relevance:
            return self.orders
        return (Order("cocok", _("Paling cocok"), "", filterset.relevance), *self.orders)

    def drawn_in(self, columns: Iterable[Column]) -> Callable[[QuerySet], QuerySet]:
        """What makes of bare rows those that are drawn in these columns: all that they need, and no more."""
        shown = list(columns)
        steps = [self._fetched(shown), self.drawn, *(column.adds for column in shown if column.adds)]
        return lambda rows: reduce(lambda so_far, step: step(so_far), steps, rows)

    def _fetched(self, columns: Sequence[Column]) -> Callable[[QuerySet], QuerySet]:
        """What narrows rows to the fields that are read: a page of whole rows takes a fifth of its time to be made."""
        if not self.reads:
            return as_they_are
        fields = [*self.reads, *(name for column in columns for name in column.reads)]
        related = {name.rpartition("__")[0] for name in fields} - {""}
        return lambda rows: rows.select_related(*related).only(*fields)

    def filtered(self, query: Any, user: User) -> CatalogueFilter:
        """The filter that `query` (the parameters of an address) sets, over what `user` may see."""
        return self.filter_class(query, self.rows(user), user=user)


_lists: dict[str, DeclaredList] = {}


def register(declared: DeclaredList) -> DeclaredList:
    """Make `declared` known under its key, for its layouts and saved filters; again under the same key replaces it."""
    _lists[declared.key] = declared
    return declared


def list_named(key: str) -> DeclaredList | None:
    return _lists.get(key)
