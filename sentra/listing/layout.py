"""Which columns and which order one person sees a list with: as the address says, else as kept, else as declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from sentra.listing.columns import Column, chosen
from sentra.listing.declared import DeclaredList
from sentra.listing.orders import Order, Sorting, directions, sorting_named
from sentra.models import ListLayout

COLUMNS, ORDER = "kolom", "urut"


@dataclass(frozen=True)
class Layout:
    columns: list[Column]
    sorting: Sorting


def layout_of(declared: DeclaredList, user: User, query: Mapping[str, str], orders: Sequence[Order] = ()) -> Layout:
    """How `user` sees the list at the address with the parameters `query`. One query.

    `orders` are the declared ones, where a search has brought another as the first: it goes before the kept one.

    A column or order that no list has any more, or never had, is passed over.
    """
    kept = ListLayout.objects.filter(user=user, list_key=declared.key).first()
    keys = _keys_in(query) or (kept.columns if kept else declared.usual_columns)
    orders = orders or declared.orders
    asked = query.get(ORDER) or (kept.order if kept and orders[0] == declared.orders[0] else "")
    return Layout(chosen(declared.columns, keys), sorting_named(orders, asked) or directions(orders)[0])


def _keys_in(query: Mapping[str, str]) -> list[str]:
    return [key for key in query.get(COLUMNS, "").split(",") if key]


def keep_layout(*, declared: DeclaredList, user: User, columns: Sequence[str], order: str) -> None:
    """Remember columns and order of the list for `user` alone; an empty `order` is the usual one."""
    ListLayout.objects.update_or_create(
        user=user, list_key=declared.key, defaults={"columns": list(columns), "order": order}
    )


def forget_layout(*, declared: DeclaredList, user: User) -> None:
    """From now on `user` sees the list as it is declared."""
    ListLayout.objects.filter(user=user, list_key=declared.key).delete()
