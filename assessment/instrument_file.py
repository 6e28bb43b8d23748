"""Instruments as TOML files: how the default one is kept, readable for a dinas and comparable line by line."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from assessment.scoring import Band, Check, CheckKind, Condition, Criterion, Effect, Gate, Indicator, Instrument, Level

DEFAULT_FILE = Path(__file__).parent / "data" / "instrumen-bawaan.toml"


class InstrumentFileError(ValueError):
    """The file is not an instrument; `str()` names the file and the place."""


def read_instrument(path: Path = DEFAULT_FILE) -> Instrument:
    """The rules written in the TOML file `path`.

    Keys are the fields of the values in `assessment.scoring.rules`; levels are numbered by their place. Whether the
    rules make sense is asked elsewhere (`instrument_checks`). Raises InstrumentFileError for what cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _instrument(tomllib.load(file, parse_float=Decimal))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InstrumentFileError(f"{path.name}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InstrumentFileError(f"{path.name}: missing, unknown or unreadable entry ({error})") from error


def _instrument(table: dict[str, Any]) -> Instrument:
    return Instrument(
        **table
        | {
            "basis": table["basis"].strip(),
            "criteria": tuple(_criterion(row) for row in table["criteria"]),
            "bands": tuple(sorted((_band(row) for row in table["bands"]), key=lambda band: band.star)),
            "gates": tuple(_gate(row) for row in table.get("gates", ())),
        }
    )


def _criterion(table: dict[str, Any]) -> Criterion:
    return Criterion(
        **table
        | {
            "points": Fraction(table["points"]),
            "indicators": tuple(_indicator(row) for row in table["indicators"]),
        }
    )


def _indicator(table: dict[str, Any]) -> Indicator:
    return Indicator(
        **table
        | {
            "levels": tuple(_level(number, row) for number, row in enumerate(table["levels"], start=1)),
            "checks": tuple(_check(row) for row in table.get("checks", ())),
            "scopes": frozenset(table.get("scopes", ())),
        }
    )


def _level(number: int, table: dict[str, Any]) -> Level:
    return Level(number=number, **table | {"points": Fraction(table["points"])})


def _check(table: dict[str, Any]) -> Check:
    return Check(**table | {"kind": CheckKind(table["kind"]), "scopes": frozenset(table.get("scopes", ()))})


def _band(table: dict[str, Any]) -> Band:
    return Band(**table | {"lowest": Fraction(table["lowest"])})


def _gate(table: dict[str, Any]) -> Gate:
    return Gate(
        **table
        | {
            "condition": Condition(table["condition"]),
            "effect": Effect(table["effect"]),
            "scopes": frozenset(table.get("scopes", ())),
            "kinds": frozenset(table.get("kinds", ())),
        }
    )
