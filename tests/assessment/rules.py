"""Instruments as plain values for tests of the score: a small one, and the schemes of others from their files."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from assessment.instrument_file import read_instrument
from assessment.scoring import (
    Answers,
    Band,
    Certificate,
    Check,
    Condition,
    Criterion,
    Effect,
    Facts,
    Gate,
    Indicator,
    Instrument,
    Level,
    Result,
)

YESTERDAY, TODAY, TOMORROW = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)
# Real schemes beside our own, by the name of their file: the product scopes each is for.
SCHEMES = {
    "kemenperin-2022": ["tenun"],
    "ocop-1048": ["makanan", "minuman", "rumah_tangga", "kerajinan"],
    "opc-2567": ["makanan", "minuman", "tenun", "rumah_tangga", "kerajinan", "herbal"],
}
FIVE_BANDS = {1: 50, 2: 60, 3: 70, 4: 80, 5: 90}


def make_levels(*points: Any) -> tuple[Level, ...]:
    return tuple(
        Level(number, Fraction(str(worth)), f"Kata {number}", f"Rumusan {number}")
        for number, worth in enumerate(points, start=1)
    )


def make_indicator(code: str, *points: Any, **kwargs: Any) -> Indicator:
    """An indicator with one level per number in `points`; one number alone is the best of five equal steps."""
    if len(points) == 1:
        points = tuple(Fraction(str(points[0])) * number / 5 for number in range(1, 6))
    return Indicator(**{"code": code, "name": f"Indikator {code}", "levels": make_levels(*points)} | kwargs)


def make_criterion(code: str, points: int, *indicators: Indicator) -> Criterion:
    return Criterion(code, f"Kriteria {code}", Fraction(points), indicators, f"K {code}")


def make_bands(lowest: dict[int, int]) -> tuple[Band, ...]:
    return tuple(Band(star, Fraction(str(total)), f"bintang {star}") for star, total in lowest.items())


def make_gate(code: str = "gerbang", **kwargs: Any) -> Gate:
    texts = {"name": f"Syarat {code}", "sentence": f"Akibat {code}.", "how_to_repair": f"Penuhi {code}."}
    return Gate(**texts | {"code": code, "condition": Condition.NIB, "effect": Effect.CAP_STAR} | kwargs)


def make_rules(*criteria: Criterion, gates: tuple[Gate, ...] = (), bands: dict[int, int] | None = None) -> Instrument:
    """The small instrument: K1 (60 points) has 1.1 (20) and 1.2 (40), K2 (40 points) has 2.1; five levels each."""
    criteria = criteria or (
        make_criterion("K1", 60, make_indicator("1.1", 20), make_indicator("1.2", 40)),
        make_criterion("K2", 40, make_indicator("2.1", 40)),
    )
    return Instrument("Instrumen kecil", "1", criteria, make_bands(bands or FIVE_BANDS), gates, "Uji")


def make_facts(**kwargs: Any) -> Facts:
    """A subject with everything in order, unless told otherwise."""
    kinds = ("p_irt", "halal", "uji_lab")
    certificates = tuple(Certificate(kind, date(2024, 1, 1), date(2028, 1, 1)) for kind in kinds)
    in_order = {
        "on": TODAY,
        "has_nib": True,
        "certificates": certificates,
        "unit_count": 6,
        "has_sk": True,
        "assessor_count": 2,
        "field_visit": True,
    }
    return Facts(**in_order | kwargs)


def make_certificate(kind: str, expires: date | None, issued: date | None = None) -> Certificate:
    return Certificate(kind, issued, expires)


def make_answers(*, evidence: Any = (), checks: Any = None, **levels: int | None) -> Answers:
    """Levels are written `i11=4` for the indicator 1.1."""
    codes = {name[1:2] + "." + name[2:]: level for name, level in levels.items()}
    return Answers(codes, frozenset(evidence), checks or {})


def rules_with_check(gates: tuple[Gate, ...] = (), **kwargs: Any) -> Instrument:
    """One indicator of a hundred points with one line of a test sheet."""
    line = Check(**{"code": "1.1-x", "text": "Ada retak"} | kwargs)
    return make_rules(make_criterion("K1", 100, make_indicator("1.1", 100, checks=(line,))), gates=gates)


def read_scheme(name: str) -> Instrument:
    """One of the schemes of others, as data alone: see SCHEMES."""
    return read_instrument(Path(__file__).parent / "schemes" / f"{name}.toml")


def points_by_code(result: Result) -> dict[str, str]:
    return {criterion.code: str(criterion.points.shown) for criterion in result.criteria}


def moves_of(result: Result) -> list[tuple[str, str, str]]:
    return [(move.code, str(move.gain.shown), str(move.reaches.shown)) for move in result.next_band.moves]


# The story of the sale pisang: what the officer proposed under the default instrument.
SALE_PISANG = {
    "1.1": 4,
    "1.2": 5,
    "1.3": 5,
    "1.4": 4,
    "2.1": 4,
    "2.2": 4,
    "2.3": 4,
    "2.4": 4,
    "3.1": 5,
    "3.2": 4,
    "3.3": 5,
    "3.4": 4,
    "4.1": 4,
    "4.2": 4,
    "4.3": 5,
    "4.4": 3,
    "5.1": 5,
    "5.2": 5,
    "5.3": 3,
    "5.4": 3,
    "5.5": 3,
}
GOOD_FOOD_CHECKS = {"2.4-melanggar-ki": 0, "3.1-benda-asing": 0}


def sale_pisang(rules: Instrument, *, without_evidence: tuple[str, ...] = ("4.4",), **changes: Any) -> Answers:
    """The proposal, with `changes` of levels written `i34=3`; None empties one."""
    required = {code for code, indicator in rules.indicators.items() if indicator.evidence_required}
    levels = SALE_PISANG | {name[1:2] + "." + name[2:]: level for name, level in changes.items()}
    return Answers(levels, frozenset(required - set(without_evidence)), GOOD_FOOD_CHECKS)
