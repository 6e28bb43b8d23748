from assessment import scoring
from assessment.presentation.reasons import (
    elimination_reasons,
    gate_fault,
    limits,
    nominations,
    passed_names,
)
from tests.assessment.rules import (
    make_answers,
    make_criterion,
    make_facts,
    make_gate,
    make_indicator,
    make_rules,
    rules_with_check,
)

Condition, Effect = scoring.Condition, scoring.Effect


def evaluate(rules, answers, **facts):
    return scoring.evaluate(rules, "makanan", answers, make_facts(**facts))


def rules_with_evidence(*gates):
    indicator = make_indicator("1.1", 60, evidence_required=True, cap_without_evidence=2)
    return make_rules(
        make_criterion("K1", 60, indicator), make_criterion("K2", 40, make_indicator("2.1", 40)), gates=gates
    )


def test_limits_say_what_missing_evidence_costs():
    rules = rules_with_evidence()

    found = limits(evaluate(rules, make_answers(i11=3, i21=4)), rules)

    assert [(limit.lead, limit.reasons) for limit in found] == [
        ("1.1 dihitung level 2, bukan 3: berkurang 12,00 poin.", ("Bukti wajib tidak ada.",))
    ]


def test_limits_name_gate_that_holds_indicator():
    gate = make_gate("izin", effect=Effect.CAP_INDICATOR, capped_indicator="2.1", capped_level=2, name="Izin berlaku")
    rules = rules_with_evidence(gate)

    found = limits(evaluate(rules, make_answers(evidence=("1.1",), i11=3, i21=4), has_nib=False), rules)

    assert [(limit.lead, limit.reasons) for limit in found] == [
        ("2.1 dihitung level 2, bukan 4: berkurang 16,00 poin.", ("Syarat “Izin berlaku” tidak terpenuhi.",))
    ]


def test_limits_list_all_gates_that_cap_star_strictest_first():
    gates = (
        make_gate("bukti", condition=Condition.EVIDENCE, star=4),
        make_gate("nib", condition=Condition.NIB, star=2),
    )
    rules = rules_with_evidence(*gates)

    (found,) = limits(evaluate(rules, make_answers(i11=2, i21=4), has_nib=False), rules)

    assert found.lead == "Paling tinggi bintang 2, karena:"
    assert found.reasons == ("Syarat nib: belum.", "Syarat bukti: belum pada 1.1.")


def test_limits_of_eliminated_product_leave_star_out():
    rules = rules_with_check((make_gate("nib", star=2),), eliminating=True, bad_value=scoring.YES)

    assert limits(evaluate(rules, make_answers(checks={"1.1-x": 1}, i11=5), has_nib=False), rules) == []


def test_gate_fault_says_that_panel_does_not_exist_yet():
    gate = make_gate("penilai", condition=Condition.ASSESSORS, minimum=2, star=4, name="Dua penilai")
    rules = make_rules(gates=(gate,))

    (found,) = evaluate(rules, make_answers(i11=4, i12=4, i21=4), assessor_count=1).gates

    assert gate_fault(found) == ("Dua penilai: baru 1. Panel penilai belum ada, jadi satu verifikator yang menilai.")


def test_gate_fault_counts_units():
    gate = make_gate("unit", condition=Condition.UNITS, minimum=5, star=4, name="Lima unit")
    (found,) = evaluate(make_rules(gates=(gate,)), make_answers(), unit_count=3).gates

    assert gate_fault(found) == "Lima unit: baru 3."


def test_passed_names_tell_shared_requirement_once():
    gates = (
        make_gate("nib-bintang", name="NIB ada", star=2),
        make_gate("nib-usulan", name="NIB ada", effect=Effect.BLOCK_NOMINATION, authority="provinsi"),
    )

    assert passed_names(evaluate(make_rules(gates=gates), make_answers()).gates) == ["NIB ada"]


def test_nominations_open_to_all_above_are_one_sentence():
    result = evaluate(make_rules(), make_answers(i11=4, i12=4, i21=4))

    assert [(said.sentence, said.open) for said in nominations(result, "kabkota")] == [
        ("Boleh diusulkan ke provinsi dan kementerian.", True)
    ]


def test_nominations_name_what_closes_them():
    gate = make_gate("sk", condition=Condition.SK, effect=Effect.BLOCK_NOMINATION, authority="kementerian", name="SK")
    result = evaluate(make_rules(gates=(gate,)), make_answers(i11=4, i12=4, i21=4), has_sk=False)

    found = nominations(result, "kabkota")

    assert [(said.sentence, said.open, said.reasons) for said in found] == [
        ("Boleh diusulkan ke provinsi.", True, ()),
        ("Belum dapat diusulkan ke kementerian:", False, ("SK: belum.",)),
    ]


def test_nominations_tell_for_higher_authority_only_what_comes_in_addition():
    def blocks(code, condition, authority):
        return make_gate(code, condition=condition, effect=Effect.BLOCK_NOMINATION, authority=authority, name=code)

    gates = (
        blocks("NIB", Condition.NIB, "provinsi"),
        blocks("NIB", Condition.NIB, "kementerian"),
        blocks("SK", Condition.SK, "kementerian"),
    )
    result = evaluate(make_rules(gates=gates), make_answers(i11=4, i12=4, i21=4), has_nib=False, has_sk=False)

    found = nominations(result, "kabkota")

    assert [(said.sentence, said.reasons) for said in found] == [
        ("Belum dapat diusulkan ke provinsi:", ("NIB: belum.",)),
        ("Belum dapat diusulkan ke kementerian. Selain yang di atas:", ("SK: belum.",)),
    ]


def test_nominations_end_at_ministry():
    assert nominations(evaluate(make_rules(), make_answers()), "kementerian") == []


def test_elimination_reasons_quote_gate_and_test_line():
    gate = make_gate("nib", effect=Effect.ELIMINATE, sentence="Tanpa NIB gugur.")
    rules = rules_with_check((gate,), eliminating=True, bad_value=scoring.YES)

    result = evaluate(rules, make_answers(checks={"1.1-x": 1}, i11=5), has_nib=False)

    assert elimination_reasons(result) == ["Tanpa NIB gugur.", "Butir uji: Ada retak."]
