"""The check before sending: each line with its reasons as points, each reason with its repair."""

from assessment import scoring
from assessment.presentation.sending import COSTS, FINE, STOPS, Line, lines_of
from assessment.readiness import Readiness
from assessment.scoring import Condition, Effect, Instrument, Result
from tests.assessment.rules import make_answers, make_facts, make_gate, make_rules


def readiness_of_result(result: Result) -> Readiness:
    return Readiness(
        missing=result.missing,
        missing_checks=result.missing_checks,
        waiting_files=(),
        missing_evidence=result.missing_evidence,
        failed_gates=tuple(gate for gate in result.gates if gate.passed is False),
        passed_gates=tuple(gate for gate in result.gates if gate.passed),
        blocked=result.blocked,
        eliminations=result.eliminations,
    )


def evaluate(rules: Instrument, answers: scoring.Answers, **facts) -> Result:
    return scoring.evaluate(rules, "makanan", answers, make_facts(**facts))


def lines(rules: Instrument, **facts) -> list[Line]:
    result = evaluate(rules, make_answers(i11=4, i12=4, i21=4), **facts)
    return lines_of(readiness_of_result(result), result, rules, authority="kabkota")


def test_lines_tell_closed_nomination_by_reason_with_repair():
    block = {"effect": Effect.BLOCK_NOMINATION, "authority": "kementerian"}
    gates = (make_gate("nib", **block), make_gate("sk", condition=Condition.SK, **block))

    said = lines(make_rules(gates=gates), has_nib=False, has_sk=False)

    assert said == [
        Line(
            COSTS,
            "Belum dapat diusulkan ke kementerian:",
            points=("Syarat nib: belum. Penuhi nib.", "Syarat sk: belum. Penuhi sk."),
        ),
        Line(FINE, "Boleh diusulkan ke provinsi."),
    ]


def test_lines_list_what_is_fulfilled():
    said = lines(make_rules(gates=(make_gate("nib", star=2), make_gate("sk", condition=Condition.SK, star=4))))

    assert said == [
        Line(FINE, "Syarat yang terpenuhi:", points=("Syarat nib", "Syarat sk")),
        Line(FINE, "Boleh diusulkan ke provinsi dan kementerian."),
    ]


def test_lines_begin_with_what_stops():
    rules = make_rules()
    result = evaluate(rules, make_answers(i11=4, i12=4))

    first, *_ = lines_of(readiness_of_result(result), result, rules, authority="kabkota")

    assert (first.icon, first.lead, [jump.href for jump in first.jumps]) == (
        STOPS,
        "1 indikator belum dinilai.",
        ["?k=K2#i2.1"],
    )
