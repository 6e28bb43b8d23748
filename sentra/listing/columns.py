"""Columns of a list: a key, a heading, and a block of the list's template that draws one cell of it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Column:
    """One column. Its cells are drawn by the block named `key` of the list's template of cells.

    `css` are classes of the cell ("so-num" for figures, "f" for a whole line on the phone). `order` is the key of the
    order its heading sorts by. On the phone, where a card has no headings, a `named` column says what it is.

    `shows` tells all that a cell shows of its row, down to the words: cells that show the same are drawn once per
    process. Leave it out where most rows differ.

    `reads` names the fields that its cells need, those of related rows as paths ("branch__name"), and `adds` annotates
    the rows with what is worked out for them; both happen in the same query, where the column is shown.
    """

    key: str
    label: Words
    css: str = ""
    order: str = ""
    shown: bool = True
    named: bool = False
    shows: Callable[[Any], Hashable] | None = None
    reads: tuple[str, ...] = ()
    adds: Callable[[QuerySet], QuerySet] | None = None

    @property
    def is_number(self) -> bool:
        return "so-num" in self.css.split()


def joined(*paths: str) -> Callable[[QuerySet], QuerySet]:
    """What a column `adds` that reads whole rows, those at the ends of `paths`."""
    return lambda rows: rows.select_related(*paths)


def chosen(columns: Sequence[Column], keys: Sequence[str]) -> list[Column]:
    """The first column, which names the row, and those of the others that `keys` names, in the order declared."""
    first, *others = columns
    return [first, *(column for column in others if column.key in keys)]


def shown_at_first(columns: Sequence[Column]) -> list[str]:
    """The keys of the columns a list has until a person chooses others."""
    return [column.key for column in columns[1:] if column.shown]
