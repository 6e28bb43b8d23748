"""Instruments as TOML files: how the default one is kept, readable for a dinas and comparable line by line."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from django.utils.translation import gettext as _

from assessment.scoring import Band, Check, CheckKind, Condition, Criterion, Effect, Gate, Indicator, Instrument, Level

Value = TypeVar("Value")

# Types of fields that a file holds as they are; everything else is read by a function of its own.
PLAIN = {str, int, bool, str | None, int | None}

DEFAULT_FILE = Path(__file__).parent / "data" / "instrumen-bawaan.toml"


class InstrumentFileError(ValueError):
    """The file is not an instrument; `str()` is a sentence with the file and the place."""


class _Unreadable(ValueError):
    """What is wrong with one entry, in words."""


def read_instrument(path: Path = DEFAULT_FILE) -> Instrument:
    """The rules written in the TOML file `path`.

    Keys are the fields of the values in `assessment.scoring.rules`; a level without a number has that of its place.
    Whether the rules make sense is asked elsewhere (`instrument_checks`). Raises InstrumentFileError for what cannot be
    read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InstrumentFileError(f"{path.name}: {error}") from error
    return parse_instrument(content, name=path.name)


def parse_instrument(content: bytes, *, name: str) -> Instrument:
    """The rules written in `content`, a TOML file called `name`; as `read_instrument`."""
    try:
        return _instrument(tomllib.loads(content.decode(), parse_float=Decimal))
    except UnicodeDecodeError as error:
        raise InstrumentFileError(_("%(name)s: ini bukan berkas teks UTF-8.") % {"name": name}) from error
    except tomllib.TOMLDecodeError as error:
        raise InstrumentFileError(f"{name}: {_place_in(str(error))}") from error
    except (ArithmeticError, ValueError) as error:
        raise InstrumentFileError(f"{name}: {error}") from error


def _place_in(words: str) -> str:
    """Where the parser of Python's library stopped."""
    found = re.search(r"at line (\d+), column (\d+)", words)
    if not found:
        return _("berkas berakhir sebelum isinya lengkap.")
    place = {"line": found[1], "column": found[2]}
    return _("baris %(line)s, kolom %(column)s tidak mengikuti tata tulis TOML.") % place


def _instrument(table: dict[str, Any]) -> Instrument:
    bands = _each(table, "bands", _band)
    return _made(
        Instrument,
        table,
        basis=_entry({"basis": ""} | table, "basis", str).strip(),
        criteria=_each(table, "criteria", _criterion),
        bands=tuple(sorted(bands, key=lambda band: band.star)),
        gates=_each({"gates": []} | table, "gates", _gate),
    )


def _each(table: dict[str, Any], key: str, read: Callable[[dict[str, Any]], Value]) -> tuple[Value, ...]:
    """What `read` makes of each table in the list `key`; what is wrong with one is said with its place and code."""
    made = []
    for place, row in enumerate(_entry(table, key, list), start=1):
        if not isinstance(row, dict):
            raise _Unreadable(_("%(key)s nomor %(place)s bukan tabel") % {"key": key, "place": place})
        try:
            made.append(read(row))
        except (ArithmeticError, ValueError) as error:
            where = _("%(key)s nomor %(place)s") % {"key": key, "place": place}
            code = f" ({row['code']})" if "code" in row else ""
            raise _Unreadable(f"{where}{code}: {error}") from error
    return tuple(made)


def _entry(table: dict[str, Any], key: str, kind: type[Value]) -> Value:
    if key not in table:
        raise _Unreadable(_("isian “%(key)s” tidak ada") % {"key": key})
    if not isinstance(table[key], kind):
        raise _not_its_kind(key, table[key])
    return table[key]


def _not_its_kind(key: str, entry: Any) -> _Unreadable:
    return _Unreadable(_("isian ini bukan jenisnya: %(key)s = %(entry)s") % {"key": key, "entry": repr(entry)})


def _criterion(table: dict[str, Any]) -> Criterion:
    return _made(
        Criterion,
        table,
        points=_number(table, "points"),
        indicators=_each(table, "indicators", _indicator),
    )


def _indicator(table: dict[str, Any]) -> Indicator:
    return _made(
        Indicator,
        table,
        levels=_each({"levels": _numbered(_entry(table, "levels", list))}, "levels", _level),
        checks=_each({"checks": []} | table, "checks", _check),
        scopes=_codes(table, "scopes"),
    )


def _numbered(levels: list[Any]) -> list[Any]:
    """`levels`, each with the number of its place where it has none."""
    return [{"number": place} | row if isinstance(row, dict) else row for place, row in enumerate(levels, start=1)]


