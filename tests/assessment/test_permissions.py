"""The matrix over roles, areas and states; predicates and querysets agree."""

import pytest

from accounts.models import User
from assessment import permissions
from assessment.models import Assessment
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_user

pytestmark = pytest.mark.django_db

State = Assessment.State
OWN, WIDER, FOREIGN, NARROWER = "33.29", "33", "33.28", "33.29.01.2002"
CLOSED = {State.DECIDED, State.ELIMINATED, State.REVOKED}
EVER_SENT = {State.SUBMITTED, State.IN_REVIEW, State.RETURNED, *CLOSED}


@pytest.fixture
def every_state(officer, verifier):
    """One assessment in each state, all in Desa Bentarsari."""
    return {state: move_to(start_assessment(officer=officer), state, verifier=verifier) for state in State}


def seen_by(user):
    return set(Assessment.objects.visible_to(user).values_list("state", flat=True))


SEEN = {
    ("officer", OWN): CLOSED,
    ("officer", WIDER): CLOSED,
    ("officer", FOREIGN): set(),
    ("officer", NARROWER): set(),
    ("verifier", OWN): EVER_SENT,
    ("verifier", WIDER): EVER_SENT,
    ("verifier", FOREIGN): set(),
    ("verifier", NARROWER): set(),
    ("assessor", OWN): set(),
    ("assessor", WIDER): set(),
    ("leader", OWN): CLOSED,
    ("leader", WIDER): CLOSED,
    ("leader", FOREIGN): set(),
    ("leader", NARROWER): set(),
}


def test_who_sees_which_states(every_state):
    assert {duty: seen_by(make_user("", duty)) for duty in SEEN} == SEEN


def test_the_officer_sees_the_own_ones_also_after_the_duty_ended(every_state, officer):
    officer.duty_set.update(valid_until="2021-01-01")

    assert seen_by(User.objects.get(pk=officer.pk)) == set(State)


def test_predicate_and_queryset_agree(every_state, officer, verifier, assessor, leader, stranger):
    for user in (officer, verifier, assessor, leader, stranger, make_user("", ("officer", OWN), ("leader", None))):
        by_queryset = set(Assessment.objects.visible_to(user).values_list("pk", flat=True))
        by_predicate = {a.pk for a in every_state.values() if permissions.can_see(user, a)}
        assert by_queryset == by_predicate


def test_starting_is_for_officers_inside(every_state, officer, verifier, assessor, leader, stranger):
    product = every_state[State.DRAFT].product

    may = [
        user.username
        for user in (officer, verifier, assessor, leader, stranger)
        if permissions.can_start(user, product)
    ]

    assert may == ["petugas"]


MAY_DECIDE = {
    ("33.29.01", "kabkota"): False,
    ("33.29", "kabkota"): True,
    ("33", "kabkota"): True,
    (None, "kabkota"): True,
    ("33.29", "provinsi"): False,
    ("33", "provinsi"): True,
    ("33", "kementerian"): False,
    (None, "kementerian"): True,
}


def test_deciding_needs_a_duty_at_or_above_the_level_of_the_authority(officer, verifier):
    assessment = move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifier)
    found = {}
    for area, authority in MAY_DECIDE:
        assessment.authority = authority
        found[area, authority] = permissions.can_decide(make_user("", ("verifier", area)), assessment)

    assert found == MAY_DECIDE


def test_editing_is_for_the_officer_in_draft_and_returned(every_state, officer, verifier):
    editable = {state for state, assessment in every_state.items() if permissions.can_edit(officer, assessment)}

    assert editable == {State.DRAFT, State.RETURNED}
    assert not any(permissions.can_edit(verifier, assessment) for assessment in every_state.values())


def test_revoking_is_not_for_who_decided(every_state, verifier, other_verifier):
    decided = every_state[State.DECIDED]

    assert not permissions.can_revoke(verifier, decided)
    assert permissions.can_revoke(other_verifier, decided)
