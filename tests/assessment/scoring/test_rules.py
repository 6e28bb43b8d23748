"""The rules themselves."""

from assessment.scoring import code_order


def test_codes_are_ordered_as_people_count():
    assert sorted(["1.10", "K2", "1.2", "K10", "1.1"], key=code_order) == ["K2", "K10", "1.1", "1.2", "1.10"]
