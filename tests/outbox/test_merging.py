import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.merging import UNKNOWN, Merged, merge

# Few values, so that equal ones meet often.
VALUES = st.integers(0, 3) | st.none() | st.just("")
TOGETHER = st.tuples(VALUES, VALUES)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        (1, 1, 1, Merged(1)),
        (1, 2, 1, Merged(2)),
        (1, 1, 2, Merged(2)),
        (1, 2, 2, Merged(2)),
        (1, 2, 3, Merged(2, is_conflict=True)),
        (None, 2, 3, Merged(2, is_conflict=True)),
        (1, None, 3, Merged(None, is_conflict=True)),
        (UNKNOWN, 1, 1, Merged(1)),
        (UNKNOWN, 1, 2, Merged(1, is_conflict=True)),
        # What belongs together: each changed another part of it.
        ((1, 1), (2, 1), (1, 2), Merged((2, 1), is_conflict=True)),
        ((1, 1), (1, 1), (1, 2), Merged((1, 2))),
    ],
)
def test_merge(base, mine, theirs, expected):
    assert merge(base=base, mine=mine, theirs=theirs) == expected


@given(VALUES | TOGETHER, VALUES | TOGETHER)
def test_what_one_of_the_two_changed_is_kept(base, changed):
    assert merge(base=base, mine=base, theirs=changed) == Merged(changed)
    assert merge(base=base, mine=changed, theirs=base) == Merged(changed)
    assert merge(base=base, mine=changed, theirs=changed) == Merged(changed)


@given(VALUES, VALUES, VALUES)
def test_conflict_is_what_both_changed_in_two_ways(base, mine, theirs):
    merged = merge(base=base, mine=mine, theirs=theirs)

    assert merged.is_conflict == (len({base, mine, theirs}) == 3)
    assert merged.value in (mine, theirs)


@given(VALUES, VALUES, VALUES)
def test_who_is_asked_first_makes_no_difference(base, mine, theirs):
    one, other = merge(base=base, mine=mine, theirs=theirs), merge(base=base, mine=theirs, theirs=mine)

    assert one.is_conflict == other.is_conflict
    if not one.is_conflict:
        assert one.value == other.value


@given(VALUES, VALUES, VALUES)
def test_sent_again_after_a_merge_nothing_is_left_to_merge(base, mine, theirs):
    """What the page shows after a merge has theirs as its base; saved unchanged it is stored as it stands there."""
    kept = merge(base=base, mine=mine, theirs=theirs).value

    assert merge(base=theirs, mine=kept, theirs=theirs) == Merged(kept)
