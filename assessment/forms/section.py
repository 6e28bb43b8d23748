"""One criterion of the sheet as one form: all its indicators are sent, checked and saved together."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessment import scoring
from assessment.dossier import Dossier
from assessment.forms.indicator import IndicatorForm, Problem
from assessment.sheets import Entry
from outbox.forms import AddressedForm, DraftInput, ask_for_files_again


class MeasuredField(forms.DecimalField):
    """Degrees that a script filled in, to six places; what is no place becomes None, since nobody sees the field."""

    widget = DraftInput

    def clean(self, value: Any) -> Decimal | None:
        try:
            degrees = super().clean(value)
        except ValidationError:
            return None
        return None if degrees is None else round(degrees, 6)


class SectionForm(AddressedForm):
    """The indicators of a criterion that apply to the product's scope, each an `IndicatorForm` in `rows`.

    The errors of the rows appear among its own under their full names, so that a page, a script and `form_again` find
    them where they expect them. `is_stale` where a row was changed elsewhere in another way than here.
    """

    section = forms.CharField(widget=forms.HiddenInput)
    # Where the phone was as a photo was taken; filled in by a script, and only where the person allows it.
    latitude = MeasuredField(required=False, min_value=-90, max_value=90)
    longitude = MeasuredField(required=False, min_value=-180, max_value=180)

    def __init__(
        self,
        dossier: Dossier,
        criterion: scoring.Criterion,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
    ) -> None:
        self.assessment = dossier.assessment
        # A copy that can be written: what was changed elsewhere takes the place of what was sent.
        data = None if data is None else data.copy()
        auto_id = f"{criterion.code.lower()}-%s"
        initial = {"section": criterion.code}
        super().__init__(data, files, about=self.assessment.pk, auto_id=auto_id, initial=initial)
        self.rows = [
            IndicatorForm(dossier, rule, data, files, auto_id=auto_id)
            for rule in criterion.applying(self.assessment.scope_id)
        ]

    @property
    def is_stale(self) -> bool:
        return any(row.is_stale for row in self.rows)

    @property
    def problems(self) -> list[Problem]:
        """All errors of the rows, for the summary; those of the whole section are in `non_field_errors`."""
        return [problem for row in self.rows for problem in row.problems]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        if not all([not self._errors, *(row.is_valid() for row in self.rows)]):
            for row in self.rows:
                ask_for_files_again(row)
        for row in self.rows:
            self._errors.update(row.named_errors)

    def entries(self) -> dict[str, Entry]:
        """What is to be written, by code of the indicator; call it on a valid form."""
        latitude, longitude = self.cleaned_data["latitude"], self.cleaned_data["longitude"]
        position = None if None in (latitude, longitude) else (latitude, longitude)
        return {row.rule.code: row.entry(position) for row in self.rows}