def _level(table: dict[str, Any]) -> Level:
    return _made(Level, table, points=_number(table, "points"))


def _check(table: dict[str, Any]) -> Check:
    kind = _one_of(CheckKind, {"kind": CheckKind.YES_NO.value} | table, "kind")
    return _made(Check, table, kind=kind, scopes=_codes(table, "scopes"))


def _band(table: dict[str, Any]) -> Band:
    return _made(Band, table, lowest=_number(table, "lowest"))


def _gate(table: dict[str, Any]) -> Gate:
    return _made(
        Gate,
        table,
        condition=_one_of(Condition, table, "condition"),
        effect=_one_of(Effect, table, "effect"),
        scopes=_codes(table, "scopes"),
        kinds=_codes(table, "kinds"),
    )


def _made(kind: type[Value], table: dict[str, Any], /, **read: Any) -> Value:
    """`kind` from `table` and what was `read` out of it; each entry must be one of its fields, and of its type."""
    own = {field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(kind)}
    for name in table.keys() - own:
        raise _Unreadable(_("isian “%(key)s” tidak dikenal") % {"key": name})
    for name, is_needed in own.items():
        if is_needed and name not in table | read:
            raise _Unreadable(_("isian “%(key)s” tidak ada") % {"key": name})
    made = kind(**table | read)
    for name, hint in get_type_hints(kind).items():
        entry = getattr(made, name)
        if hint in PLAIN and not (isinstance(entry, hint) and (hint is bool or not isinstance(entry, bool))):
            raise _not_its_kind(name, entry)
    return made


def _one_of(choices: type[Value], table: dict[str, Any], key: str) -> Value:
    entry = _entry(table, key, str)
    try:
        return choices(entry)
    except ValueError:
        raise _not_its_kind(key, entry) from None


def _number(table: dict[str, Any], key: str) -> Fraction:
    entry = _entry(table, key, object)
    if isinstance(entry, bool) or not isinstance(entry, int | Decimal) or not Decimal(entry).is_finite():
        raise _not_its_kind(key, entry)
    return Fraction(entry)


def _codes(table: dict[str, Any], key: str) -> frozenset[str]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise _not_its_kind(key, entries)
    return frozenset(entries)


def write_instrument(rules: Instrument) -> str:
    """`rules` as the text of a TOML file that `read_instrument` reads back as the same rules.

    What has its default value is left out; so is the number of a level where its place says it.
    """
    lines = [*_lines(rules, "criteria", "bands", "gates"), f"bands = {_rows(rules.bands)}"]
    if not rules.criteria:
        lines.append("criteria = []")
    for criterion in rules.criteria:
        lines += ["", "[[criteria]]", *_lines(criterion, "indicators")]
        if not criterion.indicators:
            lines.append("indicators = []")
        for indicator in criterion.indicators:
            lines += ["", "[[criteria.indicators]]", *_lines(indicator, "levels", "checks")]
            lines.append(f"levels = {_level_rows(indicator.levels)}")
            if indicator.checks:
                lines.append(f"checks = {_rows(indicator.checks)}")
    for gate in rules.gates:
        lines += ["", "[[gates]]", *_lines(gate)]
    return "\n".join(lines) + "\n"


def _lines(value: Any, *left_out: str) -> Iterator[str]:
    """One entry for each field of `value` that says more than its default."""
    for field in fields(value):
        entry = getattr(value, field.name)
        if field.name not in left_out and entry != field.default:
            yield f"{field.name} = {_written(entry)}"


def _rows(values: tuple[Any, ...], *left_out: str) -> str:
    return _array(f"{{ {', '.join(_lines(value, *left_out))} }}" for value in values)


def _level_rows(levels: tuple[Level, ...]) -> str:
    in_order = [level.number for level in levels] == list(range(1, len(levels) + 1))
    return _rows(levels, *(["number"] if in_order else []))


def _array(rows: Iterator[str]) -> str:
    lines = [f"  {row}," for row in rows]
    return "\n".join(["[", *lines, "]"]) if lines else "[]"


def _written(entry: Any) -> str:
    if isinstance(entry, bool):
        return str(entry).lower()
    if isinstance(entry, Fraction):
        return f"{Decimal(entry.numerator) / Decimal(entry.denominator):f}"
    if isinstance(entry, int):
        return str(entry)
    if isinstance(entry, frozenset):
        return json.dumps(sorted(entry), ensure_ascii=False)
    # JSON escapes what TOML does, but for DEL.
    return json.dumps(entry, ensure_ascii=False).replace("\x7f", "\\u007f")
