"""What is done with yearly figures: entering, changing and clearing several years of a record at once."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from sentra.models import IKM, Sentra, YearlyFigures

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


def years_of(subject: Subject) -> list[YearlyFigures]:
    """All recorded years of `subject`, the latest first; one query."""
    return list(YearlyFigures.objects.about(subject).newest_first())


def dotted(value: int | None) -> str:
    """A figure as people write it ("1.250.000"), nothing for one that is missing."""
    return "" if value is None else f"{value:,}".replace(",", ".")
