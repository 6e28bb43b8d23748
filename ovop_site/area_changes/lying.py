"""What still lies in closed areas: counted, by area and kind."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User
from assessment.models import Assessment, Round
from ovop_site.area_changes.permissions import may_move, moves_duty, moving_areas
from ovop_site.area_changes.successors import Target, targets_of
from ovop_site.templatetags.numbers import number
from sentra.models import IKM, Product, Sentra
from wilayah import codes, names
from wilayah.models import Wilayah

KINDS = {
    "sentra": _("sentra"),
    "ikm": _("IKM"),
    "product": _("produk"),
    "assessment": _("penilaian terbuka"),
    "round": _("putaran"),
    "duty": _("tugas"),
}


@dataclass
class Place:
    """A closed area in which something lies, and where it may go.

    counts   number by kind: sentra, ikm, product, assessment (open ones), round (not over)
    duties   those in force whose person does not act in one of the targets yet
    targets  the areas `user` may move it to; `is_blocked` where there are some, but none for this user
    """

    area: Wilayah
    counts: dict[str, int] = field(default_factory=dict)
    duties: list[Duty] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    is_blocked: bool = False

    @property
    def proposal(self) -> Wilayah | None:
        """The only target, where it was entered, or bears the same name too; else a person has to look."""
        if len(self.targets) != 1:
            return None
        target = self.targets[0]
        same_name = names.tidy(target.area.name).lower() == names.tidy(self.area.name).lower()
        return target.area if target.is_entered or same_name else None

    @property
    def counter(self) -> Counter[str]:
        """How much of each of `KINDS` lies here."""
        return Counter(self.counts) + Counter(duty=len(self.duties))

    @property
    def is_empty(self) -> bool:
        return not (self.counts or self.duties)


def in_words(counted: Counter) -> str:
    """ "2 sentra, 14 IKM, 1 tugas"; empty for nothing."""
    return ", ".join(f"{number(counted[kind])} {word}" for kind, word in KINDS.items() if counted[kind])


def rows_of_kinds() -> dict[str, QuerySet]:
    """What moves or follows, by kind; also what is out of use, which would be lost from sight else.

    Figures stay with the area of their year, closed assessments and decisions with that of their day.
    """
    today = timezone.localdate()
    return {
        "sentra": Sentra.objects.all(),
        "ikm": IKM.objects.all(),
        "product": Product.objects.all(),
        "assessment": Assessment.objects.open(),
        "round": Round.objects.filter(Q(closes=None) | Q(closes__gte=today)),
    }


def closed_inside(areas: Iterable[str]) -> QuerySet[Wilayah]:
    return Wilayah.objects.inside(*areas).filter(valid_until__lt=timezone.localdate())


def places(user: User, *, within: str = codes.NATIONAL) -> list[Place]:
    """The closed areas inside `within` in which something lies that `user` may move, by code. Six queries."""
    closed = closed_inside(moving_areas(user)).inside(within)
    counted = _counts(closed)
    duties = [duty for duty in _duties_over(closed) if moves_duty(user, duty)]
    involved = set(counted) | {duty.wilayah_id for duty in duties}
    rows = Wilayah.objects.in_bulk(involved)
    targets = targets_of(list(rows.values()))
    waiting = _without_successor(duties, targets)
    found = []
    for code in sorted(involved):
        allowed = [target for target in targets[code] if may_move(user, code, target.area.code)]
        place = Place(rows[code], counted.get(code, {}), waiting.get(code, []), allowed)
        place.is_blocked = bool(targets[code]) and not allowed
        if not place.is_empty:
            found.append(place)
    return found


def _counts(closed: QuerySet[Wilayah]) -> dict[str, dict[str, int]]:
    """Numbers by area and kind, in one statement."""
    parts = [
        rows.filter(wilayah__in=closed)
        .order_by()
        .values("wilayah_id")
        .annotate(kind=Value(kind), number=Count("pk"))
        .values_list("wilayah_id", "kind", "number")
        for kind, rows in rows_of_kinds().items()
    ]
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for code, kind, count in reduce(lambda one, other: one.union(other, all=True), parts):
        counted[code][kind] = count
    return counted


def _duties_over(closed: QuerySet[Wilayah]) -> list[Duty]:
    duties = Duty.objects.not_ended().filter(wilayah__in=closed, user__is_active=True)
    return list(duties.select_related("user", "wilayah").order_by("wilayah", "user__username", "role"))


def _without_successor(duties: list[Duty], targets: dict[str, list[Target]]) -> dict[str, list[Duty]]:
    """By area those of `duties` whose person has no such duty yet that covers one of the targets of the area."""
    held = defaultdict(set)
    others = Duty.objects.not_ended().filter(user__in={duty.user_id for duty in duties})
    for user, role, area in others.values_list("user_id", "role", "wilayah_id"):
        held[user, role].add(area or codes.NATIONAL)
    waiting = defaultdict(list)
    for duty in duties:
        offered = [target.area.code for target in targets[duty.wilayah_id]]
        areas = held[duty.user_id, duty.role]
        if not any(codes.is_inside(code, area) for code in offered for area in areas):
            waiting[duty.wilayah_id].append(duty)
    return waiting
