"""Moving what lies in closed areas to the areas that replaced them (docs/adr/0035)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from accounts.models import Duty, User
from assessment.models import Assessment
from ovop_site.area_changes.lying import Place, rows_of_kinds
from ovop_site.area_changes.permissions import may_move, moves_duty
from sentra.models import Product

# Products, certificates and open assessments follow; these are moved themselves.
MOVED = ("sentra", "ikm", "round")


class NotOffered(Exception):
    """A target that is no successor, or an area that is not closed any more."""


@transaction.atomic
def move_places(*, chosen: Mapping[str, str], places: Iterable[Place], by: User) -> Counter[str]:
    """Move everything that lies in each area of `chosen` (old code to new code); how much of each kind.

    One statement per kind, however many areas and rows. Raises NotOffered where an area is none of `places` or its new
    one none of its targets, and PermissionDenied where `by` does not act in both.
    """
    by_code = {place.area.code: place for place in places}
    for old, new in chosen.items():
        _check(by_code.get(old), new, by=by)
    with pghistory.context(**_reason(chosen)):
        moved = Counter()
        for kind in MOVED:
            rows = rows_of_kinds()[kind].filter(wilayah__in=chosen)
            moved[kind] = rows.update(wilayah_id=_new_code(chosen))
        moved["assessment"] = _let_assessments_follow(chosen)
        for old, new in chosen.items():
            moved["duty"] += _give_duties(by_code[old].duties, new, by=by)
    return moved


@transaction.atomic
def move_rows(*, chosen: Mapping[models.Model, str], place: Place, by: User) -> Counter[str]:
    """Move single records, rounds and duties out of one area, each to its own new one (row to new code).

    What was moved meanwhile stays where it is. Raises as `move_places`.
    """
    by_target: dict[tuple[type[models.Model], str], list[models.Model]] = defaultdict(list)
    for row, new in chosen.items():
        _check(place, new, by=by)
        by_target[type(row), new].append(row)
    old = place.area.code
    with pghistory.context(**_reason({old: ", ".join(sorted(set(chosen.values())))})):
        moved = Counter()
        for (model, new), rows in by_target.items():
            if model is Duty:
                moved["duty"] += _give_duties(rows, new, by=by)
                continue
            waiting = model._base_manager.filter(pk__in=[row.pk for row in rows], wilayah=old)
            moved[model._meta.model_name] += waiting.update(wilayah_id=new)
        moved["assessment"] = _let_assessments_follow([old])
    return moved


def _check(place: Place | None, new: str, *, by: User) -> None:
    if place is None or new not in {target.area.code for target in place.targets}:
        raise NotOffered
    if not may_move(by, place.area.code, new):
        raise PermissionDenied


def _new_code(chosen: Mapping[str, str]) -> Case:
    whens = [When(wilayah_id=old, then=Value(new)) for old, new in chosen.items()]
    return Case(*whens, default=F("wilayah_id"), output_field=CharField())


def _let_assessments_follow(old: Iterable[str]) -> int:
    """Open assessments of what was moved out of the areas `old` go where their product is now."""
    area_of_product = Product.objects.filter(pk=OuterRef("product_id")).values("wilayah_id")[:1]
    left: QuerySet[Assessment] = Assessment.objects.open().filter(wilayah__in=list(old))
    return left.exclude(product__wilayah_id=F("wilayah_id")).update(wilayah_id=Subquery(area_of_product))


def _give_duties(duties: Iterable[Duty], new: str, *, by: User) -> int:
    """The same duties over the area `new`, from today; how many.

    The old ones stay in force: under them what was decided in the old area remains in sight.
    """
    given = 0
    for duty in duties:
        if not moves_duty(by, duty):
            raise PermissionDenied
        _duty, is_new = Duty.objects.get_or_create(
            user=duty.user,
            role=duty.role,
            wilayah_id=new,
            valid_from=max(duty.valid_from, timezone.localdate()),
            defaults={"valid_until": duty.valid_until},
        )
        given += is_new
    return given


def _reason(chosen: Mapping[str, str]) -> dict[str, str]:
    """What the history of every moved row keeps beside who did it."""
    return {"reason": "pergantian wilayah", "moved": "; ".join(f"{old} → {new}" for old, new in sorted(chosen.items()))}
