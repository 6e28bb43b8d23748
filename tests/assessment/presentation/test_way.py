from decimal import Decimal

from assessment import scoring
from assessment.presentation.way import WayMove, way_of
from tests.assessment.rules import make_answers, make_criterion, make_facts, make_gate, make_indicator, make_rules

Condition = scoring.Condition


def way(rules, answers, **facts):
    return way_of(scoring.evaluate(rules, "makanan", answers, make_facts(**facts)), rules)


def test_way_is_none_at_top():
    assert way(make_rules(), make_answers(i11=5, i12=5, i21=5)) is None


def test_way_is_none_while_incomplete():
    assert way(make_rules(), make_answers(i11=5)) is None


def test_way_puts_gates_and_evidence_before_levels():
    assessors = make_gate("penilai", condition=Condition.ASSESSORS, minimum=2, star=4, name="Dua penilai")
    evidence = make_indicator("1.1", 60, evidence_required=True, cap_without_evidence=2, evidence_hint="Surat.")
    rules = make_rules(
        make_criterion("K1", 60, evidence), make_criterion("K2", 40, make_indicator("2.1", 40)), gates=(assessors,)
    )

    found = way(rules, make_answers(i11=5, i21=3), assessor_count=1)

    assert found.title == "Jalan ke bintang 1"
    assert found.intro.startswith("Butuh 2,00 poin lagi.")
    assert found.moves == (
        WayMove(
            1,
            "Bukti 1.1 Indikator 1.1.",
            "Surat. Level 5 lalu dihitung penuh.",
            True,
            Decimal("36.00"),
            Decimal("84.00"),
        ),
    )


def test_way_blocked_by_panel_says_there_is_none():
    assessors = make_gate("penilai", condition=Condition.ASSESSORS, minimum=2, star=4, name="Dua penilai")

    found = way(make_rules(gates=(assessors,)), make_answers(i11=5, i12=5, i21=5), assessor_count=1)

    assert found.intro.startswith("Poinnya sudah cukup")
    (move,) = found.moves
    assert (move.lead, move.text, move.gain) == (
        "Dua penilai.",
        "Panel penilai belum ada, jadi syarat ini belum dapat dipenuhi.",
        Decimal("0.00"),
    )


def test_way_of_level_says_wording_and_new_total():
    found = way(make_rules(), make_answers(i11=4, i12=5, i21=4))

    assert [(move.lead, move.text, move.blocks) for move in found.moves] == [
        ("2.1 Indikator 2.1", "ke level 5: Rumusan 5", False)
    ]
    assert [(move.gain, move.reaches) for move in found.moves] == [(Decimal("8.00"), Decimal("96.00"))]
    assert not found.falls_short
