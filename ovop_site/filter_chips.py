"""What a filter has set, as chips in words, each with the address of the same list without it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import BoundField
from django.http import QueryDict


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
        Chip(text=in_words(form[name], value), href=_without(query, name))
        for name, value in form.cleaned_data.items()
        if name != search and not _is_blank(value) and name in query
    ]


def in_words(field: BoundField, value: Any) -> str:
    """ "Keadaan: aktif" for a field and its cleaned value; a choice is shown by its words, not by its code.

    A chosen row speaks for itself: its field may have as many choices as there are rows.
    """
    if isinstance(value, Model):
        return f"{field.label}: {value}"
    words = dict(getattr(field.field, "choices", None) or {}).get(value, value)
    return f"{field.label}: {words}"


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or (hasattr(value, "__len__") and len(value) == 0)


def _without(query: QueryDict, name: str) -> str:
    """The address without the field `name`, the other inputs its widget sends (`name_…`), and the page."""
    rest = query.copy()
    for key in list(rest):
        if key in (name, "page") or key.startswith(f"{name}_"):
            del rest[key]
    return f"?{rest.urlencode()}"
