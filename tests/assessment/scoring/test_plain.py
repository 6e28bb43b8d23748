from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import scoring
from assessment.instrument_file import read_instrument
from tests.assessment.rules import make_answers, make_facts, make_gate, make_rules, sale_pisang

RULES = read_instrument()


def test_from_data_reads_whole_result_back():
    rules = make_rules(gates=(make_gate("penilai", condition=scoring.Condition.ASSESSORS, minimum=3, star=4),))
    result = scoring.evaluate(rules, "makanan", make_answers(i11=4, i12=4, i21=5), make_facts())

    assert scoring.from_data(scoring.Result, scoring.as_data(result)) == result


def test_from_data_reads_default_instrument_back():
    assert scoring.from_data(scoring.Instrument, scoring.as_data(RULES)) == RULES


def test_from_data_reads_facts_and_answers_back():
    facts, answers = make_facts(unit_count=0), make_answers(evidence=("1.1",), checks={"1.1-x": 0}, i11=None, i12=3)

    assert scoring.from_data(scoring.Facts, scoring.as_data(facts)) == facts
    assert scoring.from_data(scoring.Answers, scoring.as_data(answers)) == answers


@given(levels=st.fixed_dictionaries({code: st.none() | st.integers(1, 5) for code in RULES.indicators}))
def test_from_data_reads_any_result_back(levels):
    answers = scoring.Answers(levels, frozenset(), {})
    result = scoring.evaluate(RULES, "makanan", answers, make_facts(on=date(2030, 1, 1)))

    assert scoring.from_data(scoring.Result, scoring.as_data(result)) == result


@dataclass(frozen=True)
class Older:
    code: str
    number: int = 7


def test_from_data_fills_fields_stored_before_they_existed():
    assert scoring.from_data(Older, {"code": "1.1", "gone": "x"}) == Older("1.1", 7)


def test_from_data_misses_field_without_default():
    with pytest.raises(TypeError):
        scoring.from_data(Older, {"number": "3"})


def test_from_data_refuses_type_without_plain_form():
    with pytest.raises(TypeError, match="float has no plain form"):
        scoring.from_data(float, "1.5")


def test_story_of_sale_pisang_survives_storing():
    result = scoring.evaluate(RULES, "makanan", sale_pisang(RULES), make_facts(assessor_count=1))

    stored = scoring.from_data(scoring.Result, scoring.as_data(result))

    assert (str(stored.points.shown), stored.star, stored.next_band.star) == ("83.40", 4, 5)
