"""A choice among catalogue records, of which there may be thousands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

OFFERED = 200
KABUPATEN_CODE = len("33.29")


class RecordChoiceField(forms.ModelChoiceField):
    """A sentra or an IKM. Everything allowed may be chosen, but a page offers 200 rows at most.

    Where there are more, only those near the record in hand are offered, or none but the chosen one: the way there is
    then the page of the sentra or IKM, whose "… baru" button fills this field in.
    """

    default_error_messages = {
        "invalid_choice": _("Pilihan ini sudah nonaktif atau di luar wilayah tugas Anda. Pilih lagi dari daftar."),
    }

    # Whether more rows may be chosen than are offered.
    is_narrowed = False

    def offer(self, allowed: QuerySet, *, chosen: Iterable[Any] = (), near: str = "") -> None:
        """Called by the form in its `__init__`; up to three queries.

        allowed  the rows that may be chosen
        chosen   keys of the rows chosen already, on the page and in the database; offered in any case
        near     code of an area; its kabupaten or kota is offered where `allowed` is too long
        """
        self.queryset = allowed
        rows = _at_most(allowed)
        self.is_narrowed = rows is None
        if rows is None and near:
            rows = _at_most(allowed.filter(wilayah__code__startswith=near[:KABUPATEN_CODE]))
        rows = rows or []
        missing = {str(key) for key in chosen if is_key(key)} - {str(row.pk) for row in rows}
        if missing:
            rows = [*allowed.select_related("wilayah").filter(pk__in=missing), *rows]
        self.choices = [("", self.empty_label or ""), *((row.pk, self.label_from_instance(row)) for row in rows)]

    @property
    def offers_nothing(self) -> bool:
        return len(self.widget.choices) < 2

    def label_from_instance(self, row: Model) -> str:
        return f"{row}, {row.wilayah.short_name}"

    def to_python(self, value: Any) -> Model | None:
        if value not in self.empty_values and not isinstance(value, self.queryset.model) and not is_key(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


def is_key(value: Any) -> bool:
    """Whether `value` has the form of a record's key."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _at_most(rows: QuerySet) -> list[Model] | None:
    """All of `rows` by name, or None where there are more than a page offers."""
    offered = list(rows.by_name().select_related("wilayah")[: OFFERED + 1])
    return offered if len(offered) <= OFFERED else None
