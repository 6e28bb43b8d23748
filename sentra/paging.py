"""Pages of long lists: 50 rows each, 200 pages at most, counted exactly to 10,000."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

PAGE_SIZE = 50
LAST_PAGE = 200
COUNTED = PAGE_SIZE * LAST_PAGE


class CappedPaginator(Paginator):
    """Counts and shows no further than row 10,000; `has_more` says that there are others."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: COUNTED + 1].count()

    @property
    def count(self) -> int:
        return min(self._counted, COUNTED)

    @property
    def has_more(self) -> bool:
        return self._counted > COUNTED


@dataclass(frozen=True)
class Listing:
    """One page of a list, or the sentence why there is none (`problem`, then `page` is the empty page asked for)."""

    page: Page
    problem: str = ""

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def has_more(self) -> bool:
        return self.page.paginator.has_more


def list_page(rows: QuerySet, number: str) -> Listing:
    """The page `number` (text of the address) of `rows`. Two queries: the count and the rows."""
    paginator = CappedPaginator(rows, PAGE_SIZE)
    try:
        return Listing(paginator.page(number))
    except PageNotAnInteger:
        problem = _("Nomor halaman tidak dikenali. Mulai lagi dari halaman pertama.")
    except EmptyPage:
        problem = _no_such_page(paginator)
    return Listing(Page([], 1, paginator), problem)


def _no_such_page(paginator: CappedPaginator) -> str:
    if paginator.has_more:
        return _(
            "Daftar ditampilkan sampai halaman %(last)s. Persempit dengan pencarian atau saringan untuk melihat"
            " sisanya."
        ) % {"last": LAST_PAGE}
    return _("Halaman ini tidak ada. Halaman terakhir daftar ini nomor %(last)s.") % {"last": paginator.num_pages}
