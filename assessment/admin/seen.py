"""A page of the admin is saved only over what it showed: who was slower is told, and nothing typed is lost."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import CharField, HiddenInput
from django.utils.translation import gettext as _

from assessment.models import Check, Criterion, Gate, Indicator, Instrument
from wilayah.whole_rows import WholeRowForm


class SeenForm(WholeRowForm):
    """Carries what its page looked like in `seen`; the page draws it among its hidden fields."""

    seen = CharField(widget=HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["seen"] = state_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self.data.get("seen") != (now := state_of(self.instance)):
            # Sent once more, it is meant: whoever sends it has been told.
            self.data = self.data.copy()
            self.data["seen"] = now
            raise ValidationError(
                _(
                    "Halaman ini diubah orang lain sejak Anda membukanya, jadi belum disimpan. Isian Anda masih ada"
                    " di bawah. Bandingkan dengan halaman ini di tab lain; simpan lagi bila isian Anda yang dipakai."
                ),
                code="stale",
            )
        return cleaned


def state_of(part: Model) -> str:
    """A short text that is another one once something on the page of `part` was saved.

    No query where the page has read what stands below the part.
    """
    return sha256(repr([_values(part), *_below(part)]).encode()).hexdigest()


def _values(row: Model) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _below(part: Model) -> list[Any]:
    """The rows below `part` as its page shows them; of those with pages of their own only their order."""
    if isinstance(part, Instrument):
        rows = [*part.criterion_set.all(), *part.band_set.all()]
        return [*map(_values, rows), *map(_place, part.gate_set.all())]
    if isinstance(part, Criterion):
        return [_place(indicator) for indicator in part.indicator_set.all()]
    if isinstance(part, Indicator):
        levels, checks = part.level_set.all(), part.check_set.all()
        return [_scopes(part), *map(_values, levels), *([_values(check), _scopes(check)] for check in checks)]
    return [_scopes(part)]


def _place(row: Indicator | Gate) -> tuple[int, int]:
    return row.pk, row.order


def _scopes(part: Indicator | Check | Gate) -> list[str]:
    return [scope.pk for scope in part.scopes.all()]
