"""A forgotten password: by mail for who has an address, by the dinas for who has none."""

import re
from http import HTTPStatus
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertRedirects

from tests.accounts.second_factor import give_totp
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ADDRESS, SENT = "/lupa-kata-sandi/", "/lupa-kata-sandi/terkirim/"
NEW = "tenun-ikat-77"


@pytest.fixture
def siti():
    return make_user("siti", email="siti@brebes.example", name="Siti")


def ask(client, email="siti@brebes.example"):
    return client.post(ADDRESS, {"email": email})


def link() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def choose(client, password=NEW):
    form = client.get(link(), follow=True)
    return client.post(form.context["action_url"], {"password1": password, "password2": password}, follow=True)


def test_the_mail_leads_to_a_new_password(client, siti):
    assertRedirects(ask(client), SENT)
    page = choose(client)

    siti.refresh_from_db()
    assert siti.check_password(NEW)
    assert "Kata sandi baru sudah tersimpan" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_mail_is_in_our_words(client, siti):
    ask(client)

    message = mail.outbox[0]
    assert (message.subject, message.to) == ("Kata sandi baru untuk Sentra OVOP", ["siti@brebes.example"])
    assert message.body.startswith("Yth. Siti,") and "akun siti di Sentra OVOP" in message.body


def test_the_page_does_not_tell_which_address_has_an_account(siti):
    answers = [ask(Client(), email) for email in ("siti@brebes.example", "siapa@brebes.example")]

    assert [(answer.status_code, answer.url) for answer in answers] == [(HTTPStatus.FOUND, SENT)] * 2
    assert len(mail.outbox) == 2
    assert "tidak tercatat pada akun mana pun" in mail.outbox[1].body


def test_a_mail_server_that_is_away_tells_nothing_either(siti, monkeypatch):
    def fail(self, fail_silently=False):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    assert [ask(Client(), email).url for email in ("siti@brebes.example", "siapa@brebes.example")] == [SENT] * 2


def test_an_account_switched_off_gets_no_link(client, siti):
    type(siti).objects.update(is_active=False)

    ask(client)

    assert "/lupa-kata-sandi/" not in mail.outbox[0].body


def test_a_link_serves_once(client, siti):
    ask(client)
    choose(client)

    page = Client().get(link(), follow=True)

    assert "Tautan ini tidak berlaku lagi" in page.content.decode()


def test_a_damaged_link_says_so(client):
    assert "Tautan ini tidak berlaku lagi" in client.get("/lupa-kata-sandi/1-abc-def/").content.decode()


def test_the_key_leaves_the_address(client, siti):
    ask(client)

    assert client.get(link()).url.endswith("-buat/")


def test_the_other_devices_are_shut_out(client, siti):
    other = Client()
    other.post("/masuk/", {"login": "siti", "password": PASSWORD})
    assert other.get("/").status_code == HTTPStatus.OK

    ask(client)
    choose(client)

    assert other.get("/").url.startswith("/masuk/")


def test_a_weak_password_is_refused(client, siti):
    ask(client)

    choose(client, "12345")

    siti.refresh_from_db()
    assert siti.check_password(PASSWORD)


def test_two_step_sign_in_is_not_passed_by(client, siti):
    give_totp(siti)
    ask(client)
    choose(client)

    answer = client.post("/masuk/", {"login": "siti", "password": NEW})

    assert answer.url == "/masuk/langkah-kedua/"


def test_one_address_is_written_to_five_times_an_hour(client, siti):
    answers = [ask(Client(REMOTE_ADDR=f"10.0.0.{number}")).status_code for number in range(6)]

    assert answers == [HTTPStatus.FOUND] * 5 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert len(mail.outbox) == 5


def test_without_a_mail_server_the_page_names_the_dinas(client, settings):
    settings.SENDS_MAIL = False

    page = client.get(ADDRESS).content.decode()

    assert 'name="email"' not in page
    assert "telepon verifikator di dinas Anda" in page


def test_with_a_mail_server_it_names_the_dinas_too(client):
    page = client.get(ADDRESS).content.decode()

    assert 'name="email"' in page
    assert "telepon verifikator di dinas Anda" in page
