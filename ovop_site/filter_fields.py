"""The fields in the drawer of a filter, as HTML.

A list has some fifteen, and to draw them took a quarter of its time although hardly any is ever set. So a field is
drawn once per process and kept by all that it shows.
"""

from collections.abc import Hashable

from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django_filters import FilterSet

from sentra.listing.kept import Kept
from wilayah.forms import Typed, WilayahWidget

FIELD = "bootstrap5/field.html"
# A list has a hundred fields, each with some values that are set often.
fields = Kept(most=2000)


def drawn(filterset: FilterSet, field: BoundField) -> SafeString:
    """`field` of the filter with label, help and errors, as the other forms draw theirs."""
    details = None if field.errors else _details(field)
    if details is None:
        return _draw(field)
    return fields.get((type(filterset), field.name, details), lambda: _draw(field))


def _details(field: BoundField) -> Hashable | None:
    """What a field shows besides what is declared under its name; None where that is not known beforehand."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, forms.Select):
        return str(value or ""), _offered(field)
    if isinstance(widget, forms.TextInput):
        return str(value or "")
    # The area that is chosen is looked up by its code, and those that were searched for are found anew.
    is_blank = isinstance(widget, WilayahWidget) and value in (None, "", Typed())
    return widget.scope if is_blank else None


def _offered(field: BoundField) -> tuple[tuple[str, str], ...]:
    """The choices, which are read once: they may take a query."""
    choices = list(iter(field.field.choices))  # `list` alone would ask for their number first
    field.field.widget.choices = choices
    return tuple((str(value), str(words)) for value, words in choices)


def _draw(field: BoundField) -> SafeString:
    return render_to_string(
        FIELD, {"field": field, "form_show_labels": True, "form_show_errors": True, "hide_optional": True}
    )
