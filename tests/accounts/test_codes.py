"""One-time codes: who gives them to whom, and that each opens once."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import codes
from accounts.models import Duty, SignInCode
from accounts.permissions import may_issue_code
from tests.factories import PASSWORD, make_user

KAB, KEC, OTHER = "33.29", "33.29.01", "32.08"


@pytest.fixture
def new_officer(areas):
    return make_user("siti", ("officer", KEC))


def issued(officer, verifier) -> str:
    return codes.issue(user=officer, by=verifier)


# who may

GIVERS = {
    (("verifier", KAB),): True,
    (("verifier", KEC),): True,
    (("verifier", None),): True,
    (("verifier", OTHER),): False,
    (("verifier", "33.29.01.2003"),): False,
    (("officer", KAB),): False,
    (("leader", KAB),): False,
    (("assessor", KAB),): False,
}


@pytest.mark.parametrize("duties", GIVERS)
def test_a_verifikator_whose_area_holds_the_duty_may_issue(new_officer, duties):
    assert may_issue_code(make_user("", *duties), new_officer) is GIVERS[duties]


TAKERS = {
    (("officer", KEC),): True,
    (("officer", KEC), ("officer", KAB)): True,
    (("officer", KEC), ("officer", OTHER)): False,
    (("officer", None),): False,
    (("officer", KEC), ("verifier", KEC)): False,
    (("verifier", KEC),): False,
    (("leader", KEC),): False,
    (("assessor", KEC),): False,
    (): False,
}


@pytest.mark.parametrize("duties", TAKERS)
def test_only_a_petugas_of_that_area_alone_is_given_one(verifier, duties):
    assert may_issue_code(verifier, make_user("", *duties)) is TAKERS[duties]


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_superuser": True}, {"is_active": False}])
def test_more_rights_or_no_account_in_use_means_no_code(verifier, rights):
    assert not may_issue_code(verifier, make_user("", ("officer", KEC), **rights))


def test_nobody_issues_a_code_to_themselves(areas):
    both = make_user("", ("officer", KEC), ("verifier", KAB))

    assert not may_issue_code(both, both)


def test_a_superuser_issues_none(superuser, new_officer):
    assert not may_issue_code(superuser, new_officer)


def test_a_verifikator_to_be_is_given_none(verifier, new_officer):
    """The account could be opened today and would decide tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    Duty.objects.create(user=new_officer, role="verifier", wilayah_id=KAB, valid_from=tomorrow)

    assert not may_issue_code(verifier, new_officer)


def test_a_verifikator_of_the_past_is_a_petugas_today(verifier, new_officer):
    Duty.objects.create(
        user=new_officer, role="verifier", wilayah_id=KAB, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1)
    )

    assert may_issue_code(verifier, new_officer)


def test_issuing_without_the_right_is_refused(stranger, new_officer):
    with pytest.raises(PermissionDenied):
        codes.issue(user=new_officer, by=stranger)

    assert not SignInCode.objects.exists()


# one code


def test_a_code_is_two_groups_without_look_alikes(new_officer, verifier):
    assert re.fullmatch(r"[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}", issued(new_officer, verifier))


def test_a_code_is_nowhere_stored(new_officer, verifier):
    code = issued(new_officer, verifier)

    row = SignInCode.objects.get()
    assert code not in row.code_hash and codes.normalized(code) not in row.code_hash
    assert "code_hash" not in {field.name for field in row.events.model._meta.fields}


def test_who_issued_what_when_is_kept(new_officer, verifier):
    issued(new_officer, verifier)

    row = SignInCode.objects.get()
    assert (row.user, row.issued_by, row.used_at) == (new_officer, verifier, None)
    assert row.expires_at - row.issued_at == timedelta(hours=24)
    assert [event.pgh_label for event in row.events.all()] == ["insert"]


@pytest.mark.parametrize("typing", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_opens_however_it_is_typed(new_officer, verifier, typing):
    assert codes.redeem(username="Siti ", code=typing(issued(new_officer, verifier))) == new_officer


def test_a_code_opens_once(new_officer, verifier):
    code = issued(new_officer, verifier)

    assert [codes.redeem(username="siti", code=code) for _ in range(2)] == [new_officer, None]


def test_a_new_code_voids_the_one_before(new_officer, verifier, other_verifier):
    old, new = issued(new_officer, verifier), issued(new_officer, other_verifier)

    assert codes.redeem(username="siti", code=old) is None
    assert codes.redeem(username="siti", code=new) == new_officer


def test_a_code_opens_no_other_account(new_officer, verifier):
    make_user("budi", ("officer", KEC))

    assert codes.redeem(username="budi", code=issued(new_officer, verifier)) is None


def test_after_a_day_it_opens_nothing(new_officer, verifier):
    code = issued(new_officer, verifier)
    SignInCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert codes.redeem(username="siti", code=code) is None


def test_the_old_password_ends_with_the_code(new_officer, verifier):
    """Whoever found the password out is shut out as well."""
    code = issued(new_officer, verifier)
    assert new_officer.check_password(PASSWORD)

    codes.redeem(username="siti", code=code)

    new_officer.refresh_from_db()
    assert not new_officer.has_usable_password()


@pytest.mark.parametrize("change", ["staff", "inactive", "verifier"])
def test_a_code_opens_nothing_more_than_it_was_given_for(new_officer, verifier, change):
    code = issued(new_officer, verifier)
    if change == "verifier":
        Duty.objects.create(user=new_officer, role="verifier", wilayah_id=KAB)
    new_officer.is_staff, new_officer.is_active = change == "staff", change != "inactive"
    new_officer.save()

    assert codes.redeem(username="siti", code=code) is None


def test_a_wrong_code_changes_nothing(new_officer, verifier):
    issued(new_officer, verifier)

    assert codes.redeem(username="siti", code="AAAA-AAAA") is None
    assert SignInCode.objects.usable().count() == 1
