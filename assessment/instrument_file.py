"""Instruments as TOML files: how the default one is kept, readable for a dinas and comparable line by line."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from assessment.scoring import Band, Check, CheckKind, Condition, Criterion, Effect, Gate, Indicator, Instrument, Level

Value = TypeVar("Value")

# Types of fields that a file holds as they are; everything else is read by a function of its own.
PLAIN = {str, int, bool, str | None, int | None}

DEFAULT_FILE = Path(__file__).parent / "data" / "instrumen-bawaan.toml"


class InstrumentFileError(ValueError):
    """The file is not an instrument; `str()` names the file and the place."""


def read_instrument(path: Path = DEFAULT_FILE) -> Instrument:
    """The rules written in the TOML file `path`.

    Keys are the fields of the values in `assessment.scoring.rules`; a level without a number has that of its place.
    Whether the rules make sense is asked elsewhere (`instrument_checks`). Raises InstrumentFileError for what cannot be
    read.
    """
    try:
        with path.open("rb") as file:
            return _instrument(tomllib.load(file, parse_float=Decimal))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InstrumentFileError(f"{path.name}: {error}") from error
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise InstrumentFileError(
            f"{path.name}: ada isian yang hilang, tidak dikenal, atau bukan jenisnya ({error})"
        ) from error


def _instrument(table: dict[str, Any]) -> Instrument:
    return _made(
        Instrument,
        table,
        basis=table["basis"].strip(),
        criteria=tuple(_criterion(row) for row in table["criteria"]),
        bands=tuple(sorted((_band(row) for row in table["bands"]), key=lambda band: band.star)),
        gates=tuple(_gate(row) for row in table.get("gates", ())),
    )


def _criterion(table: dict[str, Any]) -> Criterion:
    return _made(
        Criterion,
        table,
        points=_number(table["points"]),
        indicators=tuple(_indicator(row) for row in table["indicators"]),
    )


def _indicator(table: dict[str, Any]) -> Indicator:
    return _made(
        Indicator,
        table,
        levels=tuple(_level(number, row) for number, row in enumerate(table["levels"], start=1)),
        checks=tuple(_check(row) for row in table.get("checks", ())),
        scopes=_codes(table, "scopes"),
    )


def _level(place: int, table: dict[str, Any]) -> Level:
    return _made(Level, table, number=table.get("number", place), points=_number(table["points"]))


def _check(table: dict[str, Any]) -> Check:
    return _made(Check, table, kind=CheckKind(table.get("kind", CheckKind.YES_NO)), scopes=_codes(table, "scopes"))


def _band(table: dict[str, Any]) -> Band:
    return _made(Band, table, lowest=_number(table["lowest"]))


def _gate(table: dict[str, Any]) -> Gate:
    return _made(
        Gate,
        table,
        condition=Condition(table["condition"]),
        effect=Effect(table["effect"]),
        scopes=_codes(table, "scopes"),
        kinds=_codes(table, "kinds"),
    )


def _made(kind: type[Value], table: dict[str, Any], /, **read: Any) -> Value:
    """`kind` from `table` and what was `read` out of it; TypeError for an entry of another type than its field."""
    made = kind(**table | read)
    for name, hint in get_type_hints(kind).items():
        entry = getattr(made, name)
        if hint in PLAIN and not (isinstance(entry, hint) and (hint is bool or not isinstance(entry, bool))):
            raise TypeError(f"{table.get('code', kind.__name__)}: {name} = {entry!r}")
    return made


def _number(entry: Any) -> Fraction:
    if isinstance(entry, bool) or not isinstance(entry, int | Decimal):
        raise TypeError(f"{entry!r} bukan angka")
    return Fraction(entry)


def _codes(table: dict[str, Any], key: str) -> frozenset[str]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise TypeError(f"{key} = {entries!r}")
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
