"""Does a gate hold? One function per condition; each answers yes, no, or not yet known (None)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from .case import Case
from .result import GateResult
from .rules import Condition, Gate

# By code of the indicator: the level that counts, of those scored.
Counted = Mapping[str, int]


def examine(gate: Gate, case: Case, counted: Counted) -> GateResult:
    """The gate under these levels. A gate the case takes as repaired has passed."""
    result = EXAMINERS[gate.condition](gate, case, counted)
    return replace(result, passed=True, at=()) if gate.code in case.repaired else result


def _nib(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return GateResult(gate, case.facts.has_nib)


def _certificate_valid(gate: Gate, case: Case, counted: Counted) -> GateResult:
    """One certificate of any of the kinds is in force on the day."""
    return GateResult(gate, any(c.in_force(case.facts.on) for c in case.facts.certificates if c.kind in gate.kinds))


def _certificate_not_expired(gate: Gate, case: Case, counted: Counted) -> GateResult:
    """None of the kinds has lapsed, or another of them is in force: renewed, or replaced by a higher permit.

    Who never had one has none that lapsed: that it is missing is what `certificate_valid` asks.
    """
    held = [certificate for certificate in case.facts.certificates if certificate.kind in gate.kinds]
    lapsed = any(certificate.lapsed(case.facts.on) for certificate in held)
    in_force = any(certificate.in_force(case.facts.on) for certificate in held)
    return GateResult(gate, in_force or not lapsed)


def _units(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return GateResult(gate, case.facts.unit_count >= gate.minimum, found=case.facts.unit_count)


def _sk(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return GateResult(gate, case.facts.has_sk)


def _evidence(gate: Gate, case: Case, counted: Counted) -> GateResult:
    """Every compulsory evidence that applies is there, whether or not its indicator is scored yet."""
    lacking = tuple(code for code in case.indicators if case.lacks_evidence(code))
    return GateResult(gate, not lacking, at=lacking)


def _indicator_above(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return _above(gate, (gate.indicator,), counted)


def _all_indicators_above(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return _above(gate, tuple(case.indicators), counted)


def _above(gate: Gate, codes: tuple[str, ...], counted: Counted) -> GateResult:
    """Not scored is not low: it leaves the gate open until the answer is there."""
    low = tuple(code for code in codes if code in counted and counted[code] <= gate.level)
    if low:
        return GateResult(gate, False, at=low)
    return GateResult(gate, True if all(code in counted for code in codes) else None)


def _check_not_bad(gate: Gate, case: Case, counted: Counted) -> GateResult:
    value = case.check_values.get(gate.bad_check)
    return GateResult(gate, None if value is None else not case.rules.checks[gate.bad_check].is_bad(value))


def _assessors(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return GateResult(gate, case.facts.assessor_count >= gate.minimum, found=case.facts.assessor_count)


def _field_visit(gate: Gate, case: Case, counted: Counted) -> GateResult:
    return GateResult(gate, case.facts.field_visit)


EXAMINERS: dict[Condition, Callable[[Gate, Case, Counted], GateResult]] = {
    Condition.NIB: _nib,
    Condition.CERTIFICATE_VALID: _certificate_valid,
    Condition.CERTIFICATE_NOT_EXPIRED: _certificate_not_expired,
    Condition.UNITS: _units,
    Condition.SK: _sk,
    Condition.EVIDENCE: _evidence,
    Condition.INDICATOR_ABOVE: _indicator_above,
    Condition.ALL_INDICATORS_ABOVE: _all_indicators_above,
    Condition.CHECK_NOT_BAD: _check_not_bad,
    Condition.ASSESSORS: _assessors,
    Condition.FIELD_VISIT: _field_visit,
}
