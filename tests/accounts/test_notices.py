"""Mails about a change of the own sign-in."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.management import call_command

from accounts import people
from accounts.models import User
from tests.accounts.second_factor import give_totp
from tests.factories import PASSWORD, make_user
from tests.ovop_site.people.pages import PEOPLE, send

pytestmark = pytest.mark.django_db
OLD, NEW = "siti@brebes.example", "aminah@brebes.example"


@pytest.fixture
def siti(areas) -> User:
    return make_user("siti", ("officer", "33.29.01"), email=OLD, name="Siti")


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """`told(act)`: the mails that went out when what `act` wrote was committed, as {address: subject}."""

    def run(act) -> dict[str, str]:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return {message.to[0]: message.subject for message in mail.outbox}

    return run


def test_the_own_new_address_is_told_to_both(signed_in, siti, told):
    client = signed_in(siti)

    assert told(lambda: client.post("/akun/surel/", {"email": NEW})) == dict.fromkeys(
        (OLD, NEW), "Alamat surel akun Sentra OVOP Anda diubah"
    )
    old, new = (message.body for message in mail.outbox)
    assert old.startswith("Yth. Siti,\n\nalamat surel akun Anda di Sentra OVOP baru saja diganti atau dihapus.")
    assert "alamat surel ini baru saja dicatat pada akun Anda" in new
    assert "Nama pengguna: siti\nWaktu: " in old and NEW not in old and OLD not in new


@pytest.mark.parametrize(("email", "addresses"), [(NEW, {OLD, NEW}), ("", {OLD}), (OLD, set())])
def test_an_address_that_a_verifikator_changes_is_told(signed_in, verifier, siti, told, email, addresses):
    client = signed_in(verifier)

    assert told(lambda: send(client, f"{PEOPLE}{siti.pk}/ubah/", name="Siti", email=email)).keys() == addresses
    siti.refresh_from_db()
    assert siti.email == email


def test_an_address_that_an_admin_changes_is_told(signed_in, admin, siti, told):
    form = {"username": "siti", "name": "Siti", "email": NEW, "is_active": "on"}
    form |= {"duty_set-TOTAL_FORMS": "0", "duty_set-INITIAL_FORMS": "0"}
    client = signed_in(admin)

    assert told(lambda: client.post(f"/admin/accounts/user/{siti.pk}/change/", form)).keys() == {OLD, NEW}


def test_a_change_that_is_rolled_back_is_not_told(siti, verifier, told):
    def fail() -> None:
        siti.email = NEW
        with pytest.raises(people.PermissionDenied):
            people.edit_account(account=siti, by=siti)

    assert told(fail) == {}


def test_a_new_password_is_told(signed_in, siti, told):
    client, words = signed_in(siti), "tenun-ikat-77"
    typed = {"oldpassword": PASSWORD, "password1": words, "password2": words}

    assert told(lambda: client.post("/akun/kata-sandi/", typed)) == {OLD: "Kata sandi Sentra OVOP Anda diganti"}
    assert "kata sandi akun Anda di Sentra OVOP baru saja diganti." in mail.outbox[0].body


def test_a_password_that_an_admin_gives_is_told(signed_in, admin, siti, told):
    client, typed = signed_in(admin), {"password1": "tenun-ikat-77", "password2": "tenun-ikat-77"}

    assert told(lambda: client.post(f"/admin/accounts/user/{siti.pk}/password/", typed)).keys() == {OLD}
    assert "diganti oleh admin" in mail.outbox[0].body


def test_two_step_sign_in_taken_back_by_a_command_is_told(siti, told):
    give_totp(siti)

    assert told(lambda: call_command("reset_mfa", "siti")) == {OLD: "Masuk dua langkah dimatikan"}


@pytest.mark.parametrize("lack", ["address", "server", "answer"])
def test_all_goes_on_without_mail(signed_in, siti, settings, monkeypatch, told, lack):
    if lack == "address":
        User.objects.filter(pk=siti.pk).update(email="")
    settings.SENDS_MAIL = lack != "server"

    def refuse(*args, **kwargs):
        raise SMTPServerDisconnected

    if lack == "answer":
        monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    client, words = signed_in(siti), "tenun-ikat-77"
    typed = {"oldpassword": PASSWORD, "password1": words, "password2": words}

    assert told(lambda: client.post("/akun/kata-sandi/", typed)) == {}
    siti.refresh_from_db()
    assert siti.check_password(words)
