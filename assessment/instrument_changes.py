"""What differs between two instruments, part by part and in words. Pure: reads values, asks nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Model
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import models
from assessment.models.gate import CONDITION_PARAMETERS, EFFECT_PARAMETERS
from assessment.scoring import Instrument
from sentra.models import Certificate

# Names of product scopes by code.
Scopes = Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One column of a part that says something else; `column` is its name on the page."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedPart:
    name: str
    changes: tuple[Change, ...]


@dataclass
class Section:
    """What happened to one kind of part: `added` and `removed` are names."""

    title: str
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[ChangedPart] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class _Part:
    """A part to be compared: `key` tells it from others of its kind, `home` is the code of the part it belongs to."""

    key: Any
    name: str
    value: Any
    home: str = ""


@dataclass(frozen=True)
class _Table:
    """One kind of parts: which there are in given rules, and the `columns` of `model` that are compared.

    `home` is what the page calls the part they belong to. Where `goes_along`, that home is an indicator, and parts of
    a new or removed one are not told one by one.
    """

    title: str | Promise
    model: type[Model]
    columns: tuple[str, ...]
    parts: Callable[[Instrument], Iterable[_Part]]
    home: str | Promise = ""
    goes_along: bool = False


def differences(before: Instrument, after: Instrument, scopes: Scopes) -> list[Section]:
    """The kinds of parts in which `after` differs from `before`, from the instrument itself to its bands.

    Parts are the same where their code is (of a level its indicator and number, of a band its star). The version and
    the order of parts are not compared.
    """
    found = (_section(table, before, after, scopes) for table in TABLES)
    return [section for section in found if section]


def _section(table: _Table, before: Instrument, after: Instrument, scopes: Scopes) -> Section:
    old, new = ({part.key: part for part in table.parts(rules)} for rules in (before, after))
    section = Section(
        str(table.title), added=_only_in(table, new, old, before), removed=_only_in(table, old, new, after)
    )
    for key, part in new.items():
        if key in old and (changes := tuple(_changes(table, old[key], part, scopes))):
            section.changed.append(ChangedPart(part.name, changes))
    return section


def _only_in(table: _Table, parts: dict[Any, _Part], others: dict[Any, _Part], rules: Instrument) -> list[str]:
    """Names of the parts that the `others`, those of `rules`, do not have."""
    return [
        part.name
        for key, part in parts.items()
        if key not in others and not (table.goes_along and part.home not in rules.indicators)
    ]


def _changes(table: _Table, before: _Part, after: _Part, scopes: Scopes) -> Iterator[Change]:
    if table.home and before.home != after.home:
        yield Change(str(table.home), before.home, after.home)
    for column in table.columns:
        old, new = getattr(before.value, column), getattr(after.value, column)
        if old != new:
            name = str(table.model._meta.get_field(column).verbose_name)
            yield Change(name, _shown(column, old, scopes), _shown(column, new, scopes))


def _shown(column: str, entry: Any, scopes: Scopes) -> str:
    """An entry as pages say it."""
    if column == "scopes":
        return ", ".join(scopes.get(code, code) for code in sorted(entry)) or _("semua lingkup")
    if isinstance(entry, frozenset):
        entry = ", ".join(str(Certificate.Kind(kind).label) for kind in sorted(entry))
    if entry is None or entry == "":
        return _("kosong")
    if isinstance(entry, bool):
        return _("ya") if entry else _("tidak")
    if isinstance(entry, Fraction):
        return number_format(Decimal(entry.numerator) / Decimal(entry.denominator))
    return str(LABELS.get(column, {}).get(entry, entry))


LABELS = {
    "condition": dict(models.Gate._meta.get_field("condition").flatchoices),
    "effect": dict(models.Gate._meta.get_field("effect").flatchoices),
    "authority": dict(models.Gate._meta.get_field("authority").flatchoices),
    "kind": dict(models.Check._meta.get_field("kind").flatchoices),
}


def _indicators(rules: Instrument) -> Iterator[_Part]:
    for criterion in rules.criteria:
        for indicator in criterion.indicators:
            yield _Part(indicator.code, f"{indicator.code} {indicator.name}", indicator, criterion.code)


def _levels(rules: Instrument) -> Iterator[_Part]:
    for indicator in rules.indicators.values():
        for level in indicator.levels:
            words = {"indicator": f"{indicator.code} {indicator.name}", "number": level.number}
            name = _("%(indicator)s, level %(number)s") % words
            yield _Part((indicator.code, level.number), name, level, indicator.code)


def _checks(rules: Instrument) -> Iterator[_Part]:
    for indicator in rules.indicators.values():
        for check in indicator.checks:
            yield _Part(check.code, f"{check.text} ({indicator.code})", check, indicator.code)


# Parameters of conditions and effects, each once.
PARAMETERS = tuple(
    dict.fromkeys(
        name for table in (CONDITION_PARAMETERS, EFFECT_PARAMETERS) for names in table.values() for name in names
    )
)

TABLES = (
    _Table(
        gettext_lazy("Instrumen"),
        models.Instrument,
        ("name", "basis", "validity_months"),
        lambda rules: [_Part("", rules.name, rules)],
    ),
    _Table(
        gettext_lazy("Kriteria"),
        models.Criterion,
        ("name", "short_name", "points"),
        lambda rules: [_Part(part.code, f"{part.code} {part.name}", part) for part in rules.criteria],
    ),
    _Table(
        gettext_lazy("Indikator"),
        models.Indicator,
        (
            "name",
            "short_name",
            "question",
            "scopes",
            "evidence_hint",
            "evidence_required",
            "cap_without_evidence",
            "source",
        ),
        _indicators,
        home=gettext_lazy("kriteria"),
    ),
    _Table(gettext_lazy("Level"), models.Level, ("points", "word", "wording"), _levels, goes_along=True),
    _Table(
        gettext_lazy("Butir lembar uji"),
        models.Check,
        ("text", "kind", "scopes", "eliminating", "bad_value"),
        _checks,
        home=gettext_lazy("indikator"),
        goes_along=True,
    ),
    _Table(
        gettext_lazy("Syarat"),
        models.Gate,
        ("name", "sentence", "how_to_repair", "scopes", "condition", "effect", *PARAMETERS, "source"),
        lambda rules: [_Part(part.code, part.name, part) for part in rules.gates],
    ),
    _Table(
        gettext_lazy("Ambang bintang"),
        models.StarBand,
        ("lowest", "label"),
        lambda rules: [_Part(part.star, part.label, part) for part in rules.bands],
    ),
)
