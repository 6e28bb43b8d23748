"""What an instrument, finished or not, can give a product of each scope. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.scoring import Criterion, Instrument


@dataclass(frozen=True)
class ScopeCoverage:
    """One product scope: how many indicators apply, how many points of 100 can be reached, what has no indicator."""

    name: str
    indicator_count: int
    reachable: Decimal
    empty_criteria: tuple[str, ...]


def coverage(rules: Instrument, scopes: Mapping[str, str]) -> list[ScopeCoverage]:
    """One line per product scope in use; `scopes` are their names by code."""
    return [
        ScopeCoverage(
            name=name,
            indicator_count=len(rules.indicators_for(code)),
            reachable=as_decimal(total(c for c in rules.criteria if _counts(c, code))),
            empty_criteria=tuple(c.code for c in rules.criteria if not _counts(c, code)),
        )
        for code, name in scopes.items()
    ]


def total(criteria: Iterable[Criterion]) -> Fraction:
    return sum((criterion.points for criterion in criteria), Fraction(0))


def as_decimal(exact: Fraction) -> Decimal:
    """Points of criteria hold two decimals at most, as their column does."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _counts(criterion: Criterion, scope: str) -> bool:
    """Whether a product of this scope can earn the criterion's points: an indicator with points applies."""
    return any(level.points > 0 for indicator in criterion.applying(scope) for level in indicator.levels)
