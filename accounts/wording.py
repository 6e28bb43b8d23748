"""Two versions of a row side by side, field by field, in the words of the screen."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wilayah.zones import Zone

# What the machinery keeps for itself.
TECHNICAL = frozenset({"id", "revision", "created_by", "created_at", "changed_at"})
# From here on whole numbers get dots between their thousands; years stay as they are.
GROUPED_FROM = 10_000


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words; `name` is that of the column's field."""

    name: str
    label: str
    before: str
    after: str


class Wording:
    """Turns columns into words. Rows that foreign keys point to are read once, a query per kind of row.

    zone     the time zone of the place, for times
    skipped  names of fields that are not told, besides the technical ones
    opaque   kinds of rows whose name is not told, only that another one stands there
    """

    def __init__(self, zone: Zone, *, skipped: Collection[str] = (), opaque: Collection[type[Model]] = ()) -> None:
        self.zone, self.skipped, self.opaque = zone, TECHNICAL | set(skipped), tuple(opaque)
        self._names: dict[tuple[type[Model], Any], str] = {}

    def look_up(self, model: type[Model], rows: Iterable[Model | None]) -> None:
        """Read the names that telling `rows` (of `model`, or versions of it) will need."""
        wanted: defaultdict[type[Model], set[Any]] = defaultdict(set)
        keys = [field for field in self.fields_of(model) if isinstance(field, ForeignKey)]
        for row in filter(None, rows):
            for field in keys:
                wanted[field.related_model].add(getattr(row, field.attname))
        for related, found in wanted.items():
            missing = {key for key in found if key is not None and (related, key) not in self._names}
            if missing and not issubclass(related, self.opaque):
                rows_by_key = related._base_manager.in_bulk(missing)
                self._names |= {(related, key): str(row) for key, row in rows_by_key.items()}

    def fields_of(self, model: type[Model]) -> list[Field]:
        """What is told of a row: the columns of which every version is kept."""
        kept = {field.name for field in model.pgh_event_model._meta.concrete_fields} - self.skipped
        return [field for field in model._meta.concrete_fields if field.name in kept]

    def differences(self, model: type[Model], before: Model | None, after: Model) -> list[FieldChange]:
        """The fields in which the two differ; of a row that began, those that are filled. Call `look_up` before."""
        return [
            FieldChange(field.name, capfirst(str(field.verbose_name)), *self._both(field, before, after))
            for field in self.fields_of(model)
            if _column(field, before) != _column(field, after)
        ]

    def _both(self, field: Field, before: Model | None, after: Model) -> tuple[str, str]:
        was, now = (self._words(field, _column(field, row)) for row in (before, after))
        return was, _("yang lain") if was == now else now

    def _words(self, field: Field, value: Any) -> str:
        if value is None:
            return _("kosong")
        if isinstance(field, ForeignKey):
            name = _("ada") if issubclass(field.related_model, self.opaque) else _("sudah tidak ada")
            return self._names.get((field.related_model, value), name)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return self._plain_words(value)

    def _plain_words(self, value: Any) -> str:
        if isinstance(value, bool):
            return _("ya") if value else _("tidak")
        if isinstance(value, datetime):
            local = timezone.localtime(value, self.zone.tzinfo)
            return f"{date_format(local, 'j M Y, H.i')} {self.zone.label}"
        if isinstance(value, date):
            return date_format(value, "j F Y")
        if isinstance(value, int) and abs(value) >= GROUPED_FROM:
            return f"{value:,}".replace(",", ".")
        return str(localize(value) if isinstance(value, Decimal) else value)


def _column(field: Field, row: Model | None) -> Any:
    """What `row` holds in the column of `field`; nothing is None, in text too."""
    value = None if row is None else getattr(row, field.attname)
    return None if value == "" else value
