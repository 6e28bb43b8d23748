"""The form every editable record is entered with: key, id and revision travel as hidden fields."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outbox import text
from outbox.catching_up import CatchingUp, Conflict
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
    """A form about the record in its address, whose key is `about`; filled in for another, or none, it is refused."""

    id = forms.UUIDField(widget=DraftInput, required=False)

    def __init__(self, *args: Any, about: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.initial["id"] = about

    def clean_id(self) -> UUID:
        return refuse_foreign(self.cleaned_data["id"], self.about)


class ActionForm(AddressedForm):
    """What is done with a `record` that is there, as it was seen: a step, a mark, a removal.

    Where another `revision` than the present one is posted, or none, `is_stale` is True after `is_valid()` (then
    False), and the hidden revision moves to the present one, so that a second, now informed, press goes through.
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
        if cleaned.get("revision") != self.present_revision:
            # What is no revision at all is answered like another one.
            self.errors.pop("revision", None)
            self.refuse(self.stale_sentence)
        return cleaned

    def refuse(self, sentence: str | Promise) -> None:
        """Say why it is not possible now."""
        self.is_stale = True
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = self.present_revision
        self.add_error(None, forms.ValidationError(sentence, code="refused"))


class AsShownForm(DeliveryForm):
    """What is done with rows that have no revision, as they were seen: `shows` says in words what the page shows.

    The words travel along; where they are no longer true `is_stale` is True after `is_valid()` (then False), the person
    reads what was and what is, and a second, now informed, press goes through.
    """

    seen = forms.CharField(widget=DraftInput, required=False, empty_value="")

    def __init__(self, *args: Any, shows: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen_now = seen_words(shows)
        self.initial["seen"] = self.seen_now
        self.is_stale = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("seen") != self.seen_now:
            self.is_stale = True
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.seen_now
            self.add_error(None, changed_since(cleaned.get("seen") or "", self.seen_now))
        return cleaned


def seen_words(shows: Iterable[str]) -> str:
    """`shows` in one line, as it comes back from a browser."""
    return text.one_line("; ".join(map(str, shows)))


def changed_since(was: str, now: str) -> forms.ValidationError:
    """What a page showed and what it would show now, each in words; empty for nothing."""
    params = {"was": was or _("tidak ada"), "now": now or _("tidak ada")}
    sentence = _(
        "Berubah sejak halaman ini dibuka. Semula: %(was)s. Sekarang: %(now)s. Periksa lagi, lalu tekan sekali lagi."
    )
    return forms.ValidationError(sentence, code="stale", params=params)


def refuse_foreign(posted: UUID | None, about: UUID) -> UUID:
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


class OvertakenForm(DeliveryForm):
    """A form over a row that is there (`instance`), as it was when the page was opened.

    Where the posted `revision` is not the present one, the entries are merged with the present state
    (`outbox.catching_up`): `taken` names the fields that only somebody else changed; for each of `conflicts` the person
    has to choose, and until then `is_stale` is True after `is_valid()` (then False). The hidden revision moves to the
    present one.
    """

    # Fields that make sense only together are merged as one.
    merged_together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # The column an uploaded file goes to, by the name of its field.
    upload_columns: ClassVar[dict[str, str]] = {}

    revision = forms.IntegerField(widget=DraftInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_stale = False
        self._catching_up: CatchingUp | None = None

    @property
    def is_new(self) -> bool:
        return self.instance._state.adding

    @property
    def is_of_instance(self) -> bool:
        """Whether what was posted was filled in for this row."""
        return str(self["id"].data) == str(self.instance.pk)

    @property
    def conflicts(self) -> list[Conflict]:
        return self._catching_up.conflicts if self._catching_up else []

    @property
    def taken(self) -> list[str]:
        return self._catching_up.taken if self._catching_up else []

    @property
    def begun_on(self) -> Model | None:
        """The version the form was filled with, where it is no longer the present one and still known."""
        return self._catching_up.version if self._catching_up else None

    @property
    def taken_sentence(self) -> str:
        """Whose changes of which fields were kept; empty where there were none."""
        if not self.taken:
            return ""
        names = {"who": self._catching_up.colleagues, "fields": ", ".join(self.taken)}
        return _("Perubahan %(who)s tetap dipakai pada: %(fields)s.") % names

    @classmethod
    def values_of(cls, row: Model) -> dict[str, Any]:
        """What the fields hold, as `initial` would, where `row` is the row itself or one version of it."""
        raise NotImplementedError

    def full_clean(self) -> None:
        if self.is_bound and not self.is_new and self._catching_up is None:
            self._catching_up = CatchingUp(self)
            self._catching_up.run()
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.conflicts:
            self.refuse_stale(
                _(
                    "Data ini diubah %(who)s sejak Anda membukanya. Pilih satu untuk tiap isian yang diubah dua orang,"
                    " lalu simpan lagi. Isian Anda yang lain tetap seperti Anda tulis."
                )
                % {"who": self._catching_up.colleagues}
            )
        for name in self._catching_up.replaced_files if self._catching_up else ():
            self.refuse_stale(
                _(
                    "Berkas ini diganti %(who)s sejak Anda membukanya. Lihat dahulu berkas itu; pilih lagi berkas Anda"
                    " hanya bila hendak menggantinya."
                )
                % {"who": self._catching_up.colleagues},
                field=name,
            )
        return cleaned

    def refuse_stale(self, sentence: str, *, field: str | None = None) -> None:
        """Ask for a second look: somebody else changed the record meanwhile (409)."""
        self.is_stale = True
        self.add_error(field, forms.ValidationError(sentence, code="stale"))


class RecordForm(OvertakenForm, forms.ModelForm):
    """A ModelForm over a `Record`.

    New record: the posted `id` becomes its key; an id that exists is refused without saying whose it is. Existing
    record: load it with `select_for_update()`; what somebody else changed meanwhile is merged with the entries.
    """

    # Where the sentence of a violated constraint stands, by the constraint's name; else at the top of the form.
    constraint_fields: ClassVar[dict[str, str]] = {}

    id = forms.UUIDField(widget=DraftInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["id"] = self.instance.pk
        self.initial["revision"] = self.instance.revision

    @classmethod
    def values_of(cls, row: Model) -> dict[str, Any]:
        return forms.model_to_dict(row, [name for name in cls._meta.fields if name in cls.base_fields])

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
