"""How many firms lie where: uneven as in the country itself, from a fixed seed."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wilayah.models import Wilayah

SEED = 20261124
# More than half of all small firms are on Java (provinces 31 to 36).
JAVA, JAVA_FACTOR = ("31", "32", "33", "34", "35", "36"), 2.2


@dataclass(frozen=True)
class Kabupaten:
    """A kabupaten or kota: its villages, and how much of the country's industry it has against others."""

    code: str
    villages: Sequence[str]
    weight: float


@dataclass(frozen=True)
class Scale:
    """How many rows of each kind a bench of `ikm` firms has."""

    ikm: int
    sentra: int = field(init=False)
    products: int = field(init=False)
    certificates: int = field(init=False)
    photos: int = field(init=False)
    assessments: int = field(init=False)
    largest_sentra: int = field(init=False)

    def __post_init__(self) -> None:
        shares = {"sentra": 50, "products": 5, "certificates": 7, "photos": 20, "assessments": 200}
        for name, divisor in shares.items():
            object.__setattr__(self, name, max(self.ikm // divisor, 2))
        object.__setattr__(self, "largest_sentra", max(self.ikm // 200, 5))


def kabupaten_list() -> list[Kabupaten]:
    """Every kabupaten that has villages, in the order of codes, with a weight; one query."""
    villages: dict[str, list[str]] = defaultdict(list)
    codes = Wilayah.objects.current().of_levels(Wilayah.Level.DESA).order_by("code").values_list("code", flat=True)
    for code in codes:
        villages[code[:5]].append(code)
    rng = random.Random(SEED)
    return [Kabupaten(code, inside, _weight(code, len(inside), rng)) for code, inside in villages.items()]


def _weight(code: str, village_count: int, rng: random.Random) -> float:
    factor = JAVA_FACTOR if code[:2] in JAVA else 1
    return factor * village_count**0.7 * rng.lognormvariate(0, 0.7)


def shared_out(total: int, weights: Iterable[float]) -> list[int]:
    """`total` whole things in proportion to `weights`, nothing lost by rounding (largest remainders)."""
    weights = list(weights)
    exact = [total * weight / sum(weights) for weight in weights]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: counts[place] - exact[place])
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return counts


def falling(count: int, power: float = 0.8) -> list[float]:
    """Weights of which the first is by far the largest and the last ones are nearly alike."""
    return [1 / rank**power for rank in range(1, count + 1)]
