"""The figures of a pimpinan: valid results by band and area, weakest criteria and indicators. Every sum is computed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Role, duty_areas, inside_q
from assessment.models import Assessment, Decision, Score, ScoreSheet
from ovop_site.templatetags.numbers import number
from sentra.arrays import OneOf
from sentra.models import Product
from wilayah import codes
from wilayah.models import Wilayah

# Length of a code one level below an area, by the length of the area's code.
CODE_LENGTH_BELOW = {0: 2, 2: 5, 5: 8, 8: 13, 13: 13}
MOST_INDICATORS = 5


@dataclass(frozen=True)
class Cell:
    """How many products of an area stand in a band; `share` 0 to 3 says how dark the cell is drawn."""

    star: int
    count: int
    share: int


@dataclass(frozen=True)
class Row:
    """One area ("": all of them) with its cells, the highest band first; the sum is that of the cells.

    `is_wider` where it is no smaller than the duty: its products lie in none of the other rows, and the list of the
    area would show theirs too.
    """

    code: str
    name: str
    cells: list[Cell]
    is_wider: bool = False

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Products with a result in force, by area one level below the duty, and by star.

    `area` is the code of the duty, so that a list can be kept to it; "" for the country or several duties.
    """

    stars: list[int]
    rows: list[Row]
    sums: Row
    area: str

    @property
    def total(self) -> int:
        return self.sums.total

    def at_least(self, star: int) -> int:
        return sum(cell.count for cell in self.sums.cells if cell.star >= star)


@dataclass(frozen=True)
class Weakness:
    """A criterion and the share (0 to 1) of its points that products in force reached together."""

    code: str
    name: str
    share: Decimal

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return int(self.share * 100)


def matrix(user: User) -> Matrix:
    """The decided results in force inside the duties of the leader `user`; 2 queries.

    Rows are the areas one level below the widest duty; an area without a result has no row.
    """
    areas = codes.outermost(duty_areas(user, Role.LEADER))
    length = CODE_LENGTH_BELOW[min((len(area) for area in areas), default=0)]
    counted = (
        Product.objects.in_use()
        .with_result_on(timezone.localdate())
        .filter(inside_q(user, "wilayah__code", Role.LEADER))
        .annotate(area=Substr("wilayah_id", 1, length))
        .values_list("area", "star")
        .annotate(count=Count("pk"))
        .order_by()
    )
    by_area: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for area, star, count in counted:
        by_area[area][star] += count
    stars = sorted({*range(6), *(star for row in by_area.values() for star in row)}, reverse=True)
    names = {area.pk: area.short_name for area in Wilayah.objects.filter(pk__in=by_area)}
    darkest = max((count for row in by_area.values() for count in row.values()), default=0)
    rows = [
        Row(area, names[area], _cells(stars, row, darkest), is_wider=len(area) < length)
        for area, row in by_area.items()
    ]
    sums = {star: sum(row[star] for row in by_area.values()) for star in stars}
    return Matrix(
        stars=stars,
        rows=sorted(rows, key=lambda row: (-row.total, row.name)),
        sums=Row("", "", _cells(stars, sums, 0)),
        area=areas[0] if len(areas) == 1 else "",
    )


def _cells(stars: list[int], counts: dict[int, int], darkest: int) -> list[Cell]:
    return [Cell(star, counts.get(star, 0), _share(counts.get(star, 0), darkest)) for star in stars]


def _share(count: int, darkest: int) -> int:
    if not count:
        return 0
    if count == darkest and darkest > 1:
        return 3
    return 2 if count * 2 >= darkest > 1 else 1


@dataclass(frozen=True)
class Awards:
    """A set of awards. It equals any other set of the same awards, whoever asked for it and when.

    What follows from a set is worked out once per process: an award and its decision sheet never change, and neither
    do the points and the levels of all of them together. Of five thousand that takes 50 ms.
    """

    digest: str
    decisions: QuerySet[Decision] = field(compare=False, repr=False)


def awards_in_force(user: User) -> Awards:
    """The latest award in force of each product in use inside the duties of the leader `user`; one query."""
    decisions = (
        Decision.objects.filter(
            ~Exists(Product.objects.deactivated().filter(pk=OuterRef("assessment__product"))),
            inside_q(user, "assessment__wilayah__code", Role.LEADER),
            kind=Decision.Kind.AWARD,
            assessment__state=Assessment.State.DECIDED,
            valid_until__gte=timezone.localdate(),
        )
        .order_by("assessment__product_id", "-number")
        .distinct("assessment__product_id")
    )
    together = MD5(StringAgg("sha256", Value(""), order_by="number"))
    digest = Decision.objects.filter(OneOf("pk", decisions.values("pk"))).aggregate(together=together)["together"]
    return Awards(digest or "", decisions)


@lru_cache(maxsize=100)
def weakest_criteria(awards: Awards) -> tuple[Weakness, ...]:
    """The criteria of the awards, the weakest first; one query, none for a set that was asked about before.

    Points of all products together over the points they could have had.
    """
    points: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    maxima: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for criteria in awards.decisions.values_list("criteria", flat=True):
        for criterion in criteria:
            key = (criterion["code"], criterion["title"])
            points[key] += Decimal(criterion["points"])
            maxima[key] += Decimal(criterion["maximum"])
    found = [Weakness(*key, share=points[key] / maxima[key]) for key in points if maxima[key]]
    return tuple(sorted(found, key=lambda weakness: (weakness.share, weakness.code)))


@lru_cache(maxsize=100)
def weakest_indicators(awards: Awards) -> tuple[dict, ...]:
    """Indicators by how many products stand at level 1 or 2, most first, at most five; one query, as above.

    Rows: `indicator__code`, `indicator__name`, `weak` (int) and `judged` (int).
    """
    return tuple(
        Score.objects.filter(
            sheet__kind=ScoreSheet.Kind.DECISION, sheet__assessment__in=awards.decisions.values("assessment")
        )
        .values("indicator__code", "indicator__name")
        .annotate(weak=Count("pk", filter=Q(level__lte=2)), judged=Count("pk"))
        .filter(weak__gt=0)
        .order_by("-weak", "indicator__code")[:MOST_INDICATORS]
    )


def heading(found: Matrix, criteria: Sequence[Weakness]) -> str:
    """The figures in a sentence: "10 dari 38 produk setara bintang 4 ke atas. Yang paling lemah: Pasar."""
    if not found.total:
        return _("Belum ada produk yang diputuskan")
    sentence = _("%(good)s dari %(total)s produk setara bintang 4 ke atas.") % {
        "good": number(found.at_least(4)),
        "total": number(found.total),
    }
    if criteria:
        sentence += " " + _("Yang paling lemah: %(name)s.") % {"name": criteria[0].name.lower()}
    return sentence
