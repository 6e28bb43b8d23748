"""The people of an area: who is seen, made, given a duty and relieved of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import people, permissions
from accounts.account_history import changes_of
from accounts.models import Duty, User
from tests.factories import make_user

BREBES, SALEM, TEGAL = "33.29", "33.29.01", "33.28"
FOREVER = {"valid_from": date(2026, 1, 1), "valid_until": None}


def officer_of(area: str, **period) -> User:
    user = make_user("", ("officer", area))
    user.duty_set.update(**period)
    return user


def test_a_verifier_sees_who_has_or_had_a_duty_inside(verifier, areas):
    inside = officer_of(SALEM)
    gone = officer_of(SALEM, valid_until=date(2021, 1, 1))
    leader = make_user("", ("leader", BREBES))
    officer_of(TEGAL)
    make_user("", ("leader", None))
    make_user("", ("officer", "33"))
    make_user("", ("officer", SALEM), is_superuser=True)

    assert set(people.seen_by(verifier)) == {verifier, inside, gone, leader}


@pytest.mark.parametrize("role", ["officer", "leader", "assessor"])
def test_others_see_nobody(areas, role):
    assert not people.seen_by(make_user("", (role, BREBES)))


def test_an_admin_sees_everybody_with_a_duty(admin, verifier, stranger):
    national = make_user("", ("leader", None))

    assert set(people.seen_by(admin)) == {verifier, stranger, national}


def test_staff_without_that_right_sees_nobody(areas, verifier):
    assert not people.seen_by(make_user("", is_staff=True))


def test_duties_of_elsewhere_are_not_shown(verifier, areas):
    user = make_user("pindah", ("officer", TEGAL), ("officer", SALEM))

    (found,) = people.with_duties(people.seen_by(verifier).filter(pk=user.pk), seen_by=verifier)

    assert [duty.wilayah_id for duty in found.shown_duties] == [SALEM]
    assert people.acts_elsewhere(user, seen_by=verifier)
    assert not people.acts_elsewhere(officer_of(SALEM), seen_by=verifier)


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Siti Aminah", "siti.aminah"),
        ("SITI", "siti"),
        ("Dr. H. Ahmad", "dr.h"),
        ("I Gusti Ngurah", "i.gusti"),
        ("José Ñato", "jose.nato"),
        ("日本", "petugas"),
        ("", "petugas"),
        ("A" * 80, "a" * 30),
    ],
)
def test_a_user_name_is_proposed_from_the_name(db, name, username):
    assert people.propose_username(name) == username


def test_a_proposal_that_is_taken_gets_a_number(db):
    make_user("Siti.Aminah")
    make_user("siti.aminah2")
    make_user("siti.aminah4")

    assert people.propose_username("Siti Aminah") == "siti.aminah3"


def test_an_officer_is_made_without_a_password(verifier, areas):
    user = people.create_officer(name="Siti", username="siti", email="", wilayah=areas[SALEM], **FOREVER, by=verifier)

    duty = user.duty_set.get()
    assert (duty.role, duty.wilayah_id, duty.valid_from) == ("officer", SALEM, date(2026, 1, 1))
    assert (user.is_active, user.is_staff, user.has_usable_password()) == (True, False, False)
    assert permissions.may_issue_code(verifier, user)


def test_an_officer_of_elsewhere_is_not_made(verifier, areas):
    with pytest.raises(PermissionDenied):
        people.create_officer(name="Siti", username="siti", email="", wilayah=areas[TEGAL], **FOREVER, by=verifier)

    assert not User.objects.filter(username="siti").exists()


@pytest.mark.parametrize("username", ["VERIFIKATOR", "siti aminah", "\u200b"])
def test_a_wrong_user_name_is_refused(verifier, areas, username):
    with pytest.raises(ValidationError):
        people.create_officer(name="Siti", username=username, email="", wilayah=areas[SALEM], **FOREVER, by=verifier)


MATRIX = {
    "officer": False,
    "verifier": True,
    "assessor": False,
    "leader": False,
    "narrower verifier": False,
    "verifier of elsewhere": False,
    "admin": True,
}


def person(kind: str, admin: User) -> User:
    if kind == "admin":
        return admin
    area = {"narrower verifier": "33.29.01.2003", "verifier of elsewhere": TEGAL}.get(kind, BREBES)
    return make_user("", ("verifier" if "verifier" in kind else kind, area))


@pytest.mark.parametrize("kind", MATRIX)
def test_who_gives_and_ends_the_duties_of_officers(areas, admin, kind):
    by, user = person(kind, admin), officer_of(SALEM)
    allowed = []

    for act in (
        lambda: people.give_duty(user=user, wilayah=areas["33.29.01.2001"], **FOREVER, by=by),
        lambda: people.end_duties(duties=[user.duty_set.get(wilayah=SALEM)], last_day=timezone.localdate(), by=by),
    ):
        try:
            act()
            allowed.append(True)
        except PermissionDenied:
            allowed.append(False)

    assert allowed == [MATRIX[kind]] * 2


@pytest.mark.parametrize("role", ["verifier", "leader", "assessor"])
def test_the_duties_of_other_roles_are_not_ended_here(verifier, admin, areas, role):
    duty = make_user("", (role, SALEM)).duty_set.get()

    for by in (verifier, admin):
        with pytest.raises(PermissionDenied):
            people.end_duties(duties=[duty], last_day=timezone.localdate(), by=by)


def test_a_duty_that_is_ended_yesterday_is_over_at_once(verifier, areas):
    user, yesterday = officer_of(SALEM), timezone.localdate() - timedelta(days=1)

    people.end_duties(duties=[user.duty_set.get()], last_day=yesterday - timedelta(days=99), by=verifier)

    assert user.duty_set.get().valid_until == yesterday
    assert not Duty.objects.active().filter(user=user).exists()


def test_ending_prolongs_no_duty_and_cancels_what_would_begin_later(verifier, areas):
    today = timezone.localdate()
    short = officer_of(SALEM, valid_until=today + timedelta(days=3))
    later = officer_of(SALEM, valid_from=today + timedelta(days=9))
    duties = [short.duty_set.get(), later.duty_set.get()]

    people.end_duties(duties=duties, last_day=today + timedelta(days=5), by=verifier)

    assert list(Duty.objects.filter(user__in=[short, later]).values_list("user", "valid_until")) == [
        (short.pk, today + timedelta(days=3))
    ]


def test_a_duty_is_cancelled_until_its_first_day_and_stays_in_the_history(verifier, areas):
    today = timezone.localdate()
    begun, later = officer_of(SALEM, valid_from=today), officer_of(SALEM, valid_from=today + timedelta(days=1))

    people.cancel_duty(duty=later.duty_set.get(), by=verifier)
    with pytest.raises(people.DutyBegan):
        people.cancel_duty(duty=begun.duty_set.get(), by=verifier)

    assert (begun.duty_set.count(), later.duty_set.count()) == (1, 0)
    assert {begun, later} <= set(people.seen_by(verifier))
    sentences = {change.sentence for change in changes_of(later, areas=[BREBES], sign_in_codes=[])}
    assert "Tugas dibatalkan sebelum dimulai: Petugas lapangan, Kec. Salem, Kab. Brebes." in sentences


@pytest.mark.parametrize(("role", "area"), [("leader", SALEM), ("officer", TEGAL)])
def test_a_duty_that_is_not_kept_is_not_cancelled(verifier, areas, role, area):
    duty = make_user("", (role, area)).duty_set.get()

    with pytest.raises(PermissionDenied):
        people.cancel_duty(duty=duty, by=verifier)


@pytest.mark.parametrize(
    ("first", "last", "is_taken"),
    [
        (date(2026, 1, 1), None, True),
        (date(2026, 5, 1), None, True),
        (date(2026, 7, 1), None, False),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
    ],
)
def test_a_second_duty_at_the_same_time_and_place_is_noticed(areas, first, last, is_taken):
    user = officer_of(SALEM, valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))

    assert people.overlaps(user=user, wilayah=areas[SALEM], valid_from=first, valid_until=last) is is_taken
    assert not people.overlaps(user=user, wilayah=areas[TEGAL], valid_from=first, valid_until=last)


@pytest.mark.parametrize("login", ["siti", " SITI ", "siti@dinas.example", "Siti@Dinas.example"])
def test_an_account_is_found_by_its_whole_name_or_address(db, login):
    siti = make_user("siti", email="siti@dinas.example")

    assert people.find(login) == siti


@pytest.mark.parametrize("login", ["", " ", "sit", "siti@", "%", "bos", "mati"])
def test_nothing_less_finds_an_account(db, login):
    make_user("siti", email="siti@dinas.example")
    make_user("bos", is_superuser=True)
    make_user("mati", is_active=False)

    assert people.find(login) is None


def test_who_edits_an_account(verifier, admin, superuser, stranger, areas):
    inside, both = officer_of(SALEM), make_user("", ("officer", SALEM), ("officer", TEGAL))
    colleague = make_user("", ("verifier", SALEM))

    found = {
        by.username: [permissions.may_edit_account(by, account) for account in (inside, both, colleague, by)]
        for by in (verifier, admin, stranger)
    }

    assert found == {
        "verifikator": [True, False, False, False],
        "admin": [True, True, False, False],
        "orang_luar": [False, False, False, False],
    }
    assert not permissions.may_edit_account(admin, superuser)


def test_editing_asks_again(verifier, areas):
    user = officer_of(SALEM)
    user.name = "Nama Baru"
    people.edit_account(account=user, by=verifier)
    both = make_user("", ("officer", SALEM), ("officer", TEGAL))

    with pytest.raises(PermissionDenied):
        people.edit_account(account=both, by=verifier)

    assert User.objects.get(pk=user.pk).name == "Nama Baru"


TAKERS = {
    # who gets a petugas's duty from: a verifikator of the area, an admin
    "officer": (True, True),
    "officer of elsewhere": (True, True),
    "nobody yet": (True, True),
    "verifier": (False, True),
    "verifier of elsewhere": (False, True),
    "verifier from tomorrow": (False, True),
    "verifier of the past": (True, True),
    "leader": (False, True),
    "assessor": (False, True),
    "officer and leader": (False, True),
    "admin": (False, True),
    "superuser": (False, False),
}


def taker(kind: str) -> User:
    today = timezone.localdate()
    if kind in ("admin", "superuser", "nobody yet"):
        return make_user("", is_staff=kind != "nobody yet", is_superuser=kind == "superuser")
    area = TEGAL if kind.endswith("elsewhere") else SALEM
    user = make_user("", *((role, area) for role in ("officer", "verifier", "leader", "assessor") if role in kind))
    if kind.endswith("tomorrow"):
        user.duty_set.update(valid_from=today + timedelta(days=1))
    if kind.endswith("past"):
        user.duty_set.update(valid_until=today - timedelta(days=1))
    return user


@pytest.mark.parametrize("kind", TAKERS)
def test_who_is_made_a_petugas_by_whom(verifier, admin, areas, kind):
    person, given = taker(kind), []

    for by, village in ((verifier, "33.29.01.2001"), (admin, "33.29.01.2003")):
        assert permissions.may_give_duties_to(by, person) is TAKERS[kind][len(given)]
        try:
            people.give_duty(user=person, wilayah=areas[village], **FOREVER, by=by)
            given.append(True)
        except PermissionDenied:
            given.append(False)

    assert tuple(given) == TAKERS[kind]


def test_nobody_gives_a_duty_to_oneself(verifier, admin, superuser, areas):
    for by in (verifier, admin, superuser):
        with pytest.raises(PermissionDenied):
            people.give_duty(user=by, wilayah=areas[SALEM], **FOREVER, by=by)

    assert not Duty.objects.filter(role="officer").exists()
