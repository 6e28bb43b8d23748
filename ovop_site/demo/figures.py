"""Three years of figures, told by the latest: the years before are somewhat smaller, and some are missing."""

from typing import Any

from django.utils import timezone

from sentra.models import IKM, Sentra, YearlyFigures

MILLION = 1_000_000
YEARS = 3
# Percent by which a year was smaller than the one after it.
GROWTH = 8
# What goes into a product, in percent of its value.
MATERIAL_SHARE = 55


def make_figures(record: Sentra | IKM, told: dict[str, Any], *, gap: bool = False) -> None:
    """The last three years of `record`; with `gap` the one in the middle was never entered.

    `told["figures"]` are men, women, value of production and investment (million rupiah, None: not known); of a sentra
    its units before them.
    """
    if "figures" not in told:
        return
    ages = [age for age in range(YEARS) if not (gap and age == 1)]
    YearlyFigures.objects.bulk_create(_year(record, told, age) for age in ages)


def _year(record: Sentra | IKM, told: dict[str, Any], age: int) -> YearlyFigures:
    *units, men, women, production, investment = told["figures"]
    share = 100 - GROWTH * age
    value = production * MILLION * share // 100
    volume, unit = told.get("volume", (None, ""))
    return YearlyFigures(
        **{record._meta.model_name: record},
        year=timezone.localdate().year - 1 - age,
        created_by=record.created_by,
        units=max(units[0] - age, 1) if units else None,
        workers_men=men,
        workers_women=max(women - age, 0),
        volume=volume and volume * share // 100,
        volume_unit=unit,
        production_value=value,
        material_value=value * told.get("material_share", MATERIAL_SHARE) // 100,
        investment=None if investment is None else investment * MILLION,
        export_value=value * told["export_share"] // 100 if "export_share" in told else None,
    )
