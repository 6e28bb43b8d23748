from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessment import scoring
from assessment.presentation.result import Bar, Segment, bars, headline, ruler, strengths
from tests.assessment.rules import make_answers, make_facts, make_gate, make_rules, rules_with_check


def evaluate(rules, answers, **facts):
    return scoring.evaluate(rules, "makanan", answers, make_facts(**facts))


def all_at(level):
    return make_answers(i11=level, i12=level, i21=level)


@pytest.mark.parametrize(
    ("answers", "main", "rest"),
    [
        (all_at(4), "Setara bintang 4: 80,00 dari 100.", "Kurang 10,00 untuk bintang 5."),
        (all_at(5), "Setara bintang 5: 100,00 dari 100.", "Tidak ada hasil yang lebih tinggi."),
        (all_at(2), "Belum berbintang: 40,00 dari 100.", "Kurang 10,00 untuk bintang 1."),
        (make_answers(i11=4, i21=5), "Sementara 56,00 dari 100.", "Masih bisa sampai 96,00."),
    ],
)
def test_headline_says_result_and_what_is_lacking(answers, main, rest):
    rules = make_rules()

    said = headline(evaluate(rules, answers), rules)

    assert (said.main, said.rest) == (main, rest)


def test_headline_says_where_only_requirements_are_lacking():
    rules = make_rules(gates=(make_gate("kunjungan", condition=scoring.Condition.FIELD_VISIT, star=4),))

    said = headline(evaluate(rules, all_at(5), field_visit=False), rules)

    assert said.main == "Setara bintang 4: 100,00 dari 100."
    assert said.rest == "Poinnya cukup untuk bintang 5, tetapi ada syarat yang belum terpenuhi."


def test_headline_of_eliminated_product_names_no_points():
    rules = rules_with_check(eliminating=True, bad_value=scoring.YES)

    said = headline(evaluate(rules, make_answers(checks={"1.1-x": scoring.YES}, i11=5)), rules)

    assert str(said) == "Gugur: tidak mendapat bintang."


def test_headline_never_says_star_without_equivalent():
    """Below the ministry there is no "Bintang OVOP", only "setara bintang"."""
    rules = make_rules()

    assert "Bintang OVOP" not in str(headline(evaluate(rules, all_at(5)), rules))


def test_headline_uses_words_of_instrument():
    rules = replace(make_rules(), bands=(scoring.Band(1, Fraction(50), "kelas perak"),))

    assert headline(evaluate(rules, all_at(5)), rules).main == "Setara kelas perak: 100,00 dari 100."


def test_bars_carry_points_and_words():
    result = evaluate(make_rules(), make_answers(i11=4, i12=3, i21=5))

    assert bars(result) == [
        Bar("K1", "K1 Kriteria K1", Decimal("40.00"), Decimal("60.00"), "40,00 dari 60"),
        Bar("K2", "K2 Kriteria K2", Decimal("40.00"), Decimal("40.00"), "40,00 dari 40"),
    ]


def test_strengths_compare_shares_not_points():
    result = evaluate(make_rules(), make_answers(i11=4, i12=4, i21=5))

    assert strengths(result) == "Paling kuat di K2, paling lemah di K1"


def test_strengths_of_even_result_name_nobody():
    assert strengths(evaluate(make_rules(), all_at(3))) == "Semua kriteria sama kuat"


def test_ruler_is_filled_up_to_points():
    rules = make_rules()

    assert ruler(evaluate(rules, make_answers(i11=5, i12=4, i21=4)), rules) == [
        Segment(0, "0", 100, False),
        Segment(1, "50", 100, False),
        Segment(2, "60", 100, False),
        Segment(3, "70", 100, False),
        Segment(4, "80", 40, True),
        Segment(5, "90", 0, False),
    ]


def test_ruler_marks_star_given_where_gate_caps_it():
    rules = make_rules(gates=(make_gate("nib", star=2),))

    segments = ruler(evaluate(rules, all_at(5), has_nib=False), rules)

    assert [segment.star for segment in segments if segment.current] == [2]
    assert segments[-1].filled == 100


def test_ruler_starts_at_zero_without_unstarred_space():
    """OCOP gives its first star from zero points."""
    rules = make_rules(bands={1: 0, 2: 50})

    segments = ruler(evaluate(rules, all_at(1)), rules)

    assert [(segment.star, segment.lowest, segment.filled) for segment in segments] == [(1, "0", 40), (2, "50", 0)]
