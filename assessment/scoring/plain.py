"""Rules, answers, facts and results as JSON-able data, the form in which a decision stores them, and back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


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


def from_data(kind: type[Value], data: Any) -> Value:
    """The value of the type `kind` whose `as_data` is `data`: what was stored, read and not computed again.

    Keys the type no longer has are left out; a field that was not stored yet takes its default. Raises TypeError for a
    type without a plain form or where a field without a default is missing, ValueError for unreadable text.
    """
    if get_origin(kind) is UnionType:
        return None if data is None else from_data(_other_than_none(kind), data)
    if is_dataclass(kind):
        return kind(**{name: from_data(hint, data[name]) for name, hint in _fields(kind) if name in data})
    if get_origin(kind) is tuple:
        return tuple(from_data(get_args(kind)[0], member) for member in data)
    if get_origin(kind) is frozenset:
        return frozenset(from_data(get_args(kind)[0], member) for member in data)
    if get_origin(kind) is Mapping:
        return {key: from_data(get_args(kind)[1], value) for key, value in data.items()}
    return _scalar_from(kind, data)


def _other_than_none(kind: Any) -> Any:
    (other,) = (option for option in get_args(kind) if option is not NoneType)
    return other


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _scalar_from(kind: type, data: Any) -> Any:
    if kind is date:
        return date.fromisoformat(data)
    if kind in (bool, str, int, Fraction, Decimal) or issubclass(kind, Enum):
        return kind(data)
    raise TypeError(f"{kind.__name__} has no plain form")
