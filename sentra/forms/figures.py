"""The yearly figures of a sentra or an IKM as one form: a column per year, delivered and saved together."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.versions import names_of
from outbox.forms import AddressedForm, DraftInput, RecordForm
from outbox.uuid7 import uuid7
from sentra import history
from sentra.figures import Subject
from sentra.forms.choices import is_key
from sentra.forms.fields import WholeNumberField
from sentra.forms.used import out_of_use_sentence
from sentra.models import Sentra, YearlyFigures
from sentra.models.figures import FIGURES
from sentra.validators import FIRST_YEAR

# The last years are offered for entry, further ones where they are recorded or asked for.
OFFERED_YEARS = 3
MOST_YEARS = 6
ALL_OF_IKM = [name for name in FIGURES if name != "units"]
ENTRIES = [*ALL_OF_IKM[: ALL_OF_IKM.index("volume") + 1], "volume_unit", *ALL_OF_IKM[ALL_OF_IKM.index("volume") + 1 :]]


def _people(label: str | Promise) -> WholeNumberField:
    return WholeNumberField(label=label, required=False, example="12", grouped=True, affixes=("orang",))


def _money(label: str | Promise) -> WholeNumberField:
    return WholeNumberField(
        label=label,
        required=False,
        example="12.500.000",
        affixes=("rp.", "rp", ",00", ",-"),
        grouped=True,
        maximum=10**15 - 1,
    )


class YearForm(RecordForm):
    """The figures of an IKM in one year: a column of the table. Left empty, nothing is recorded."""

    constraint_fields = {"figures_workers_once": "workers_unsplit", "figures_volume_has_unit": "volume_unit"}
    merged_together = (("workers_men", "workers_women", "workers_unsplit"), ("volume", "volume_unit"))

    # The whole table is delivered under one key.
    idempotency_key = None

    workers_men = _people(_("Tenaga kerja laki-laki (orang)"))
    workers_women = _people(_("Tenaga kerja perempuan (orang)"))
    workers_unsplit = _people(_("Tenaga kerja, bila hanya jumlahnya yang diketahui (orang)"))
    volume = WholeNumberField(
        label=_("Jumlah produksi setahun"), required=False, example="1.200", grouped=True, maximum=10**15 - 1
    )
    production_value = _money(_("Nilai produksi setahun (rupiah)"))
    material_value = _money(_("Nilai bahan baku setahun (rupiah)"))
    investment = _money(_("Nilai investasi, tanpa tanah dan bangunan (rupiah)"))
    export_value = _money(_("Nilai ekspor setahun (rupiah)"))

    class Meta:
        model = YearlyFigures
        fields = ENTRIES
        labels = {"volume_unit": _("Satuan produksi, misalnya kg")}
        help_texts = {"volume_unit": ""}

    @property
    def year(self) -> int:
        return self.instance.year

    @property
    def is_left_empty(self) -> bool:
        """Whether nothing was typed into the column of a year the database does not know as the page did.

        What somebody else has cleared meanwhile was not typed either.
        """
        if self._is_known:
            return False
        if not any(str(self[name].data or "").strip() for name in self._meta.fields):
            return True
        return self._cleared_row is not None and not self._differs_from(self._cleared_row)

    @property
    def is_cleared(self) -> bool:
        """Whether every figure of a recorded year was taken out, of a valid form."""
        return not self.is_new and not any(self.cleaned_data[name] not in (None, "") for name in self._meta.fields)

    @property
    def _is_known(self) -> bool:
        """Whether the page that was sent knew the row that stands in the database."""
        return not self.is_new and str(self["id"].data) == str(self.instance.pk)

    @cached_property
    def _cleared_row(self) -> Model | None:
        """How the row the page was filled with looked when somebody cleared it; None where nobody did. One query."""
        key = self["id"].data
        return history.last_version(YearlyFigures, key) if is_key(key) else None

    def _differs_from(self, row: Model) -> bool:
        return any(self[name].field.has_changed(value, self[name].data) for name, value in self.values_of(row).items())

    def full_clean(self) -> None:
        if self.is_bound and self.is_left_empty:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        if self.is_bound and not self.is_new and not self._is_known:
            self._compare_with_new_row()
        super().full_clean()

    def _compare_with_new_row(self) -> None:
        """Somebody else recorded this year since the page was opened: the entries are compared with that row."""
        self.data = self.data.copy()
        self.data[self.add_prefix("id")], self.data[self.add_prefix("revision")] = self.instance.pk, 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_new and self._cleared_row:
            self._ask_about_cleared_row(self._cleared_row)
        return cleaned

    def _ask_about_cleared_row(self, row: Model) -> None:
        """Sent once more, the form records the year anew: under a key of its own."""
        who = next(iter(names_of([row]).values()), _("orang lain"))
        sentence = _(
            "Angka tahun ini dikosongkan %(who)s sejak Anda membukanya. Bila tetap hendak dicatat, simpan sekali lagi."
        )
        self.refuse_stale(sentence % {"who": who})
        self.data = self.data.copy()
        self.data[self.add_prefix("id")] = uuid7()

    def _post_clean(self) -> None:
        if self._errors or not self.is_cleared:
            super()._post_clean()

    def _get_validation_exclusions(self) -> set[str]:
        """Subject and year are no fields of the form, but constraints that look at them are asked too."""
        return super()._get_validation_exclusions() - {"sentra", "ikm", "year"}


class SentraYearForm(YearForm):
    """The figures of a sentra in one year; only a sentra counts units."""

    units = WholeNumberField(
        label=_("Unit usaha (unit)"), required=False, example="12", grouped=True, affixes=("unit",)
    )

    field_order = ["units"]

    class Meta(YearForm.Meta):
        fields = ["units", *ENTRIES]


def year_form_of(subject: Subject) -> type[YearForm]:
    return SentraYearForm if isinstance(subject, Sentra) else YearForm


@dataclass(frozen=True)
class Problem:
    """An entry that needs mending: its label with the year, the sentence, and the id to jump to."""

    label: str
    error: str
    target: str


class FiguresForm(AddressedForm):
    """The columns of several years of `subject`, the latest first.

    `changed` are the rows to store and `cleared` those to remove, of a valid form. Errors of the columns appear among
    its own under their full names ("2024-units").
    """

    incomplete = _("Formulir ini tidak lengkap. Buka lagi halamannya, lalu isi lagi.")

    years = forms.CharField(widget=DraftInput, error_messages={"required": incomplete})

    def __init__(self, data: QueryDict | None = None, *, subject: Subject, asked: int | None = None) -> None:
        super().__init__(data, about=subject.pk)
        self.subject = subject
        rows = YearlyFigures.objects.about(subject)
        stored = {row.year: row for row in (rows if data is None else rows.select_for_update())}
        years = offered_years(stored, asked) if data is None else _years_in(data.get("years", ""))
        self.initial["years"] = " ".join(map(str, years))
        form_class = year_form_of(subject)
        self.columns = [
            form_class(data, instance=stored.get(year) or _new_row(subject, year), prefix=str(year)) for year in years
        ]

    def clean(self) -> dict[str, Any]:
        if not self.subject.is_in_use:
            raise ValidationError(out_of_use_sentence(self.subject), code="out_of_use")
        return super().clean()

    def clean_years(self) -> str:
        if not self.columns:
            raise ValidationError(self.incomplete, code="incomplete")
        return self.cleaned_data["years"]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        for column in self.columns:
            for name, errors in column.errors.items():
                self._errors[f"{column.year}-{name}"] = errors

    @property
    def is_stale(self) -> bool:
        return not self.subject.is_in_use or any(column.is_stale for column in self.columns)

    @property
    def problems(self) -> list[Problem]:
        """The errors at entries, for the summary."""
        return [
            Problem(f"{field.label}, {column.year}", field.errors[0], field.id_for_label)
            for column in self.columns
            for field in column.visible_fields()
            if field.errors
        ]

    @property
    def general(self) -> list[str]:
        """The errors of the whole form and of whole years, for the summary."""
        of_years = [f"{column.year}: {error}" for column in self.columns for error in _unplaced(column)]
        return [*_unplaced(self), *of_years]

    @property
    def changed(self) -> list[YearlyFigures]:
        return [
            column.instance
            for column in self.columns
            if not column.is_left_empty and not column.is_cleared and (column.is_new or column.has_changed())
        ]

    @property
    def cleared(self) -> list[YearlyFigures]:
        return [column.instance for column in self.columns if not column.is_left_empty and column.is_cleared]


def _unplaced(form: forms.BaseForm) -> list[str]:
    """The errors of `form` that stand at no visible entry."""
    return [*form.non_field_errors(), *(error for field in form.hidden_fields() for error in field.errors)]


class OtherYearForm(forms.Form):
    """Asks for one more year (`?tahun=`) to enter figures of."""

    tahun = WholeNumberField(label=_("Tahun lain"), example="2019", maximum=9999)

    def clean_tahun(self) -> int:
        year = self.cleaned_data["tahun"]
        if not FIRST_YEAR <= year <= this_year():
            raise ValidationError(
                _("Tulis tahun antara %(first)s dan %(last)s."),
                code="year",
                params={"first": FIRST_YEAR, "last": this_year()},
            )
        return year


def this_year() -> int:
    return timezone.localdate().year


def offered_years(stored: dict[int, YearlyFigures], asked: int | None = None) -> list[int]:
    """The last three years, those recorded and the one asked for, the latest first; six at most."""
    last = range(this_year(), this_year() - OFFERED_YEARS, -1)
    years = sorted({*last, *stored} - {asked}, reverse=True)
    return sorted([*years[: MOST_YEARS - 1], asked] if asked else years[:MOST_YEARS], reverse=True)


def _years_in(posted: str) -> list[int]:
    """The years the page was made of; none where the text is not ours."""
    words = posted.split()
    if len(words) > MOST_YEARS or not all(word.isascii() and word.isdigit() and len(word) == 4 for word in words):
        return []
    return sorted({int(word) for word in words if FIRST_YEAR <= int(word) <= this_year()}, reverse=True)


def _new_row(subject: Subject, year: int) -> YearlyFigures:
    return YearlyFigures(**{subject._meta.model_name: subject, "year": year})
