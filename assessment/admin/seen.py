"""A page of the admin is saved only over what it showed: who was slower is told, and nothing typed is lost."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import CharField, HiddenInput
from django.utils.translation import gettext as _

from assessment.models import Criterion, Gate, Indicator, Instrument
from assessment.models.gate import GateScope
from assessment.models.instrument import CheckScope, IndicatorScope
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
    """A short text that is another one once something on the page of `part` was saved; up to five queries."""
    rows = [list(query.order_by("pk")) for query in (_itself(part), *_tables(part))]
    return sha256(repr(rows).encode()).hexdigest()


def _itself(part: Model) -> QuerySet:
    return type(part).objects.filter(pk=part.pk).values_list()


def _tables(part: Model) -> list[QuerySet]:
    """The rows below `part` as its page shows them; of those with pages of their own only their order."""
    if isinstance(part, Instrument):
        return [part.criterion_set.values_list(), part.band_set.values_list(), part.gate_set.values_list("pk", "order")]
    if isinstance(part, Criterion):
        return [part.indicator_set.values_list("pk", "order")]
    if isinstance(part, Indicator):
        scopes = IndicatorScope.objects.filter(indicator=part), CheckScope.objects.filter(check_line__indicator=part)
        return [part.level_set.values_list(), part.check_set.values_list(), *(rows.values_list() for rows in scopes)]
    return [GateScope.objects.filter(gate=part).values_list()] if isinstance(part, Gate) else []
