"""Instruments as rows: from the database to plain rules and back."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Prefetch

from assessment import scoring
from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, StarBand


def load_rules(instrument_id: int) -> scoring.Instrument:
    """The rules of the instrument with this id, read from its rows. Costs 10 queries; `rules_of` remembers them."""
    instrument = Instrument.objects.prefetch_related(
        "band_set",
        "criterion_set__indicator_set__scopes",
        "criterion_set__indicator_set__level_set",
        "criterion_set__indicator_set__check_set__scopes",
        Prefetch("gate_set", Gate.objects.select_related("indicator", "bad_check", "capped_indicator")),
        "gate_set__scopes",
    ).get(pk=instrument_id)
    return scoring.Instrument(
        name=instrument.name,
        version=instrument.version,
        basis=instrument.basis,
        validity_months=instrument.validity_months,
        criteria=tuple(_criterion(row) for row in instrument.criterion_set.all()),
        bands=tuple(scoring.Band(row.star, Fraction(row.lowest), row.label) for row in instrument.band_set.all()),
        gates=tuple(_gate(row) for row in instrument.gate_set.all()),
    )


def _criterion(row: Criterion) -> scoring.Criterion:
    return scoring.Criterion(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        points=Fraction(row.points),
        indicators=tuple(_indicator(indicator) for indicator in row.indicator_set.all()),
    )


def _indicator(row: Indicator) -> scoring.Indicator:
    return scoring.Indicator(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        question=row.question,
        evidence_hint=row.evidence_hint,
        scopes=_codes(row.scopes.all()),
        evidence_required=row.evidence_required,
        cap_without_evidence=row.cap_without_evidence,
        source=row.source,
        levels=tuple(
            scoring.Level(level.number, Fraction(level.points), level.word, level.wording)
            for level in row.level_set.all()
        ),
        checks=tuple(_check(check) for check in row.check_set.all()),
    )


def _check(row: Check) -> scoring.Check:
    return scoring.Check(
        code=row.code,
        text=row.text,
        kind=scoring.CheckKind(row.kind),
        scopes=_codes(row.scopes.all()),
        eliminating=row.eliminating,
        bad_value=row.bad_value,
    )


def _gate(row: Gate) -> scoring.Gate:
    return scoring.Gate(
        code=row.code,
        name=row.name,
        sentence=row.sentence,
        how_to_repair=row.how_to_repair,
        source=row.source,
        scopes=_codes(row.scopes.all()),
        condition=scoring.Condition(row.condition),
        kinds=frozenset(row.kinds),
        minimum=row.minimum,
        indicator=row.indicator.code if row.indicator else None,
        level=row.level,
        bad_check=row.bad_check.code if row.bad_check else None,
        effect=scoring.Effect(row.effect),
        star=row.star,
        capped_indicator=row.capped_indicator.code if row.capped_indicator else None,
        capped_level=row.capped_level,
        authority=row.authority or None,
    )


def _codes(scopes: Iterable) -> frozenset[str]:
    return frozenset(scope.pk for scope in scopes)


@transaction.atomic
def store_draft(rules: scoring.Instrument) -> Instrument:
    """Write `rules` as a new draft, its parts in the order they stand in, and return it.

    Raises IntegrityError where name and version exist already or a product scope does not.
    """
    instrument = Instrument.objects.create(
        name=rules.name, version=rules.version, basis=rules.basis, validity_months=rules.validity_months
    )
    for band in rules.bands:
        StarBand.objects.create(instrument=instrument, star=band.star, lowest=_decimal(band.lowest), label=band.label)
    for order, criterion in enumerate(rules.criteria, start=1):
        _store_criterion(instrument, criterion, order)
    indicators = {row.code: row for row in Indicator.objects.filter(criterion__instrument=instrument)}
    checks = {row.code: row for row in Check.objects.filter(indicator__criterion__instrument=instrument)}
    for order, gate in enumerate(rules.gates, start=1):
        _store_gate(instrument, gate, order, indicators, checks)
    return instrument


def _store_criterion(instrument: Instrument, criterion: scoring.Criterion, order: int) -> None:
    row = Criterion.objects.create(
        instrument=instrument,
        code=criterion.code,
        name=criterion.name,
        short_name=criterion.short_name,
        points=_decimal(criterion.points),
        order=order,
    )
    for place, indicator in enumerate(criterion.indicators, start=1):
        _store_indicator(row, indicator, place)


def _store_indicator(criterion: Criterion, indicator: scoring.Indicator, order: int) -> None:
    row = Indicator.objects.create(
        criterion=criterion,
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        question=indicator.question,
        evidence_hint=indicator.evidence_hint,
        evidence_required=indicator.evidence_required,
        cap_without_evidence=indicator.cap_without_evidence,
        source=indicator.source,
        order=order,
    )
    row.scopes.set(indicator.scopes)
    Level.objects.bulk_create(
        Level(
            indicator=row,
            number=level.number,
            points=_decimal(level.points),
            word=level.word,
            wording=level.wording,
        )
        for level in indicator.levels
    )
    for place, check in enumerate(indicator.checks, start=1):
        _store_check(row, check, place)


def _store_check(indicator: Indicator, check: scoring.Check, order: int) -> None:
    row = Check.objects.create(
        indicator=indicator,
        code=check.code,
        text=check.text,
        kind=check.kind.value,
        eliminating=check.eliminating,
        bad_value=check.bad_value,
        order=order,
    )
    row.scopes.set(check.scopes)


def _store_gate(
    instrument: Instrument,
    gate: scoring.Gate,
    order: int,
    indicators: dict[str, Indicator],
    checks: dict[str, Check],
) -> None:
    row = Gate.objects.create(
        instrument=instrument,
        code=gate.code,
        name=gate.name,
        sentence=gate.sentence,
        how_to_repair=gate.how_to_repair,
        condition=gate.condition.value,
        kinds=sorted(gate.kinds),
        minimum=gate.minimum,
        indicator=indicators[gate.indicator] if gate.indicator else None,
        level=gate.level,
        bad_check=checks[gate.bad_check] if gate.bad_check else None,
        effect=gate.effect.value,
        star=gate.star,
        capped_indicator=indicators[gate.capped_indicator] if gate.capped_indicator else None,
        capped_level=gate.capped_level,
        authority=gate.authority or "",
        source=gate.source,
        order=order,
    )
    row.scopes.set(gate.scopes)


def _decimal(exact: Fraction) -> Decimal:
    """Rules hold two decimals at most, as their columns do."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)
