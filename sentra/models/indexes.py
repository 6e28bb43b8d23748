"""Indexes that the lists of records need, by one rule each (docs/adr/0061)."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


def list_indexes(name: str) -> list[models.Index]:
    """What every list of records is sorted, counted and filtered by: its times, its area, and being in use or not."""
    return [
        models.Index("changed_at", "id", name=f"{name}_changed"),
        models.Index("created_at", "id", name=f"{name}_recorded"),
        in_areas(Q(deactivated_at__isnull=True), name=f"{name}_in_use"),
        in_areas(Q(deactivated_at__isnull=False), name=f"{name}_out_of_use"),
    ]


def in_areas(condition: Q, *, name: str) -> models.Index:
    """The rows that satisfy `condition`, by area: read alone, it counts them."""
    return models.Index(OpClass("wilayah", name="varchar_pattern_ops"), condition=condition, name=name)


def sorted_by_name(name: str, *fields: str, condition: Q | None = None) -> models.Index:
    """The rows in the order of their names, per value of `fields`, or those that satisfy `condition` alone.

    A branch or a legal form stands in the names themselves ("UD …", "Tenun …"), so that its rows lie together in the
    order of names: without this a list of them would be looked for behind all others.
    """
    return models.Index(*fields, Lower("name"), "id", condition=condition, name=name)
