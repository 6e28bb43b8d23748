"""Indexes that the lists of records need, by one rule each (docs/adr/0061)."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q


def list_indexes(name: str) -> list[models.Index]:
    """What every list of records is sorted and filtered by: when rows changed and were recorded, and being out of use.

    The usual rows need no index of their own: a list in some order finds them on its way.
    """
    return [
        models.Index("changed_at", "id", name=f"{name}_changed"),
        models.Index("created_at", "id", name=f"{name}_recorded"),
        rare_rows(Q(deactivated_at__isnull=False), name=f"{name}_out_of_use"),
    ]


def rare_rows(condition: Q, *, name: str) -> models.Index:
    """The rows that satisfy `condition`, by area: small where they are few, of use to a village and to a country."""
    return models.Index(OpClass("wilayah", name="varchar_pattern_ops"), condition=condition, name=name)
