"""The figures of a decision as tables: points per criterion, levels per indicator."""

from dataclasses import dataclass
from decimal import Decimal

from assessment import scoring
from assessment.decided import Decided


@dataclass(frozen=True)
class CriterionRow:
    """One criterion: the points of the officer's proposal, those decided, and what it is worth at most."""

    code: str
    name: str
    proposed: Decimal
    decided: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator: the levels proposed, decided and counted after all caps, and what they brought."""

    code: str
    name: str
    proposed: int | None
    decided: int | None
    counted: int | None
    wording: str
    points: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class IndicatorGroup:
    """The indicators of one criterion; `left_out` names those that do not apply to the product's scope."""

    code: str
    name: str
    rows: tuple[IndicatorRow, ...]
    left_out: tuple[str, ...]


def criterion_rows(content: Decided) -> list[CriterionRow]:
    return [
        CriterionRow(
            code=criterion.code,
            name=criterion.name,
            proposed=content.proposal.points[criterion.code],
            decided=criterion.points.shown,
            maximum=criterion.maximum.shown,
        )
        for criterion in content.result.criteria
    ]


def indicator_groups(content: Decided) -> list[IndicatorGroup]:
    return [
        IndicatorGroup(
            code=criterion.code,
            name=criterion.name,
            rows=tuple(_row(content, part) for part in criterion.indicators),
            left_out=tuple(f"{code} {content.rules.indicators[code].name}" for code in criterion.not_applying),
        )
        for criterion in content.result.criteria
    ]


def _row(content: Decided, part: scoring.IndicatorResult) -> IndicatorRow:
    rule = content.rules.indicators[part.code]
    return IndicatorRow(
        code=part.code,
        name=part.name,
        proposed=content.proposal.levels[part.code],
        decided=part.given,
        counted=part.counted,
        wording="" if part.given is None else rule.level(part.given).wording,
        points=part.points.shown,
        maximum=part.maximum.shown,
    )
