"""Figures and times as Indonesian officials write them: 1.250.000; 82,40; 17 Nov 2026; 14.05 WIB; sejak 3 hari.

Nothing (None, "") stays nothing: a filter never turns a missing figure into a zero.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wilayah.zones import zone_of

register = template.Library()

NBSP = "\u00a0"
MINUS = "\u2212"
NB_HYPHEN = "\u2011"
BEFORE_FIGURE = re.compile(r"\b(bintang|level) (?=\d)")


def _missing(value) -> bool:
    return value is None or value == ""


def _grouped(value: Decimal) -> str:
    """Thousands by dots, decimals by a comma, a real minus sign."""
    text = f"{abs(value):,f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if value < 0 else text


@register.filter
def number(value) -> str:
    """`1250000` → "1.250.000"; decimals are kept as they are, without trailing zeros."""
    if _missing(value):
        return ""
    exact = Decimal(str(value))
    whole = exact.to_integral_value()
    return _grouped(whole if exact == whole else exact.normalize())


@register.filter
def points(value) -> str:
    """Points with two places: `82.4` → "82,40". Rounding is the business of the score, not of this filter."""
    if _missing(value):
        return ""
    return _grouped(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


@register.filter
def rupiah(value) -> str:
    """Whole rupiah: `1284000000` → "Rp 1.284.000.000"."""
    return "" if _missing(value) else f"Rp{NBSP}{number(value)}"


@register.filter
def percent(value) -> str:
    """A share between 0 and 1 as whole percent: `0.48` → "48%"."""
    if _missing(value):
        return ""
    return f"{_grouped((Decimal(str(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP))}%"


@register.filter
def coordinate(value) -> str:
    """Degrees with five places (about a metre): `-7.16842` → "−7,16842"."""
    return "" if _missing(value) else _grouped(Decimal(str(value)).quantize(Decimal("0.00001")))


def _local(value: date | datetime, zone: ZoneInfo | None = None) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value, zone)
    return value


@register.filter
def day(value) -> str:
    """17 Nov 2026"""
    return "" if _missing(value) else date_format(_local(value), "j M Y")


@register.filter
def long_day(value) -> str:
    """17 November 2026"""
    return "" if _missing(value) else date_format(_local(value), "j F Y")


@register.filter
def clock(value, code: str | None = "") -> str:
    """14.05 WIB; `code` is the area of the record, by default the capital's."""
    if _missing(value):
        return ""
    zone = zone_of(code or "")
    return f"{date_format(_local(value, zone.tzinfo), 'H.i')}{NBSP}{zone.label}"


@register.filter
def moment(value, code: str | None = "") -> str:
    """27 Nov 2026, 14.05 WIB; `code` is the area of the record, by default the capital's."""
    if _missing(value):
        return ""
    return f"{date_format(_local(value, zone_of(code or '').tzinfo), 'j M Y')}, {clock(value, code)}"


@register.filter
def since(value, today: date | None = None) -> str:
    """How long something has been waiting: "sejak hari ini", "sejak kemarin", "sejak 3 hari"."""
    if _missing(value):
        return ""
    days = ((today or timezone.localdate()) - _as_date(value)).days
    if days <= 0:
        return _("sejak hari ini")
    return _("sejak kemarin") if days == 1 else _("sejak %(days)s hari") % {"days": number(days)}


@register.filter
def until(value, today: date | None = None) -> str:
    """How long something still holds: "61 hari lagi", "besok berakhir", "berakhir hari ini", "sudah berakhir"."""
    if _missing(value):
        return ""
    days = (_as_date(value) - (today or timezone.localdate())).days
    if days < 0:
        return _("sudah berakhir")
    words = {0: _("berakhir hari ini"), 1: _("besok berakhir")}
    return words.get(days) or _("%(days)s hari lagi") % {"days": number(days)}


def _as_date(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


@register.filter(is_safe=True)
def unbroken(text) -> str:
    """Text in which no line ends inside "bintang 4", "level 2" or "P-IRT"; for reading only, never inside a field."""
    return BEFORE_FIGURE.sub(rf"\1{NBSP}", str(text)).replace("P-IRT", f"P{NB_HYPHEN}IRT")
