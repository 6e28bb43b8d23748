"""What a search finds: the best rows of every list, each through the filter and the rights of that list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from outbox.text import one_line
from sentra import spelling
from sentra.listing.columns import Column
from sentra.listing.declared import DeclaredList, list_named
from sentra.listing.drawing import DrawnColumn, drawn_columns
from sentra.listing.orders import directions
from sentra.listing.paging import Rows

# The lists in the order of the page, and the columns by which a row is told from others.
SEARCHED = {
    "sentra": ("nama", "komoditas", "keadaan"),
    "ikm": ("nama", "sentra", "keadaan"),
    "produk": ("nama", "pembuat", "hasil"),
    "penilaian": ("nama", "pembuat", "keadaan"),
}
SHOWN = 5
# Two letters resemble half of all names.
LEAST_LETTERS = 3


@dataclass(frozen=True)
class Group:
    """What one list has for the words: at most five rows, and the address of all of them where there are more."""

    declared: DeclaredList
    columns: list[DrawnColumn]
    rows: list[Any]
    href: str

    @property
    def headings(self) -> list[Column]:
        return [drawn.column for drawn in self.columns]


@dataclass(frozen=True)
class Results:
    """`groups` are those that found something; `problem` says why nothing was searched."""

    words: str
    groups: list[Group]
    problem: str = ""


def search(text: str, user: User) -> Results:
    """Look for `text` in every list. One query per list, one for misspelt words, and what the rows need to be drawn."""
    words = one_line(text)
    if words and len(words) < LEAST_LETTERS:
        return Results(words, [], _("Tulis paling sedikit tiga huruf."))
    if not words:
        return Results(words, [])
    corrected = spelling.corrected(words)
    found = (_group(declared, columns, words, user, corrected) for declared, columns in _searched())
    return Results(words, [group for group in found if group.rows])


def _searched() -> list[tuple[DeclaredList, tuple[str, ...]]]:
    return [(list_named(key), columns) for key, columns in SEARCHED.items()]


def _group(
    declared: DeclaredList, keys: tuple[str, ...], words: str, user: User, corrected: list[spelling.Question]
) -> Group:
    filterset = declared.filtered(QueryDict(urlencode({"q": words})), user)
    # Else each list would look them up.
    filterset.corrected = corrected
    sorting = directions(declared.orders_for(filterset))[0]
    first = sorting.rows(filterset.rows)[: SHOWN + 1]
    columns = [column for column in declared.columns if column.key in keys]
    found = list(Rows(filterset.rows, declared.drawn_in(columns)).shown(first, sorting))
    declared.prepare(user, found[:SHOWN])
    href = f"{declared.address}?{urlencode({'q': words})}" if len(found) > SHOWN else ""
    return Group(declared, drawn_columns(columns, declared.cells), found[:SHOWN], href)
