"""The form every editable record is entered with: key, id and revision travel as hidden fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outbox import text
from outbox.uuid7 import uuid7


class DraftInput(forms.HiddenInput):
    """A hidden field a browser must not restore: Firefox would put yesterday's key into today's page."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})


class TypedForm(forms.Form):
    """A form, or a part of one, that takes no character nobody sees."""

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """What was typed without what nobody sees, before a field counts its letters or looks for digits."""
        value = super()._widget_data_value(widget, html_name)
        if not isinstance(value, str):
            return value
        return text.one_line(value) if isinstance(widget, forms.TextInput) else text.visible(value)


class DeliveryForm(TypedForm):
    """A form that is delivered exactly once; see `outbox.delivery.receive`."""

    idempotency_key = forms.UUIDField(widget=DraftInput, initial=uuid7)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self._errors:
            ask_for_files_again(self)


class AddressedForm(DeliveryForm):
    """A form about the record in its address, whose key is `about`; filled in for another one it is refused."""

    id = forms.UUIDField(widget=DraftInput, required=False)

    def __init__(self, *args: Any, about: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.initial["id"] = about

    def clean_id(self) -> UUID:
        return refuse_foreign(self.cleaned_data["id"] or self.about, self.about)


class ActionForm(AddressedForm):
    """What is done with a `record` that is there, as it was seen: a step, a mark, a removal.

    Where another `revision` than the present one is posted, `is_stale` is True after `is_valid()` (then False), and the
    hidden revision moves to the present one, so that a second, now informed, press goes through.
    """

    revision = forms.IntegerField(widget=DraftInput, required=False)
    stale_sentence = _("Data ini diubah orang lain sejak Anda membukanya. Lihat keadaannya sekarang, lalu tekan lagi.")

    def __init__(self, *args: Any, record: Model, **kwargs: Any) -> None:
        super().__init__(*args, about=record.pk, **kwargs)
        self.present_revision = record.revision
        self.initial["revision"] = record.revision
        self.is_stale = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("revision") not in (None, self.present_revision):
            self.refuse(self.stale_sentence)
        return cleaned

    def refuse(self, sentence: str | Promise) -> None:
        """Say why it is not possible now."""
        self.is_stale = True
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = self.present_revision
        self.add_error(None, forms.ValidationError(sentence, code="refused"))


def refuse_foreign(posted: UUID, about: UUID) -> UUID:
    """`posted` where it is the key of the record in the address; else a ValidationError with a sentence."""
    if posted != about:
        raise forms.ValidationError(
            _("Isian ini milik data lain. Buka lagi halamannya, lalu isi lagi."), code="foreign"
        )
    return posted


def ask_for_files_again(form: forms.BaseForm) -> None:
    """A browser sends no file a second time by itself, so a good file beside a bad entry is said to be lost."""
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField) and form.cleaned_data.get(name):
            form.add_error(
                name,
                forms.ValidationError(
                    _("Berkas ini baik, tetapi belum tersimpan. Pilih lagi berkasnya, lalu simpan."),
                    code="choose_again",
                ),
            )


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

    # Where the sentence of a violated constraint stands, by the constraint's name; else at the top of the form.
    constraint_fields: ClassVar[dict[str, str]] = {}

    id = forms.UUIDField(widget=DraftInput)
    revision = forms.IntegerField(widget=DraftInput, required=False)

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
            return refuse_foreign(posted, self.instance.pk)
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

    def _update_errors(self, errors: forms.ValidationError) -> None:
        """Moves the sentence of a violated constraint from the top of the form to its field."""
        if hasattr(errors, "error_dict"):
            for error in errors.error_dict.pop(NON_FIELD_ERRORS, []):
                errors.error_dict.setdefault(self._field_of(error), []).append(error)
        super()._update_errors(errors)

    def _field_of(self, error: forms.ValidationError) -> str:
        """The field for the violated constraint that `error` came from; Django gives the sentence, not the name."""
        for _model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if str(constraint.violation_error_message) == str(error.message):
                    name = self.constraint_fields.get(constraint.name)
                    return name if name in self.fields else NON_FIELD_ERRORS
        return NON_FIELD_ERRORS

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
            theirs, mine = _plain(self._stored[bound.name]), _plain(cleaned[bound.name])
            if theirs != mine:
                found.append(Difference(str(bound.label), shown(bound.field, theirs), shown(bound.field, mine)))
        return found


def _plain(value: Any) -> Any:
    """`value` so that a stored and a typed one compare: keys for rows, a sorted list of keys for several."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Iterable) and not isinstance(value, str):
        return sorted(_plain(one) for one in value)
    return "" if value is None else value


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
        labels = dict(_flat(field.choices))
        return ", ".join(str(labels.get(one, one)) for one in (value if isinstance(value, list) else [value]))
    return str(formats.localize(field.prepare_value(value)))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat.extend(label if isinstance(label, (list, tuple)) else [(value, label)])
    return flat
