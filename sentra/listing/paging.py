"""Pages of long lists: 50 rows each, counted exactly to 10,000.

"Berikutnya" and "Sebelumnya" carry a cursor: what the last (first) row shown is sorted by. A page therefore begins
where the one before it ended, also while rows are added, and page 10,000 costs what page 2 costs. `?page=` counts rows
from the beginning instead, as far as page 200.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.translation import gettext as _

from sentra.arrays import OneOf
from sentra.listing.orders import Sorting

PAGE_SIZE = 50
LAST_PAGE = 200
COUNTED = PAGE_SIZE * LAST_PAGE

AFTER, BEFORE, NUMBER = "setelah", "sebelum", "page"
PAGE_PARAMETERS = (AFTER, BEFORE, NUMBER)
SALT = "sentra.listing.paging"
WHOLE_NUMBER = re.compile(r"-?[0-9]+")


@dataclass(frozen=True)
class Listing:
    """One page of a list, or the sentence why there is none (`problem`).

    `count` is exact unless `has_more`. `number` is the number of the page as far as it is known: rows may have been
    added before it. `next` and `previous` are the cursors of the neighbours, empty where there is none.
    """

    page: list[Any] = field(default_factory=list)
    count: int = 0
    has_more: bool = False
    number: int = 1
    next: str = ""
    previous: str = ""
    problem: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are, 200 at most."""
        return max(math.ceil(self.count / PAGE_SIZE), 1)

    @property
    def is_split(self) -> bool:
        return bool(self.next or self.previous)


def as_they_are(rows: QuerySet) -> QuerySet:
    """Rows to which nothing is added."""
    return rows


@dataclass(frozen=True)
class Rows:
    """The rows a list is made of: those `found`, bare, and what `drawn` adds to those of one page.

    `is_narrowed`: a filter leaves fewer than the list has. `count` is what is known already; else a query finds it.
    More than `most`, 10,000 where nothing is said, are not counted.
    """

    found: QuerySet
    drawn: Callable[[QuerySet], QuerySet] = as_they_are
    is_narrowed: bool = False
    count: int | None = None
    most: int | None = None

    def counted(self) -> int:
        return capped_count(self.found) if self.count is None else self.count

    def shown(self, page: QuerySet, sorting: Sorting, *, backwards: bool = False) -> QuerySet:
        """The rows of `page`, a slice of those found in the order of `sorting`, drawn and in the same order.

        PostgreSQL finds the keys of the page first. Else it would join everything that is drawn to every row that the
        page passes over, and to every row that it sorts.
        """
        rows = self.found.model._default_manager.filter(OneOf("pk", page.values("pk")))
        return sorting.rows(self.drawn(rows), backwards=backwards)


def list_page(rows: Rows, sorting: Sorting, query: Mapping[str, str]) -> Listing:
    """The page of `rows` that the address asks for.

    Up to two queries: the count and the rows; a third where going back arrives at the beginning.
    """
    counted, most = rows.counted(), rows.most or COUNTED
    place = _Place(rows, sorting, by_index=not rows.is_narrowed or counted > COUNTED)
    known = {"count": min(counted, most), "has_more": counted > most}
    for name in (AFTER, BEFORE):
        if query.get(name):
            return _page_by_cursor(place, query[name], known, backwards=name == BEFORE)
    return _page_by_number(place, query.get(NUMBER) or "1", known)


@dataclass(frozen=True)
class _Place:
    """Rows in an order, of which a page is shown."""

    rows: Rows
    sorting: Sorting
    by_index: bool

    def ordered(self, *, backwards: bool = False) -> QuerySet:
        return self.sorting.rows(self.rows.found, backwards=backwards, by_index=self.by_index)

    def shown(self, page: QuerySet, *, backwards: bool = False) -> list[Any]:
        return list(self.rows.shown(page, self.sorting, backwards=backwards))


def capped_count(rows: QuerySet) -> int:
    """How many `rows` there are, 10,001 at most: beyond that nothing is counted."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


class CountOf(Subquery):
    """How many rows a query has, as a value of another query."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def capped_count_of(rows: QuerySet) -> CountOf:
    """`capped_count` as an expression, so that several are asked for at once."""
    return CountOf(rows.order_by().values("pk")[: COUNTED + 1])


def _page_by_number(place: _Place, text: str, known: dict[str, Any]) -> Listing:
    if not WHOLE_NUMBER.fullmatch(text):
        return Listing(**known, problem=_("Nomor halaman tidak dikenali. Mulai lagi dari halaman pertama."))
    last = Listing(**known).pages
    number = int(text) if len(text) < 10 else 0
    if not 1 <= number <= last:
        return Listing(**known, problem=_no_such_page(last, known["has_more"]))
    start = (number - 1) * PAGE_SIZE
    found = place.shown(place.ordered()[start : start + PAGE_SIZE + 1]) if known["count"] else []
    return _page(
        found[:PAGE_SIZE], place.sorting, known, number, has_next=len(found) > PAGE_SIZE, has_previous=number > 1
    )


def _page_by_cursor(place: _Place, text: str, known: dict[str, Any], *, backwards: bool) -> Listing:
    rows, sorting = place.ordered(backwards=backwards), place.sorting
    try:
        number, values = _read(rows, sorting, text)
    except (signing.BadSignature, ValidationError, ValueError, TypeError):
        return Listing(**known, problem=_("Tautan ke halaman ini rusak atau sudah lama. Mulai lagi dari depan."))
    beyond = sorting.beyond(rows, values, backwards=backwards)[: PAGE_SIZE + 1]
    found = place.shown(beyond, backwards=backwards)
    has_further = len(found) > PAGE_SIZE
    if backwards:
        if not has_further:
            return _page_by_number(place, "1", known)
        return _page(found[PAGE_SIZE - 1 :: -1], sorting, known, max(number, 2), has_next=True, has_previous=True)
    if not found:
        return Listing(**known, problem=_("Tidak ada lagi baris sesudah ini. Mulai lagi dari depan."))
    return _page(found[:PAGE_SIZE], sorting, known, number, has_next=has_further, has_previous=True)


def _page(
    found: list[Any], sorting: Sorting, known: dict[str, Any], number: int, *, has_next: bool, has_previous: bool
) -> Listing:
    return Listing(
        page=found,
        number=number,
        next=_write(sorting, found[-1], number + 1) if has_next else "",
        previous=_write(sorting, found[0], number - 1) if has_previous else "",
        **known,
    )


def _write(sorting: Sorting, row: Any, number: int) -> str:
    """The cursor at `row`, which leads to the page `number`.

    SECURITY: signed, so that the values compared with are those of a row that was shown, and of the right type.
    """
    return signing.dumps([sorting.parameter, number, *sorting.values_of(row)], salt=SALT)


def _read(rows: QuerySet, sorting: Sorting, text: str) -> tuple[int, list[Any]]:
    """The number of the page and the values the cursor `text` holds. ValueError where it belongs to another order."""
    parameter, number, *texts = signing.loads(text, salt=SALT)
    if parameter != sorting.parameter:
        raise ValueError(parameter)
    return number, sorting.read(rows, texts)


def _no_such_page(last: int, has_more: bool) -> str:
    if has_more:
        return _(
            "Menurut nomor, daftar ditampilkan sampai halaman %(last)s. Persempit dengan pencarian atau saringan, atau"
            " maju dengan tombol Berikutnya."
        ) % {"last": last}
    return _("Halaman ini tidak ada. Halaman terakhir daftar ini nomor %(last)s.") % {"last": last}
