"""Filters over branches and product scopes, whose choices all come by one query, when they are needed."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, Value
from django.utils.translation import gettext_lazy as _

from sentra.models import Branch, ProductScope

OFFERED = {"cabang": Branch, "lingkup": ProductScope}


class BranchFilter(django_filters.ChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        words = {"label": _("Cabang industri"), "empty_label": _("Semua cabang")}
        super().__init__(**{"field_name": "branch", "choices": [], **words, **kwargs})


class ScopeFilter(django_filters.ChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        words = {"label": _("Lingkup produk"), "empty_label": _("Semua lingkup")}
        super().__init__(**{"field_name": "scope", "choices": [], **words, **kwargs})


def offer(fields: dict[str, forms.Field]) -> None:
    """Give the fields `cabang` and `lingkup` among `fields` what there is to choose.

    One query for both, when the first is drawn or has a value to be checked; none where neither is.
    """
    names = [name for name in OFFERED if name in fields]
    found = cache(partial(_offered, names))
    for name in names:
        fields[name].choices = partial(_choices, found, name)


def _offered(names: list[str]) -> list[tuple[str, int, str, str]]:
    queries = [
        OFFERED[name].objects.order_by().values_list(Value(name, CharField()), "order", "name", "code")
        for name in names
    ]
    return sorted(queries[0].union(*queries[1:], all=True))


def _choices(found: Callable[[], list[tuple[str, int, str, str]]], name: str) -> list[tuple[str, str]]:
    return [(code, words) for kind, _order, words, code in found() if kind == name]
