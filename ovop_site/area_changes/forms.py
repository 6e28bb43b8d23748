"""The choice of a new area: for each closed area, or for each row of one, over what its line of the page showed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty
from outbox.forms import DeliveryForm, DraftInput, changed_since, seen_words
from ovop_site.area_changes.lying import Place, in_words
from ovop_site.area_changes.successors import Target

SEEN = "dilihat-"
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
    """Base: one field per thing that moves; at least one must have a new area.

    What the line of each showed travels along in words. Where a chosen one shows something else now, or is not on the
    page any more because somebody else moved it, the form says so and `is_stale` is True after `is_valid()` (then
    False); a second, now informed, press goes through.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_stale = False

    def offer(self, name: str, field: forms.ChoiceField, *, shows: Iterable[str]) -> None:
        """A choice `name`, whose line of the page shows `shows`."""
        self.fields[name] = field
        self.fields[SEEN + name] = forms.CharField(widget=DraftInput, required=False, initial=seen_words(shows))

    @property
    def chosen(self) -> dict[str, str]:
        """The new code by name of the field, where one was chosen."""
        return {name: code for name, code in self.cleaned_data.items() if name.startswith("ke-") and code}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_moved()
        for name in self.chosen:
            self._refuse_changed(name)
        if not self.errors and not self.chosen:
            raise forms.ValidationError(
                _("Belum ada yang dipilih. Pilih wilayah barunya, lalu pindahkan lagi."), code="nothing"
            )
        return cleaned

    def _refuse_moved(self) -> None:
        """Say of what was chosen here, and is gone, that it was moved."""
        posted = (name for name in self.data if name.startswith("ke-") and self.data[name])
        moved = [self.data.get(SEEN + name, "") for name in posted if name not in self.fields]
        if moved:
            self.is_stale = True
            sentence = _("Sudah dipindahkan orang lain sejak halaman ini dibuka: %(what)s. Periksa sisanya.")
            params = {"what": ", ".join(filter(None, moved)) or len(moved)}
            self.add_error(None, forms.ValidationError(sentence, code="moved", params=params))

    def _refuse_changed(self, name: str) -> None:
        seen, now = SEEN + name, self.fields[SEEN + name].initial
        was = self.cleaned_data.get(seen) or ""
        if was != now:
            self.is_stale = True
            self.data = self.data.copy()
            self.data[seen] = now
            self.add_error(name, changed_since(was, now))


class PlacesForm(ChoosingForm):
    """A new area for each of `places` that has one; what there is only one way for is proposed."""

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            if place.targets:
                proposed = place.proposal.code if place.proposal else ""
                field = target_field(place.area.short_name, place.targets, proposed)
                self.offer(name_of(place.area), field, shows=words_of(place))

    def rows(self) -> list[tuple[Place, BoundField | None]]:
        """Each place with its field, None where there is nothing to choose."""
        return [
            (place, self[name_of(place.area)] if name_of(place.area) in self.fields else None) for place in self.places
        ]

    @property
    def offers(self) -> bool:
        """Whether any of the places can be moved by this person now."""
        return any(place.targets for place in self.places)

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
            self.offer(name, target_field(row.words, targets), shows=[row.words, row.detail])

    def rows(self) -> list[tuple[Row, BoundField]]:
        return [(row, self[name]) for name, row in self.named.items()]

    @property
    def moves(self) -> dict[Model, str]:
        """New code by row."""
        return {self.named[name].row: code for name, code in self.chosen.items()}


def words_of(place: Place) -> list[str]:
    """What the line of `place` shows: its name, what lies in it, and whose duties."""
    duties = (f"{duty.user} ({duty.get_role_display()})" for duty in place.duties)
    return [place.area.short_name, in_words(place.counter), *duties]


def name_of(row: Model) -> str:
    """The name of the field for `row`."""
    return f"ke-{row._meta.model_name}-{row.pk}"


def row_of_duty(duty: Duty) -> Row:
    return Row(duty, str(_("Tugas")), str(duty.user), str(duty.get_role_display()))
