"""Orders of a list. An order is a tuple of expressions that ends in the key of the row, so that no two rows are equal.

No expression of an order is ever NULL: what may be missing is coalesced to a value that stands where it should stand.
Two rows can then be compared as wholes, `(a, b, id) > (x, y, z)`, which an index over the same expressions answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import BooleanField, Expression, F, Func, OrderBy, QuerySet, Value
from django.db.models.functions import Coalesce

from sentra.listing.columns import Words

# Names under which a row of a page carries the values it is sorted by.
SORTED_BY = "sorted_by_{}"


@dataclass(frozen=True)
class Order:
    """One order: its key in the address (`urut=nama`, or `urut=-nama` for the other direction), and its expressions.

    `up` and `down` are the words for the two directions ("Nama A–Z", "Nama Z–A"); `starts_down` is for times, of which
    the newest is wanted first. `down` empty: this order has one direction only.
    """

    key: str
    up: Words
    down: Words
    by: tuple[Expression, ...]
    starts_down: bool = False


@dataclass(frozen=True)
class Sorting:
    """An order in one of its directions."""

    order: Order
    is_down: bool = False

    @property
    def parameter(self) -> str:
        """As the address says it."""
        return f"-{self.order.key}" if self.is_down else self.order.key

    @property
    def label(self) -> Words:
        return self.order.down if self.is_down else self.order.up

    @property
    def opposite(self) -> Self:
        return type(self)(self.order, not self.is_down)

    @property
    def _expressions(self) -> tuple[Expression, ...]:
        return (*self.order.by, F("pk"))

    def rows(self, rows: QuerySet, *, backwards: bool = False, by_index: bool = True) -> QuerySet:
        """`rows` in this order, each with the values it is sorted by; `backwards`: from the last to the first.

        Not `by_index`: all of them are read and sorted. PostgreSQL, which takes rows for evenly spread, would else
        walk an index to find the few rows of a filter, which may all stand at its end.
        """
        names = {SORTED_BY.format(number): by for number, by in enumerate(self.order.by)}
        keys = self._expressions if by_index else (*(Coalesce(by, by) for by in self.order.by), F("pk"))
        is_down = self.is_down is not backwards
        return rows.annotate(**names).order_by(*(OrderBy(key, descending=is_down) for key in keys))

    def beyond(self, rows: QuerySet, values: Sequence[Any], *, backwards: bool = False) -> QuerySet:
        """Those of `rows` that stand after the row with the sorting `values`; `backwards`: before it."""
        fields = self._fields(rows)
        place = Row(*(Value(value, output_field=field) for value, field in zip(values, fields, strict=True)))
        is_down = self.is_down is not backwards
        return rows.filter(Compared(Row(*self._expressions), place, arg_joiner=" < " if is_down else " > "))

    def values_of(self, row: Any) -> list[str]:
        """What `row`, of a page made by `rows`, is sorted by, as text that `read` takes back."""
        values = [getattr(row, SORTED_BY.format(number)) for number in range(len(self.order.by))]
        return [as_text(value) for value in (*values, row.pk)]

    def read(self, rows: QuerySet, texts: Sequence[str]) -> list[Any]:
        """The values that `values_of` wrote. ValueError or ValidationError where they are others."""
        return [field.to_python(text) for text, field in zip(texts, self._fields(rows), strict=True)]

    def _fields(self, rows: QuerySet) -> list[Any]:
        return [by.resolve_expression(rows.query).output_field for by in self._expressions]


class Row(Func):
    """`(a, b, …)`, to be compared as a whole."""

    template = "(%(expressions)s)"


class Compared(Func):
    """Two rows, compared by the sign given as `arg_joiner`."""

    template = "%(expressions)s"
    output_field = BooleanField()


def as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def directions(orders: Sequence[Order]) -> list[Sorting]:
    """Every order in each of its directions, the usual one first."""
    found = []
    for order in orders:
        usual = Sorting(order, order.starts_down)
        found += [usual, usual.opposite] if order.down else [usual]
    return found


def sorting_named(orders: Sequence[Order], parameter: str) -> Sorting | None:
    """The sorting the address asks for by `parameter`; None where there is no such."""
    return next((one for one in directions(orders) if one.parameter == parameter), None)
