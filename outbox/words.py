"""What a form field holds, in the words of the screen."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Difference:
    """One field of a stale form: what stands in the database now, and what was typed."""

    label: str
    theirs: str
    mine: str


def shown(field: forms.Field, value: Any) -> str:
    """`value` of `field` as a person reads it: labels for choices, names for rows, "kosong" for nothing.

    One query for a field that chooses rows.
    """
    if value in (None, "", []):
        return str(_("kosong"))
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if isinstance(field, forms.ModelChoiceField):
        keys = value if isinstance(value, list) else [value]
        key_name = field.to_field_name or "pk"
        rows = field.queryset.model._base_manager.filter(**{f"{key_name}__in": keys})
        return ", ".join(field.label_from_instance(row) for row in rows)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): label for key, label in _flat(field.choices)}
        return ", ".join(str(labels.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))
    return str(formats.localize(field.prepare_value(value)))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat.extend(label if isinstance(label, (list, tuple)) else [(value, label)])
    return flat
