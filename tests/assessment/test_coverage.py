"""What an instrument can give per product scope."""

from dataclasses import replace
from decimal import Decimal

from assessment.coverage import ScopeCoverage, coverage
from tests.assessment.rules import make_criterion, make_indicator, make_rules

SCOPES = {"makanan": "Makanan olahan", "tenun": "Tenun"}


def test_every_scope_reaches_a_hundred_where_each_criterion_has_an_indicator():
    assert coverage(make_rules(), SCOPES) == [
        ScopeCoverage("Makanan olahan", 3, Decimal(100), ()),
        ScopeCoverage("Tenun", 3, Decimal(100), ()),
    ]


def test_a_scope_loses_the_points_of_criteria_without_an_indicator():
    food = make_indicator("1.1", 20, scopes=frozenset({"makanan"}))
    rules = make_rules(make_criterion("K1", 60, food), make_criterion("K2", 40, make_indicator("2.1", 40)))

    assert coverage(rules, SCOPES) == [
        ScopeCoverage("Makanan olahan", 2, Decimal(100), ()),
        ScopeCoverage("Tenun", 1, Decimal(40), ("K1",)),
    ]


def test_an_indicator_without_levels_or_points_gives_nothing():
    bare, zero = make_indicator("1.1", 1, levels=()), make_indicator("2.1", 0, 0)
    rules = make_rules(make_criterion("K1", 60, bare), make_criterion("K2", 40, zero))

    assert coverage(rules, {"makanan": "Makanan"}) == [ScopeCoverage("Makanan", 2, Decimal(0), ("K1", "K2"))]
    assert coverage(replace(rules, criteria=()), {"makanan": "Makanan"}) == [
        ScopeCoverage("Makanan", 0, Decimal(0), ())
    ]
