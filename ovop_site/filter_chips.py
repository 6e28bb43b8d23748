"""What a filter has set, as chips in words, each with the address of the same list without it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from ovop_site.templatetags import numbers
from sentra.filters import address_without


@dataclass(frozen=True)
class Chip:
    text: str
    href: str


def chips(filterset, query: QueryDict, *, search: str = "q") -> list[Chip]:
    """One chip per field of the filter that holds a valid value; the search field needs none."""
    form = filterset.form
    if not form.is_bound:
        return []
    form.is_valid()
    return [
        Chip(text=in_words(form[name], value), href=address_without(query, name))
        for name, value in form.cleaned_data.items()
        if name != search and not _is_blank(value) and name in query
    ]


def in_words(field: BoundField, value: Any) -> str:
    """ "Keadaan: aktif" for a field and its cleaned value; several values are joined by commas."""
    several = value if isinstance(value, list | tuple | set | QuerySet) else [value]
    return f"{field.label}: {', '.join(_word(field, one) for one in several)}"


def _word(field: BoundField, value: Any) -> str:
    """A choice by its words, not by its code; a row by its name, for its field may offer a whole table."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, date):
        return numbers.day(value)
    if isinstance(value, Model):
        return str(value)
    words = dict(getattr(field.field, "choices", ()))
    return str(words.get(value, value))


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or (hasattr(value, "__len__") and len(value) == 0)
