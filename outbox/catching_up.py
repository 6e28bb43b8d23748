"""A form that somebody else's change overtook: merged with it field by field, and asked about where both changed one.

A conflict that is shown travels as a hidden field `bentrok-<name>` (the revision the entry was begun on) until its
choice `pilih-<name>` comes along: "mereka" takes what stands in the database, "saya" what stands in the form's field.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import Field, IntegerField
from django.utils.translation import gettext as _

from accounts import versions
from outbox.merging import UNKNOWN, merge
from outbox.words import shown

if TYPE_CHECKING:
    from outbox.forms import OvertakenForm

THEIRS, MINE = "mereka", "saya"
LATEST = 2**31 - 1


@dataclass(frozen=True)
class Line:
    """One field of a conflict in three versions, in words; `base` is empty where nobody knows it any more."""

    label: str
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """What both changed in two ways: a field, or several that belong together.

    `since` is the revision the entry was begun on, 0 where unknown; `marker` and `choice` are the names of the hidden
    field and of the radios on the page.
    """

    marker: str
    choice: str
    label: str
    since: int
    lines: list[Line]


class CatchingUp:
    """The merge of a posted form with the present state of its record.

    Rewrites the posted data before the form reads them, so that what is merged is checked like what is typed: the
    fields that only somebody else changed hold what stands now, and the hidden revision is the present one.
    """

    def __init__(self, form: "OvertakenForm") -> None:
        self.form = form
        self.present = form.values_of(form.instance)
        self.conflicts: list[Conflict] = []
        self.taken: list[str] = []
        self.replaced_files: list[str] = []
        self.revision = _number(form["revision"].data)
        self.is_overtaken = self.revision != form.instance.revision
        self.version: Model | None = None
        self.colleagues = ""

    def run(self) -> None:
        form = self.form
        if not form.is_of_instance:
            return  # data of another record; the form refuses it
        if self.is_overtaken:
            self.version = versions.version_at(form.instance, self.revision)
        seen = self._values_of(self.version) if self.is_overtaken else self.present
        form.data = form.data.copy()
        for names in self._groups():
            if self.is_overtaken or self._opened_at(names[0]) is not None:
                self._merge(names, seen)
        if self.is_overtaken:
            self.replaced_files = [name for name in form.upload_columns if self._is_replaced(name)]
            form.data[form.add_prefix("revision")] = form.instance.revision
        if self.conflicts or self.taken or self.replaced_files:
            self.name_colleagues()

    def name_colleagues(self) -> None:
        """Find out who changed the record since, before this form changes it too. Two queries."""
        begun = min([conflict.since for conflict in self.conflicts] + [self.revision or 0])
        names = versions.actors_since(self.form.instance, begun) if begun else []
        self.colleagues = _(" dan ").join(names) or _("orang lain")

    def _groups(self) -> list[tuple[str, ...]]:
        groups = [tuple(name for name in names if name in self.present) for names in self.form.merged_together]
        shown = (name for name in self.form.fields if name in self.present)
        return list(dict.fromkeys(self._group_of(name, groups) for name in shown))

    def _group_of(self, name: str, groups: list[tuple[str, ...]]) -> tuple[str, ...]:
        return next((names for names in groups if name in names), (name,))

    def _merge(self, names: tuple[str, ...], seen: dict[str, Any] | None) -> None:
        theirs = _together(self.present, names)
        base = UNKNOWN if seen is None else _together(seen, names)
        begun, choice = self._opened_at(names[0]), self.form.data.get(self._choice(names[0]))
        if begun is not None and choice == THEIRS:
            mine = theirs if seen is None else base
        else:
            mine = tuple(self._typed(name, [seen, self.present]) for name in names)
        merged = merge(base=base, mine=mine, theirs=theirs)
        is_unanswered = begun is not None and choice not in (THEIRS, MINE) and mine != theirs
        if merged.is_conflict or is_unanswered:
            since = begun if is_unanswered else self.revision or 0
            self.conflicts.append(self._conflict(names, since))
        elif merged.value == theirs:
            self._take(names, is_new=seen is not None and base != theirs and mine == base)

    def _take(self, names: tuple[str, ...], *, is_new: bool) -> None:
        """Let the form hold what stands in the database."""
        changed = [name for name in names if self._typed(name, [self.present]) != self.present[name]]
        for name in changed:
            self._put(name, self.present[name])
        if is_new:
            self.taken.append(self._label(tuple(changed) or names))

    def _typed(self, name: str, known: list[dict[str, Any] | None]) -> Any:
        """What came in for a field; where it says the same as a value of `known`, that value."""
        bound = self.form[name]
        for values in known:
            if values is not None and not bound.field.has_changed(values[name], bound.data):
                return values[name]
        return bound.data

    def _put(self, name: str, value: Any) -> None:
        bound = self.form[name]
        for part in getattr(bound.field.widget, "companions", ()):
            self.form.data.pop(bound.html_name + part, None)
        self.form.data[bound.html_name] = as_posted(bound.field, value)

    def _conflict(self, names: tuple[str, ...], since: int) -> Conflict:
        begun = self._values_of(versions.version_at(self.form.instance, since))
        visible = [name for name in names if not self.form[name].is_hidden] or list(names)
        lines = [self._line(name, begun) for name in visible]
        differing = [line for line in lines if len({line.base, line.theirs, line.mine}) > 1]
        return Conflict(
            marker=self._marker(names[0]),
            choice=self._choice(names[0]),
            label=self._label(names),
            since=since,
            lines=differing or lines,
        )

    def _marker(self, name: str) -> str:
        return self.form.add_prefix(f"bentrok-{name}")

    def _choice(self, name: str) -> str:
        return self.form.add_prefix(f"pilih-{name}")

    def _line(self, name: str, begun: dict[str, Any] | None) -> Line:
        bound = self.form[name]
        return Line(
            label=str(bound.label),
            base="" if begun is None else shown(bound.field, begun[name]),
            theirs=shown(bound.field, self.present[name]),
            mine=_typed_words(bound.field, self._typed(name, [begun, self.present])),
        )

    def _label(self, names: tuple[str, ...]) -> str:
        """The labels of the visible fields, as one."""
        visible = [self.form[name] for name in names if not self.form[name].is_hidden]
        return ", ".join(str(bound.label) for bound in visible or [self.form[names[0]]])

    def _is_replaced(self, name: str) -> bool:
        """Whether a file was chosen for a column that holds another one than when the form was opened."""
        column = self.form.upload_columns[name]
        was = getattr(self.version, column, None)
        return bool(self.form.files.get(self.form.add_prefix(name))) and was != getattr(self.form.instance, column)

    def _values_of(self, version: Model | None) -> dict[str, Any] | None:
        return None if version is None else self.form.values_of(version)

    def _opened_at(self, name: str) -> int | None:
        """The revision of a conflict that was shown and waits for its choice; None where there is none."""
        posted = self.form.data.get(self._marker(name))
        return None if posted is None else _number(posted) or 0


def as_posted(field: Field, value: Any) -> Any:
    """`value` (as `initial` holds it) as a browser would send it."""
    value = field.prepare_value(value)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return str(field.widget.format_value(value))
    if isinstance(value, list):
        return [str(one) for one in value]
    return "" if value is None else str(value)


def _together(values: dict[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(values[name] for name in names)


def _typed_words(field: Field, value: Any) -> str:
    """What was typed in words; as it stands where it means nothing."""
    if value is None or isinstance(value, (int, Decimal, date, UUID, list)):
        return shown(field, value)
    try:
        read = field.to_python(str(value))
    except ValidationError:
        return str(value)
    return shown(field, read.pk if isinstance(read, Model) else read)


def _number(posted: Any) -> int | None:
    try:
        return IntegerField(min_value=0, max_value=LATEST).clean(posted)
    except ValidationError:
        return None
