"""Yearly figures that deserve a second look. Pure: hints inform and never refuse anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sentra.models import YearlyFigures
from sentra.models.figures import MONEY

# More than so many times the figure of the year before, or less than its so-manieth part, is a leap.
LEAP = 5
# Less than this for a whole year is rather an amount in thousands or millions of rupiah.
SMALLEST_AMOUNT = 100_000


@dataclass(frozen=True)
class Hint:
    """Why the figures of `year` deserve a second look, in a sentence."""

    year: int
    sentence: str


def hints(rows: Iterable[YearlyFigures]) -> list[Hint]:
    """Of the years of one sentra or one IKM, the latest first."""
    by_year = {row.year: row for row in rows}
    return [
        Hint(year, sentence)
        for year in sorted(by_year, reverse=True)
        for sentence in (*_within(by_year[year]), *_leaps(by_year[year], by_year.get(year - 1)))
    ]


def _within(row: YearlyFigures) -> Iterator[str]:
    """What does not fit together within a year."""
    if _exceeds(row.material_value, row.production_value):
        yield _("Nilai bahan baku lebih besar daripada nilai produksi.")
    if _exceeds(row.export_value, row.production_value):
        yield _("Nilai ekspor lebih besar daripada nilai produksi.")
    if row.units and row.workers == row.units:
        yield _("Jumlah tenaga kerja sama dengan jumlah unit usaha. Apakah tenaga kerjanya sudah dihitung?")
    if row.units and row.workers is not None and row.workers < row.units:
        yield _("Tenaga kerja lebih sedikit daripada unit usaha.")
    for name in MONEY:
        if 0 < (getattr(row, name) or 0) < SMALLEST_AMOUNT:
            yield _("%(figure)s di bawah Rp 100.000. Apakah ditulis dalam ribuan atau jutaan?") % {
                "figure": _label(name)
            }


def _leaps(row: YearlyFigures, before: YearlyFigures | None) -> Iterator[str]:
    """What changed more than five times since the year before, where that year is known."""
    if before is None:
        return
    for name in ("units", "workers", "volume", *MONEY):
        now, then = getattr(row, name), getattr(before, name)
        if not now or not then or (name == "volume" and row.volume_unit != before.volume_unit):
            continue
        words = {"figure": _label(name), "year": before.year}
        if now > LEAP * then:
            yield _("%(figure)s lebih dari lima kali tahun %(year)s.") % words
        elif then > LEAP * now:
            yield _("%(figure)s kurang dari seperlima tahun %(year)s.") % words


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def _label(name: str) -> str:
    if name == "workers":
        return _("Tenaga kerja")
    label = str(YearlyFigures._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]
