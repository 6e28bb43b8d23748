"""`evaluate`: from one sheet to a result that explains itself."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from .answers import Answers, Facts
from .case import Case, ScopeRules
from .counting import Count, count
from .path import next_band
from .result import (
    BlockedNomination,
    CriterionResult,
    Elimination,
    GateResult,
    IndicatorResult,
    Points,
    Result,
)
from .rules import AUTHORITIES, Band, Criterion, Effect, Instrument, code_order, covers
from .shown import rounded_down, shown_parts


def evaluate(instrument: Instrument, scope: str, answers: Answers, facts: Facts) -> Result:
    """Score one sheet of a product of the given scope.

    Raises UnknownCode for an answer the instrument does not offer and ScopeNotCovered where a criterion has no
    indicator for the scope. Answers to what does not apply to the scope are left aside.
    """
    case = Case(ScopeRules(instrument, scope), answers, facts)
    case.check()
    counted = count(case)
    missing = tuple(code for code in case.indicators if code not in counted.counted)
    missing_checks = tuple(
        check.code for check in case.rules.checks.values() if check.eliminating and check.code not in case.check_values
    )
    complete = not missing and not missing_checks
    criteria = _criteria(counted)
    eliminations = tuple(_eliminations(counted))
    cap_reasons = _cap_reasons(counted)
    star_cap = cap_reasons[0].gate.star if cap_reasons else None
    star = None
    if complete and not eliminations:
        star = star_for(instrument.bands, counted.total, star_cap)
    return Result(
        scope=scope,
        complete=complete,
        points=_points(counted.total),
        reachable=_points(sum((criterion.reachable.exact for criterion in criteria), Fraction(0))),
        star=star,
        star_by_points=star_for(instrument.bands, counted.total) if complete else None,
        star_cap=star_cap,
        cap_reasons=cap_reasons,
        criteria=criteria,
        gates=counted.gates,
        blocked=tuple(_blocked(counted)),
        eliminations=eliminations,
        missing=missing,
        missing_checks=missing_checks,
        missing_evidence=tuple(code for code in case.indicators if case.lacks_evidence(code)),
        next_band=None if star is None else next_band(counted, star),
    )


def star_for(bands: tuple[Band, ...], total: Fraction, cap: int | None = None) -> int:
    """The highest star whose band the exact total reaches and the cap allows; 0 below the lowest."""
    return max((band.star for band in bands if band.lowest <= total and (cap is None or band.star <= cap)), default=0)


def _points(exact: Fraction) -> Points:
    return Points(exact, rounded_down(exact))


def _criteria(counted: Count) -> tuple[CriterionResult, ...]:
    """The criteria in the order of the instrument; what they show sums to the total shown."""
    criteria = counted.case.rules.instrument.criteria
    exact = {criterion.code: _sum_of(counted, criterion) for criterion in criteria}
    shown = _shown(exact, rounded_down(counted.total), {c.code: rounded_down(c.points) for c in criteria})
    return tuple(_criterion(counted, criterion, shown[criterion.code]) for criterion in criteria)


def _sum_of(counted: Count, criterion: Criterion) -> Fraction:
    codes = [indicator.code for indicator in criterion.applying(counted.case.rules.scope)]
    return sum((counted.points(code) for code in codes), Fraction(0))


def _criterion(counted: Count, criterion: Criterion, points: Points) -> CriterionResult:
    scope = counted.case.rules.scope
    applying = criterion.applying(scope)
    codes = [indicator.code for indicator in applying]
    maxima = _shown(
        {indicator.code: counted.case.points_at(indicator.code, indicator.best.number) for indicator in applying},
        rounded_down(criterion.points),
    )
    parts = _shown(
        {code: counted.points(code) for code in codes},
        points.shown,
        {code: maximum.shown for code, maximum in maxima.items()},
    )
    return CriterionResult(
        code=criterion.code,
        name=criterion.name,
        short_name=criterion.short_name,
        points=points,
        maximum=_points(criterion.points),
        reachable=_points(sum((counted.reachable(code) for code in codes), Fraction(0))),
        missing=tuple(code for code in codes if code not in counted.counted),
        not_applying=tuple(i.code for i in criterion.indicators if not covers(i.scopes, scope)),
        scale=criterion.scale(scope),
        indicators=tuple(_indicator(counted, code, parts[code], maxima[code]) for code in codes),
    )


def _indicator(counted: Count, code: str, points: Points, maximum: Points) -> IndicatorResult:
    case = counted.case
    indicator = case.indicators[code]
    given = case.given.get(code)
    lost = case.points_at(code, given) - points.exact if given is not None else Fraction(0)
    return IndicatorResult(
        code=code,
        name=indicator.name,
        given=given,
        counted=counted.counted.get(code),
        capped_by=tuple(cap for cap in counted.caps[code] if given is not None and cap.level < given),
        points=points,
        maximum=maximum,
        unscaled=indicator.best.points,
        lost=_points(lost),
        evidence_missing=case.lacks_evidence(code),
    )


def _shown(exact: dict[str, Fraction], whole: Decimal, ceilings: dict[str, Decimal] | None = None) -> dict[str, Points]:
    """Parts by code, shown so that they sum to `whole`; of equal remainders the lower code goes first."""
    codes = sorted(exact, key=code_order)
    shown = shown_parts([exact[c] for c in codes], whole, ceilings and [ceilings[c] for c in codes])
    return {code: Points(exact[code], part) for code, part in zip(codes, shown, strict=True)}


def _cap_reasons(counted: Count) -> tuple[GateResult, ...]:
    caps = [result for result in counted.failed if result.gate.effect == Effect.CAP_STAR]
    return tuple(sorted(caps, key=lambda result: result.gate.star))


def _blocked(counted: Count) -> Iterator[BlockedNomination]:
    """An authority is closed by the gates that name it or one below it, as a nomination climbs the ladder."""
    blocking = [result for result in counted.failed if result.gate.effect == Effect.BLOCK_NOMINATION]
    for position, authority in enumerate(AUTHORITIES):
        reasons = tuple(result for result in blocking if result.gate.authority in AUTHORITIES[: position + 1])
        if reasons:
            yield BlockedNomination(authority, reasons)


def _eliminations(counted: Count) -> Iterator[Elimination]:
    for result in counted.failed:
        if result.gate.effect == Effect.ELIMINATE:
            yield Elimination("gate", result.gate.code, result.gate.sentence)
    values = counted.case.check_values
    for check in counted.case.rules.checks.values():
        if check.eliminating and check.code in values and check.is_bad(values[check.code]):
            yield Elimination("check", check.code, check.text)
