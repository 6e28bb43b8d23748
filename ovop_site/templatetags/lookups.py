"""`{% load lookups %}`: reading a value out of a mapping by a key that is itself a variable."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def lookup(mapping: Mapping, key: Any) -> Any:
    """The value of `mapping` at `key`, or None."""
    return mapping.get(key)
