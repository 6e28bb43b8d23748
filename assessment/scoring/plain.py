"""Rules, answers, facts and results as JSON-able data, the form in which a decision stores them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any


def as_data(value: Any) -> Any:
    """`value` as dicts, lists, strings, booleans and None.

    Numbers become strings ("82.40", "412/5", "4"), because JSON readers disagree about numbers; dates are ISO;
    sets are sorted. Raises TypeError for anything else.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_data(value[key]) for key in sorted(value)}
    if isinstance(value, frozenset | set):
        return [as_data(member) for member in sorted(value)]
    if isinstance(value, tuple | list):
        return [as_data(member) for member in value]
    return _scalar(value)


def _scalar(value: Any) -> str | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int | Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no plain form")
