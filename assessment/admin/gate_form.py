"""The form of a gate: one condition and one effect, each with its own parameters and no others."""

import json
from collections.abc import Mapping
from typing import Any

from django.forms import CheckboxSelectMultiple, MultipleChoiceField, Select
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.admin.forms import PlacedPageForm, ScopesForm
from assessment.models import Check, Gate, Indicator, Instrument
from assessment.models.gate import CONDITION_PARAMETERS, EFFECT_PARAMETERS, Condition, Effect
from sentra.models import Certificate

Table = Mapping[str, tuple[str, ...]]


class ParametersSelect(Select):
    """Says in `data-parameters` which fields each of its choices needs; static/js/admin-gate.js hides the others."""

    def __init__(self, table: Table, **kwargs: Any) -> None:
        wanted = {str(choice): names for choice, names in table.items()}
        super().__init__(attrs={"data-parameters": json.dumps(wanted)}, **kwargs)


def needed_by(parameter: str, help_text: str = "") -> str:
    """The help of a parameter's field: for which conditions or effects it is filled."""
    labels = [
        choice.label
        for table, choices in ((CONDITION_PARAMETERS, Condition), (EFFECT_PARAMETERS, Effect))
        for choice in choices
        if parameter in table[choice]
    ]
    for_which = format_lazy(gettext_lazy("Hanya untuk: {labels}."), labels=", ".join(map(str, labels)))
    return format_lazy("{} {}", help_text, for_which) if help_text else for_which


def all_of(table: Table) -> list[str]:
    """The parameters of all choices of `table`, each once."""
    return list(dict.fromkeys(name for names in table.values() for name in names))


class GateForm(ScopesForm, PlacedPageForm):
    above: Instrument

    kinds = MultipleChoiceField(
        label=capfirst(Gate._meta.get_field("kinds").verbose_name),
        choices=Certificate.Kind,
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=needed_by("kinds", Gate._meta.get_field("kinds").help_text),
    )

    class Meta:
        widgets = {
            "condition": ParametersSelect(CONDITION_PARAMETERS),
            "effect": ParametersSelect(EFFECT_PARAMETERS),
        }
        help_texts = {
            parameter: needed_by(parameter, Gate._meta.get_field(parameter).help_text)
            for parameter in [*all_of(CONDITION_PARAMETERS), *all_of(EFFECT_PARAMETERS)]
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.instrument = self.above
        if "condition" not in self.fields:
            return
        own = Indicator.objects.filter(criterion__instrument=self.above).order_by("criterion__order", "order", "code")
        self.fields["indicator"].queryset = self.fields["capped_indicator"].queryset = own
        self.fields["bad_check"].queryset = Check.objects.filter(indicator__in=own).select_related("indicator")

    def clean(self) -> dict[str, Any]:
        """Every parameter that is missing, and every one that is not asked for, gets a sentence at its field."""
        cleaned = super().clean()
        for column, table, choices in (
            ("condition", CONDITION_PARAMETERS, Condition),
            ("effect", EFFECT_PARAMETERS, Effect),
        ):
            if chosen := cleaned.get(column):
                self._check_parameters(table, choices(chosen))
        return cleaned

    def _check_parameters(self, table: Table, chosen: Condition | Effect) -> None:
        for parameter in all_of(table):
            is_filled = self.cleaned_data.get(parameter) not in (None, "", [])
            is_wanted = parameter in table[chosen]
            if is_wanted and not is_filled and parameter not in self.errors:
                self.add_error(parameter, _("Isi bagian ini: diminta oleh “%(chosen)s”.") % {"chosen": chosen.label})
            elif is_filled and not is_wanted:
                self.add_error(
                    parameter, _("Kosongkan bagian ini: tidak dipakai oleh “%(chosen)s”.") % {"chosen": chosen.label}
                )
