"""The fields in the drawer of a filter, as HTML.

A list has some fifteen, and to draw them took a quarter of its time although hardly any is ever set. So a selection is
drawn once per process and kept by all that it shows; the other fields are drawn each time.
"""

from collections.abc import Hashable

from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django_filters import FilterSet

from sentra.listing.kept import Kept

FIELD = "bootstrap5/field.html"
# A list has a hundred selections, each with some values that are set often.
selections = Kept(most=2000)


def drawn(filterset: FilterSet, field: BoundField) -> SafeString:
    """`field` of the filter with label, help and errors, as the other forms draw theirs."""
    if field.errors or not isinstance(field.field.widget, forms.Select):
        return _draw(field)
    # Read once: they may take a query. `iter`, else `list` would ask for their number first, by another one.
    field.field.widget.choices = choices = list(iter(field.field.choices))
    return selections.get(_shown(filterset, field, choices), lambda: _draw(field))


def _shown(filterset: FilterSet, field: BoundField, choices: list[tuple]) -> Hashable:
    """All that tells one selection from another: what is declared under its name, its value, and what it offers."""
    offered = tuple((str(value), str(words)) for value, words in choices)
    return type(filterset), field.name, str(field.value() or ""), offered


def _draw(field: BoundField) -> SafeString:
    return render_to_string(
        FIELD, {"field": field, "form_show_labels": True, "form_show_errors": True, "hide_optional": True}
    )
