"""The yearly figures of one record as columns to draw and as a table to read. Pure; a missing figure stays missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sentra.figures import dotted
from sentra.models import YearlyFigures

SHOWN_YEARS = 5
# Measures of the drawing, in pixels at its natural size.
COLUMN, BAR, HEAD, TALLEST, FOOT = 56, 36, 26, 88, 26
# From so much on a label counts in millions and so on, so that it fits above its column.
SCALES = (
    (10**10, 10**9, gettext_lazy("miliar")),
    (10**7, 10**6, gettext_lazy("juta")),
    (10**5, 1000, gettext_lazy("ribu")),
)


@dataclass(frozen=True)
class Figure:
    """One kind of figure: its name in `YearlyFigures`, its words, its unit, and whether it is drawn."""

    name: str
    title: str | Promise
    unit: str | Promise
    is_drawn: bool = False


FIGURES = (
    Figure("units", gettext_lazy("Unit usaha"), gettext_lazy("unit"), is_drawn=True),
    Figure("workers", gettext_lazy("Tenaga kerja"), gettext_lazy("orang"), is_drawn=True),
    Figure("workers_men", gettext_lazy("Tenaga kerja laki-laki"), gettext_lazy("orang")),
    Figure("workers_women", gettext_lazy("Tenaga kerja perempuan"), gettext_lazy("orang")),
    Figure("production_value", gettext_lazy("Nilai produksi"), gettext_lazy("rupiah setahun"), is_drawn=True),
    Figure("material_value", gettext_lazy("Nilai bahan baku"), gettext_lazy("rupiah setahun")),
    Figure("investment", gettext_lazy("Nilai investasi"), gettext_lazy("rupiah"), is_drawn=True),
    Figure("export_value", gettext_lazy("Nilai ekspor"), gettext_lazy("rupiah setahun"), is_drawn=True),
)


@dataclass(frozen=True)
class Column:
    """One year of a drawing; `label` is short and in the unit of the drawing, a dash where the figure is missing."""

    year: int
    label: str
    middle: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Trend:
    """A figure over the years. `words` say the same as the drawing, exactly."""

    title: str
    unit: str
    words: str
    columns: list[Column]

    @property
    def width(self) -> int:
        return COLUMN * len(self.columns)

    height = HEAD + TALLEST + FOOT
    base = HEAD + TALLEST
    bar = BAR


@dataclass(frozen=True)
class TableRow:
    """One figure over the years of the table, as words; empty where it is missing."""

    title: str
    unit: str
    values: list[str]


@dataclass(frozen=True)
class FiguresTable:
    """What is known of the latest years, the latest first; `earlier` counts recorded years that are not shown."""

    years: list[int]
    rows: list[TableRow]
    earlier: int


def trends(rows: Sequence[YearlyFigures]) -> list[Trend]:
    """A drawing for each figure known of two years or more, over the last five years up to the latest."""
    by_year = {row.year: row for row in rows}
    latest = max(by_year, default=0)
    known = [year for year in by_year if latest - SHOWN_YEARS < year]
    years = range(min(known, default=0), latest + 1)
    found = []
    for figure in FIGURES:
        values = {year: getattr(by_year.get(year), figure.name, None) for year in years}
        if figure.is_drawn and sum(value is not None for value in values.values()) > 1:
            found.append(_trend(figure, values))
    return found


def table(rows: Sequence[YearlyFigures]) -> FiguresTable:
    """The figures of the latest five recorded years; a figure nobody ever entered has no row."""
    shown = sorted(rows, key=lambda row: -row.year)[:SHOWN_YEARS]
    lines = [
        TableRow(str(figure.title), str(figure.unit), [dotted(getattr(row, figure.name)) for row in shown])
        for figure in FIGURES
    ]
    volumes = [f"{dotted(row.volume)} {row.volume_unit}".strip() for row in shown]
    lines.insert(4, TableRow(_("Jumlah produksi"), _("setahun"), volumes))
    if any(getattr(row, "of_ikm", 0) for row in shown):
        lines.append(TableRow(_("Asal angka"), "", [_origin(row.of_ikm) for row in shown]))
    years = [row.year for row in shown]
    return FiguresTable(years, [line for line in lines if any(line.values)], len(rows) - len(shown))


def _origin(of_ikm: int) -> str:
    return _("jumlah %(count)s IKM") % {"count": dotted(of_ikm)} if of_ikm else _("sentra sendiri")


def _trend(figure: Figure, values: dict[int, int | None]) -> Trend:
    highest = max(value or 0 for value in values.values())
    divisor, word = next(((one, str(word)) for limit, one, word in SCALES if highest >= limit), (1, ""))
    columns = []
    for number, (year, value) in enumerate(values.items()):
        height = round(TALLEST * (value or 0) / highest) if highest else 0
        columns.append(
            Column(
                year=year,
                label="–" if value is None else _short(value, divisor),
                middle=number * COLUMN + COLUMN // 2,
                x=number * COLUMN + (COLUMN - BAR) // 2,
                y=HEAD + TALLEST - height,
                height=height,
            )
        )
    said = [f"{year} {_('belum dicatat') if value is None else dotted(value)}" for year, value in values.items()]
    return Trend(
        title=str(figure.title),
        unit=f"{word} {figure.unit}".strip(),
        words=_("%(title)s (%(unit)s): %(years)s.")
        % {"title": figure.title, "unit": figure.unit, "years": "; ".join(said)},
        columns=columns,
    )


def _short(value: int, divisor: int) -> str:
    """In the unit of the drawing, with one decimal below ten; nothing is rounded where the unit is one."""
    scaled = Decimal(value) / divisor
    places = Decimal("0.1") if divisor > 1 and scaled < 10 else Decimal(1)
    return f"{scaled.quantize(places, ROUND_HALF_UP):,}".translate(str.maketrans(",.", ".,"))
