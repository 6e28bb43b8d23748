"""The form every editable record is entered with: key, id and revision travel as hidden fields."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from outbox.uuid7 import uuid7


class DeliveryForm(forms.Form):
    """A form that is delivered exactly once; see `outbox.delivery.receive`."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


@dataclass(frozen=True)
class Difference:
    """One field of a stale form: what stands in the database now, and what was typed."""

    label: str
    theirs: str
    mine: str


class RecordForm(DeliveryForm, forms.ModelForm):
    """A ModelForm over a `Record`.

    New record: the posted `id` becomes its key; an id that exists is refused without saying whose it is. Existing
    record: load it with `select_for_update()`; where the posted `revision` is not the present one, `is_stale` is
    True after `is_valid()` (which is then False), and `differences` lists both versions. The hidden revision is moved
    to the present one, so that a second, now informed, "Simpan" goes through.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_stale = False
        self.differences: list[Difference] = []
        self.initial["id"] = self.instance.pk
        self.initial["revision"] = self.instance.revision
        self._stored = {name: self.initial.get(name) for name in self.fields}

    @property
    def is_new(self) -> bool:
        return self.instance._state.adding

    def clean_id(self) -> UUID:
        posted = self.cleaned_data["id"]
        if not self.is_new:
            return self.instance.pk
        if type(self.instance)._base_manager.filter(pk=posted).exists():
            raise forms.ValidationError(
                _("Formulir ini sudah pernah disimpan. Buka daftar untuk melihat hasilnya."), code="id_taken"
            )
        self.instance.pk = posted
        return posted

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_new and cleaned.get("revision") != self.instance.revision:
            self._mark_stale(cleaned)
        return cleaned

    def _mark_stale(self, cleaned: dict[str, Any]) -> None:
        self.is_stale = True
        self.differences = self._compare(cleaned)
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = self.instance.revision
        self.add_error(
            None,
            forms.ValidationError(
                _(
                    "Data ini diubah orang lain sejak Anda membukanya. Bandingkan kedua versi di bawah, betulkan"
                    " isian bila perlu, lalu simpan lagi."
                ),
                code="stale",
            ),
        )

    def _compare(self, cleaned: dict[str, Any]) -> list[Difference]:
        found = []
        for bound in self.visible_fields():
            if bound.name not in cleaned or isinstance(bound.field, forms.FileField):
                continue
            theirs = shown(bound.field, self._stored[bound.name])
            mine = shown(bound.field, cleaned[bound.name])
            if theirs != mine:
                found.append(Difference(str(bound.label), theirs, mine))
        return found


def shown(field: forms.Field, value: Any) -> str:
    """`value` of `field` as a person reads it: labels for choices, names for rows, "kosong" for nothing."""
    if value in (None, "", []):
        return str(_("kosong"))
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if isinstance(field, forms.ModelChoiceField):
        row = value if hasattr(value, "pk") else field.queryset.filter(pk=value).first()
        return str(row)
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(value, value))
    return str(field.prepare_value(value) if not hasattr(value, "pk") else value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat.extend(label if isinstance(label, (list, tuple)) else [(value, label)])
    return flat
