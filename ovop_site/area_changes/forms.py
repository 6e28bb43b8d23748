"""The choice of a new area: for each closed area, or for each row of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty
from outbox.forms import DeliveryForm
from ovop_site.area_changes.lying import Place
from ovop_site.area_changes.successors import Target

STAYS = ("", _("Belum dipindahkan"))
NOT_OFFERED = {"invalid_choice": _("Pilihan itu tidak ada lagi. Pilih penggantinya dari daftar.")}


def target_field(label: str, targets: Iterable[Target], initial: str = "") -> forms.ChoiceField:
    choices = [STAYS, *((target.area.code, f"{target.area.place_name} ({target.area.code})") for target in targets)]
    return forms.ChoiceField(
        label=_("Wilayah baru untuk %(place)s") % {"place": label},
        choices=choices,
        required=False,
        initial=initial,
        error_messages=NOT_OFFERED,
    )


class ChoosingForm(DeliveryForm):
    """Base: one field per thing that moves; at least one must have a new area."""

    @property
    def chosen(self) -> dict[str, str]:
        """The new code by name of the field, where one was chosen."""
        return {name: code for name, code in self.cleaned_data.items() if name.startswith("ke-") and code}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.chosen:
            raise forms.ValidationError(
                _("Belum ada yang dipilih. Pilih wilayah barunya, lalu pindahkan lagi."), code="nothing"
            )
        return cleaned


class PlacesForm(ChoosingForm):
    """A new area for each of `places` that has one; what there is only one way for is proposed."""

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            if place.targets:
                proposed = place.proposal.code if place.proposal else ""
                self.fields[name_of(place.area)] = target_field(place.area.short_name, place.targets, proposed)

    def rows(self) -> list[tuple[Place, BoundField | None]]:
        """Each place with its field, None where there is nothing to choose."""
        return [
            (place, self[name_of(place.area)] if name_of(place.area) in self.fields else None) for place in self.places
        ]

    @property
    def moves(self) -> dict[str, str]:
        """New code by old code."""
        return {
            place.area.code: self.chosen[name_of(place.area)]
            for place in self.places
            if name_of(place.area) in self.chosen
        }


@dataclass(frozen=True)
class Row:
    """One record, round or duty in a closed area, as the page names it."""

    row: Model
    kind: str
    words: str
    detail: str = ""


class RowsForm(ChoosingForm):
    """A new area for each of `rows` of one closed area; nothing is proposed."""

    def __init__(self, *args: Any, rows: list[Row], targets: list[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {name_of(row.row): row for row in rows}
        for name, row in self.named.items():
            self.fields[name] = target_field(row.words, targets)

    def rows(self) -> list[tuple[Row, BoundField]]:
        return [(row, self[name]) for name, row in self.named.items()]

    @property
    def moves(self) -> dict[Model, str]:
        """New code by row."""
        return {self.named[name].row: code for name, code in self.chosen.items()}


def name_of(row: Model) -> str:
    """The name of the field for `row`."""
    return f"ke-{row._meta.model_name}-{row.pk}"


def row_of_duty(duty: Duty) -> Row:
    return Row(duty, str(_("Tugas")), str(duty.user), str(duty.get_role_display()))
