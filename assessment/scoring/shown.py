"""Rounding, the only place: from exact points to the two decimals people read.

A total is rounded down, so that 89.996 never reads as 90,00 while it earns four stars; a distance is rounded up. Parts
are rounded by largest remainder, so that they sum to what their whole shows.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


def rounded_down(exact: Fraction) -> Decimal:
    return _from_cents(floor(exact * 100))


def rounded_up(exact: Fraction) -> Decimal:
    return _from_cents(ceil(exact * 100))


def shown_parts(
    exact: Sequence[Fraction], whole: Decimal, ceilings: Sequence[Decimal] | None = None
) -> tuple[Decimal, ...]:
    """Two decimals for each part, summing to `whole`: the cents left over go to the largest remainders.

    Where `ceilings` (the shown maxima) are given, no part is shown above its own; "6,67 dari 6,66" would be absurd.
    Of equal remainders the earlier part goes first.
    """
    cents = [floor(part * 100) for part in exact]
    limits = [_cents(ceiling) for ceiling in ceilings] if ceilings else [None] * len(cents)
    for _ in range(_cents(whole) - sum(cents)):
        open_parts = [i for i, limit in enumerate(limits) if limit is None or cents[i] < limit]
        largest = max(open_parts, key=lambda i: exact[i] * 100 - cents[i])
        cents[largest] += 1
    return tuple(_from_cents(part) for part in cents)


def _cents(shown: Decimal) -> int:
    return int(shown * 100)


def _from_cents(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
