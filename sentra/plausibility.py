"""Yearly figures that deserve a second look. Pure: hints inform and never refuse anything.

A sentence names the figures it speaks of. So whoever has checked a hint has checked these figures: the hint stays quiet
as long as its sentence is the same, and speaks again once one of them changes, also that of the year before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sentra.figures import dotted
from sentra.models import YearlyFigures
from sentra.models.figures import MONEY

# More than so many times the figure of the year before, or less than its so-manieth part, is a leap.
LEAP = 5
# Less than this for a whole year is rather an amount in thousands or millions of rupiah.
SMALLEST_AMOUNT = 100_000


@dataclass(frozen=True)
class Hint:
    """Why the figures of `year` deserve a second look, in a sentence; `is_checked`: somebody has looked at them."""

    year: int
    sentence: str
    is_checked: bool = False


@dataclass(frozen=True)
class Told:
    """What a page tells: the hints that still speak, and those that were checked."""

    speaking: list[Hint]
    checked: list[Hint]


def told(rows: Iterable[YearlyFigures]) -> Told:
    found = hints(rows)
    return Told([hint for hint in found if not hint.is_checked], [hint for hint in found if hint.is_checked])


def hints(rows: Iterable[YearlyFigures]) -> list[Hint]:
    """Of the years of one sentra or one IKM, the latest first."""
    by_year = {row.year: row for row in rows}
    return [
        Hint(year, sentence, is_checked=sentence in by_year[year].hints_checked.splitlines())
        for year in sorted(by_year, reverse=True)
        for sentence in (*_within(by_year[year]), *_leaps(by_year[year], by_year.get(year - 1)))
    ]


def _within(row: YearlyFigures) -> Iterator[str]:
    """What does not fit together within a year."""
    words = {name: dotted(getattr(row, name)) for name in ("units", "workers", *MONEY)}
    if _exceeds(row.material_value, row.production_value):
        yield (
            _("Nilai bahan baku (%(material_value)s) lebih besar daripada nilai produksi (%(production_value)s).")
            % words
        )
    if _exceeds(row.export_value, row.production_value):
        yield _("Nilai ekspor (%(export_value)s) lebih besar daripada nilai produksi (%(production_value)s).") % words
    if row.units and row.workers == row.units:
        yield (
            _("Jumlah tenaga kerja sama dengan jumlah unit usaha (%(units)s). Apakah tenaga kerjanya sudah dihitung?")
            % words
        )
    if row.units and row.workers is not None and row.workers < row.units:
        yield _("Tenaga kerja (%(workers)s) lebih sedikit daripada unit usaha (%(units)s).") % words
    for name in MONEY:
        if 0 < (getattr(row, name) or 0) < SMALLEST_AMOUNT:
            yield _("%(figure)s hanya Rp %(amount)s. Apakah ditulis dalam ribuan atau jutaan?") % {
                "figure": _label(name),
                "amount": words[name],
            }


def _leaps(row: YearlyFigures, before: YearlyFigures | None) -> Iterator[str]:
    """What changed more than five times since the year before, where that year is known."""
    if before is None:
        return
    for name in ("units", "workers", "volume", *MONEY):
        now, then = getattr(row, name), getattr(before, name)
        if not now or not then or (name == "volume" and row.volume_unit != before.volume_unit):
            continue
        unit = f" {row.volume_unit}" if name == "volume" else ""
        words = {
            "figure": _label(name),
            "year": before.year,
            "now": f"{dotted(now)}{unit}",
            "then": f"{dotted(then)}{unit}",
        }
        if now > LEAP * then:
            yield _("%(figure)s %(now)s, lebih dari lima kali tahun %(year)s (%(then)s).") % words
        elif then > LEAP * now:
            yield _("%(figure)s %(now)s, kurang dari seperlima tahun %(year)s (%(then)s).") % words


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def _label(name: str) -> str:
    if name == "workers":
        return _("Tenaga kerja")
    label = str(YearlyFigures._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]
