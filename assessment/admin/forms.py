"""Forms of the parts of an instrument."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.forms import CheckboxSelectMultiple, FileField, Form, IntegerField, ModelForm, MultipleChoiceField
from django.utils.translation import gettext_lazy as _

from assessment.admin.rows import SwappingFormSet
from assessment.admin.seen import SeenForm
from assessment.instrument_file import InstrumentFileError, parse_instrument
from assessment.models import Criterion, Gate, Instrument
from sentra.models import ProductScope


def scope_choices() -> list[tuple[str, str]]:
    """Every product scope; those no longer in use are marked, because an instrument may still name them."""
    return [
        (scope.code, scope.name if scope.is_active else _("%(name)s (tidak dipakai lagi)") % {"name": scope.name})
        for scope in ProductScope.objects.all()
    ]


class PlacedForm(ModelForm):
    """For a part that has its place among others. Without a number it stands last."""

    order = IntegerField(
        label=_("Urutan"), required=False, min_value=0, max_value=32767, help_text=_("Kosong berarti paling akhir.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["order"] = None


class PlacedPageForm(PlacedForm, SeenForm):
    """The same on a page of its own; among the rows of a table `PlacedFormSet` sees to it."""

    def clean_order(self) -> int:
        place = self.cleaned_data["order"]
        return self._last_place() + 1 if place is None else place

    def _last_place(self) -> int:
        """The highest number among the parts it stands beside; 0 where there is none."""
        above = type(self.instance)._meta.ordering[0]
        beside = type(self.instance).objects.filter(**{above: getattr(self.instance, above)})
        return beside.aggregate(last=Max("order"))["last"] or 0


class PlacedFormSet(SwappingFormSet):
    """Rows without a number stand last, in the order they were entered."""

    def clean(self) -> None:
        super().clean()
        kept = self._kept()
        last = max((form.cleaned_data["order"] or 0 for form in kept), default=0)
        for place, form in enumerate((form for form in kept if form.cleaned_data["order"] is None), start=last + 1):
            form.instance.order = place


class ScopesForm(PlacedForm):
    """For a part that may be limited to product scopes. None chosen means all of them."""

    applies_to = MultipleChoiceField(
        label=_("Berlaku untuk"),
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=_("Tanpa pilihan berarti semua lingkup."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        """`choices` are the product scopes, where several forms of a page share one look at them."""
        super().__init__(*args, **kwargs)
        if "applies_to" in self.fields:
            self.fields["applies_to"].choices = scope_choices() if choices is None else choices
            self.initial["applies_to"] = [scope.pk for scope in self.instance.scopes.all()] if self.instance.pk else []

    def _save_m2m(self) -> None:
        super()._save_m2m()
        self.instance.scopes.set(self.cleaned_data["applies_to"])


class IndicatorForm(ScopesForm, PlacedPageForm):
    above: Criterion

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.criterion = self.above
        if "criterion" in self.fields:
            own = self.fields["criterion"].queryset = Criterion.objects.filter(instrument=self.above.instrument_id)
            self.fields["criterion"].choices = [(criterion.pk, str(criterion)) for criterion in own]
            self.initial.setdefault("criterion", self.above.pk)


class CheckFormSet(PlacedFormSet):
    """Lines of a test sheet; one that a gate asks for stays."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        if not hasattr(self, "_choices"):
            self._choices = scope_choices()
        return super().get_form_kwargs(index) | {"choices": self._choices}

    def clean(self) -> None:
        super().clean()
        deleted = [form.instance for form in self.initial_forms if self._should_delete_form(form)]
        named = Gate.objects.filter(bad_check__in=deleted).select_related("bad_check")
        if named:
            raise ValidationError([self._kept_by(gate) for gate in named])

    def _kept_by(self, gate: Gate) -> ValidationError:
        sentence = _("“%(line)s” dipakai syarat “%(gate)s”. Ubah atau hapus syarat itu lebih dulu.")
        return ValidationError(sentence, code="named_by_gate", params={"line": gate.bad_check, "gate": gate})


class UploadForm(Form):
    """A TOML file with an instrument; `rules` are what was read from it."""

    MOST = 1024 * 1024

    file = FileField(
        label=_("Berkas TOML"),
        help_text=_("Seperti berkas yang diunduh dari halaman instrumen."),
        error_messages={"required": _("Pilih berkasnya."), "empty": _("Berkas ini kosong.")},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > self.MOST:
            raise ValidationError(_("Berkas ini terlalu besar. Sebuah instrumen tidak lebih dari 1 MB."), code="large")
        try:
            self.rules = parse_instrument(file.read(), name=file.name)
        except InstrumentFileError as error:
            raise ValidationError(str(error), code="unreadable") from error
        return file


class CopyForm(ModelForm):
    """Name and version of a copy."""

    class Meta:
        model = Instrument
        fields = ["name", "version"]
