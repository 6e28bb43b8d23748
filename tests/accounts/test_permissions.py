"""Duties and the predicates every room builds on."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts import permissions
from accounts.models import Duty, User
from accounts.permissions import Role
from tests.factories import make_user
from wilayah.models import Wilayah

pytestmark = pytest.mark.django_db

SALEM, BREBES, VILLAGE, TEGAL = "33.29.01", "33.29", "33.29.01.2003", "33.28"


def test_active_duties_leave_out_ended_and_future_ones(areas):
    user = make_user()
    today = timezone.localdate()
    Duty.objects.create(user=user, role=Role.OFFICER, wilayah_id=BREBES, valid_from=date(2020, 1, 1), valid_until=today)
    ended = today - timedelta(days=1)
    Duty.objects.create(user=user, role=Role.LEADER, wilayah_id=BREBES, valid_from=date(2020, 1, 1), valid_until=ended)
    Duty.objects.create(user=user, role=Role.VERIFIER, wilayah_id=BREBES, valid_from=today + timedelta(days=1))

    found = permissions.active_duties(User.objects.get(pk=user.pk))

    assert [duty.role for duty in found] == [Role.OFFICER]


def test_active_duties_ask_once_per_user_object(areas, django_assert_num_queries):
    user = User.objects.get(pk=make_user("", (Role.OFFICER, BREBES)).pk)

    with django_assert_num_queries(1):
        permissions.active_duties(user)
        permissions.duty_areas(user, Role.OFFICER)
        permissions.acts_inside(user, VILLAGE, Role.OFFICER)


def test_nobody_and_inactive_users_have_no_duties(areas):
    inactive = make_user("", (Role.OFFICER, BREBES), is_active=False)

    assert permissions.active_duties(AnonymousUser()) == []
    assert permissions.active_duties(inactive) == []


@pytest.mark.parametrize(
    ("duty_area", "code", "inside", "seen"),
    [
        (BREBES, BREBES, True, True),
        (BREBES, VILLAGE, True, True),
        (SALEM, BREBES, False, True),
        (SALEM, "33", False, True),
        (BREBES, TEGAL, False, False),
        (BREBES, "33.28.10", False, False),
        (None, TEGAL, True, True),
    ],
)
def test_inside_and_seen_by_area(areas, duty_area, code, inside, seen):
    user = make_user("", (Role.OFFICER, duty_area))

    assert permissions.acts_inside(user, code, Role.OFFICER) is inside
    assert permissions.sees(user, code, Role.OFFICER) is seen


def test_predicates_and_conditions_agree_over_all_areas(areas):
    users = [
        make_user("", (Role.OFFICER, BREBES)),
        make_user("", (Role.OFFICER, SALEM), (Role.LEADER, TEGAL)),
        make_user("", (Role.VERIFIER, None)),
        make_user(),
    ]

    for user in users:
        for role in Role:
            inside = {area.pk for area in Wilayah.objects.filter(permissions.inside_q(user, "code", role))}
            seen = {area.pk for area in Wilayah.objects.filter(permissions.sees_q(user, "code", role))}
            every = set(Wilayah.objects.values_list("pk", flat=True))
            assert inside == {code for code in every if permissions.acts_inside(user, code, role)}
            assert seen == {code for code in every if permissions.sees(user, code, role)}


def test_role_elsewhere_does_not_count(areas):
    user = make_user("", (Role.OFFICER, BREBES), (Role.LEADER, TEGAL))

    assert not permissions.acts_inside(user, TEGAL, Role.OFFICER)
    assert permissions.acts_inside(user, TEGAL, Role.LEADER)


def test_describe_duty_takes_the_narrowest_that_contains_the_area(areas):
    user = make_user("", (Role.VERIFIER, None), (Role.VERIFIER, BREBES))

    assert permissions.describe_duty(user, VILLAGE, Role.VERIFIER) == "Verifikator, Kab. Brebes"
    assert permissions.describe_duty(user, TEGAL, Role.VERIFIER) == "Verifikator, nasional"


def test_managing_duties_is_for_verifiers_inside(areas):
    verifier = make_user("", (Role.VERIFIER, BREBES))
    officer = make_user("", (Role.OFFICER, BREBES))

    assert permissions.may_manage_duties(verifier, SALEM)
    assert not permissions.may_manage_duties(verifier, TEGAL)
    assert not permissions.may_manage_duties(officer, SALEM)
