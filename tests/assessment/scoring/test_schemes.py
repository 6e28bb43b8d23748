"""Schemes other than our own, held by the same engine as data alone."""

from fractions import Fraction

from assessment.scoring import Answers, evaluate
from tests.assessment.rules import make_facts, ocop_rules, opc_rules, three_star_rules


def test_three_star_scheme():
    answers = Answers({"A.1": 3, "A.2": 2, "B.1": 3, "C.1": 3, "C.2": 2})

    result = evaluate(three_star_rules(), "batik", answers, make_facts())
    unlicensed = evaluate(three_star_rules(), "batik", answers, make_facts(has_nib=False))

    assert (result.total.exact, result.star) == (25 + 30 + Fraction(40 * 5, 6), 2)
    assert (unlicensed.star, unlicensed.star_by_points, unlicensed.next_band.star) == (1, 2, 2)


def test_ocop_sheets_differ_by_product_set_and_share_the_same_total():
    food = Answers(
        {"1.1": 4, "1.2": 3, "4.1": 4, "5.1": 6, "6.1": 4, "6.2": 3, "8.1": 3}, checks={"6.1-benda-asing": 0}
    )
    craft = Answers({"1.1": 4, "1.2": 3, "4.1": 4, "5.1": 6, "7.1": 3, "7.2": 3, "8.1": 2})

    best = evaluate(ocop_rules(), "makanan", food, make_facts())
    held = evaluate(ocop_rules(), "kerajinan", craft, make_facts())

    assert (best.total.exact, best.star) == (100, 5)
    assert held.criteria[2].not_applying == ("6.1", "6.2")
    assert (held.total.exact, held.star, held.star_by_points) == (65 + Fraction(35 * 16, 18), 4, 5)


def test_ocop_puts_out_imported_material_and_foreign_matter_and_stars_everyone_else():
    lowest = {"1.1": 2, "1.2": 1, "4.1": 1, "5.1": 1, "6.1": 1, "6.2": 1, "8.1": 1}

    weak = evaluate(ocop_rules(), "makanan", Answers(lowest, checks={"6.1-benda-asing": 0}), make_facts())
    out = evaluate(ocop_rules(), "makanan", Answers(lowest | {"1.1": 1}, checks={"6.1-benda-asing": 1}), make_facts())

    assert (weak.star, weak.eliminated) == (1, False)
    assert [reason.code for reason in out.eliminations] == ["bahan", "6.1-benda-asing"]


def test_opc_without_a_product_standard_is_scored_and_not_nominated():
    answers = Answers({"A1": 5, "A2": 4, "B1": 2, "B2": 3, "C1": 4})

    result = evaluate(opc_rules(), "fabric", answers, make_facts(certificates=()))

    assert (result.total.exact, result.star) == (30 + 20 + 36, 4)
    assert [b.authority for b in result.blocked] == ["kabkota", "provinsi", "kementerian"]
