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
        among = [a.pk for a in permissions.seen_among(user, list(every_state.values()))]
        assert by_queryset == by_predicate == set(among)


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


LOSSES = {
    "ended": lambda officer: officer.duty_set.update(valid_until="2021-01-01", valid_from="2020-01-01"),
    "moved": lambda officer: officer.duty_set.update(wilayah="33.28"),
    "narrowed to another village": lambda officer: officer.duty_set.update(wilayah="33.29.01.2002"),
    "another role": lambda officer: officer.duty_set.update(role="leader"),
    "account closed": lambda officer: User.objects.filter(pk=officer.pk).update(is_active=False),
}
KEPT = {
    "nothing": lambda officer: None,
    "widened": lambda officer: officer.duty_set.update(wilayah=None),
    "narrowed to the village": lambda officer: officer.duty_set.update(wilayah="33.29.01.2003"),
}
OFFICERS_ALONE = {State.DRAFT, State.RETURNED, State.WITHDRAWN}


@pytest.mark.parametrize("change", [*LOSSES, *KEPT])
def test_orphaned_is_what_its_officer_alone_could_go_on_with_and_no_longer_can(every_state, officer, change):
    (LOSSES | KEPT)[change](officer)

    by_queryset = set(Assessment.objects.orphaned().values_list("state", flat=True))
    by_predicate = {row.state for row in Assessment.objects.with_subject() if permissions.is_orphaned(row)}

    assert by_queryset == by_predicate == (OFFICERS_ALONE if change in LOSSES else set())


@pytest.mark.parametrize("change", LOSSES)
def test_who_may_stand_in_sees_what_is_orphaned(every_state, officer, change):
    LOSSES[change](officer)
    expected = {
        ("officer", OWN): OFFICERS_ALONE | CLOSED,
        ("officer", WIDER): OFFICERS_ALONE | CLOSED,
        ("officer", FOREIGN): set(),
        ("officer", NARROWER): set(),
        ("verifier", OWN): set(State),
        ("verifier", NARROWER): set(),
        ("assessor", OWN): set(),
        ("leader", OWN): CLOSED,
    }

    assert {duty: seen_by(make_user("", duty)) for duty in expected} == expected
    for duty in expected:
        user = make_user("", duty)
        rows = list(Assessment.objects.with_subject())
        seen = set(Assessment.objects.visible_to(user))
        assert seen == {row for row in rows if permissions.can_see(user, row)}
        assert seen == set(permissions.seen_among(user, rows))
        withdrawable = {row.state for row in rows if permissions.can_withdraw(user, row)}
        assert withdrawable == (
            OFFICERS_ALONE if duty[0] in ("officer", "verifier") and duty[1] in (OWN, WIDER) else set()
        )


def test_a_draft_of_an_active_colleague_is_nobody_elses(every_state, verifier):
    colleague = make_user("", ("officer", OWN))

    for state in OFFICERS_ALONE:
        assert not permissions.can_withdraw(colleague, every_state[state])
        assert not permissions.can_withdraw(verifier, every_state[state])


def test_appeals_are_for_who_may_begin_against_every_kind_of_decision(every_state, officer, verifier, leader, stranger):
    """The page of a decision and the page of its product offered it against different ones."""
    appealable = {
        user.username: {state for state, row in every_state.items() if permissions.can_appeal(user, row)}
        for user in (officer, verifier, leader, stranger)
    }

    assert appealable == {"petugas": CLOSED, "verifikator": set(), "pimpinan": set(), "orang_luar": set()}
