"""What is done with yearly figures: entering, changing and clearing several years of a record at once."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone

from accounts.models import User
from sentra.models import IKM, Sentra, YearlyFigures
from sentra.models.figures import MONEY, YearlyFiguresQuerySet

Subject = Sentra | IKM


@transaction.atomic
def save_figures(*, changed: Iterable[YearlyFigures], cleared: Iterable[YearlyFigures], by: User) -> None:
    """Store the years that were entered or changed, then remove those whose figures were all cleared.

    A new year gets its area, branch, scope and sentra from the record as it stands now, by trigger; `by` has been
    asked for on the record itself, locked by the caller so that it does not move meanwhile.
    """
    for row in changed:
        if row._state.adding:
            row.created_by = by
            row.save(force_insert=True)
        else:
            row.save()
    for row in cleared:
        row.delete()


def check_hints(*, row: YearlyFigures, sentences: Iterable[str], reason: str, by: User) -> None:
    """Note on a year, locked by the caller, that `by` looked at what these hints ask and found the figures right.

    Sentences checked before stay checked; which of them still speak is for `sentra.plausibility` to say.
    """
    row.hints_checked = "\n".join(dict.fromkeys([*row.hints_checked.splitlines(), *sentences]))
    row.hints_checked_by, row.hints_checked_at, row.hints_reason = by, timezone.now(), reason
    row.save(update_fields=["hints_checked", "hints_checked_by", "hints_checked_at", "hints_reason"])


def years_of(subject: Subject) -> list[YearlyFigures]:
    """All recorded years of `subject`, the latest first; one query."""
    return list(YearlyFigures.objects.about(subject).newest_first())


def counted_years(sentra: Sentra) -> list[YearlyFigures]:
    """What a recap adds up of `sentra`, the latest year first, as rows that are not stored; one query.

    A year is the sentra's own row or the sum of its IKM's, chosen as `YearlyFigures.objects.counted` does; `of_ikm` on
    each row is how many IKM it sums, 0 for its own.
    """
    by_year: dict[int, YearlyFigures] = {}
    for year_sum in _sums().of_cluster(sentra):
        row = _as_row(year_sum)
        other = by_year.get(row.year)
        if other is None or _is_counted_before(row, other):
            by_year[row.year] = row
    return [by_year[year] for year in sorted(by_year, reverse=True)]


@cache
def _sums() -> YearlyFiguresQuerySet:
    """What years and owners are added up to; written once, which takes longer than to ask."""
    rows = YearlyFigures.objects.order_by().values("year", "sentra").totals()
    return rows.annotate(
        of_ikm=Count("ikm"),
        total_men=Sum("workers_men"),
        total_women=Sum("workers_women"),
        total_volume=Max("volume"),
        unit=Max("volume_unit"),
        checked=Max("hints_checked"),
    )


def _as_row(year_sum: dict[str, Any]) -> YearlyFigures:
    is_own = not year_sum["of_ikm"]
    is_split = is_own and (year_sum["total_men"] is not None or year_sum["total_women"] is not None)
    row = YearlyFigures(
        year=year_sum["year"],
        units=year_sum["total_units"],
        workers_men=year_sum["total_men"] if is_split else None,
        workers_women=year_sum["total_women"] if is_split else None,
        workers_unsplit=None if is_split else year_sum["total_workers"],
        volume=year_sum["total_volume"] if is_own else None,
        volume_unit=year_sum["unit"] if is_own else "",
        hints_checked=year_sum["checked"] if is_own else "",
        **{name: year_sum[f"total_{name}"] for name in MONEY},
    )
    row.of_ikm = year_sum["of_ikm"]
    return row


def _is_counted_before(row: YearlyFigures, other: YearlyFigures) -> bool:
    """Of the sentra's own row and the sum of its IKM: its own only where it names more units than IKM have rows."""
    own, of_ikm = (other, row) if row.of_ikm else (row, other)
    is_own_counted = (own.units or 0) > of_ikm.of_ikm
    return is_own_counted == (row is own)


def dotted(value: int | None) -> str:
    """A figure as people write it ("1.250.000"), nothing for one that is missing."""
    return "" if value is None else f"{value:,}".replace(",", ".")
