"""The branches, product scopes and size classes the system starts with, from `data/reference.json`."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import transaction

from sentra.models import Branch, ProductScope, SizeRule

FILE = Path(__file__).parent / "data" / "reference.json"
MODELS = {"branch": Branch, "product_scope": ProductScope}


@transaction.atomic
def load_reference(*, overwrite: bool = False) -> Counter[str]:
    """Enter what is missing; rows that exist stay as an admin left them, unless `overwrite` is given.

    `overwrite` restores name, description, source and order; whether a row is in use stays the admin's choice.
    Returns counts of "created", "kept" (differs from the file), "restored" and "same". Repeating it changes nothing.
    """
    reference = json.loads(FILE.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for key, model in MODELS.items():
        for order, row in enumerate(reference[key], start=1):
            counts[_load(model, row | {"order": order}, overwrite)] += 1
    counts[_load_size_rules(reference["size_rule"], overwrite)] += len(reference["size_rule"])
    return counts


def _load(model: type[Branch] | type[ProductScope], wanted: dict[str, Any], overwrite: bool) -> str:
    row, created = model.objects.get_or_create(code=wanted["code"], defaults=wanted)
    if created:
        return "created"
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return "same"
    if not overwrite:
        return "kept"
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    return "restored"


def _load_size_rules(wanted: list[dict[str, Any]], overwrite: bool) -> str:
    """The thresholds are one rule in several lines, so they are entered, kept or restored together."""
    stored = list(SizeRule.objects.values(*wanted[0]))
    if stored == wanted:
        return "same"
    if stored and not overwrite:
        return "kept"
    SizeRule.objects.all().delete()
    SizeRule.objects.bulk_create(SizeRule(**line) for line in wanted)
    return "restored" if stored else "created"
