"""`/masuk/kode/` as a petugas meets it."""

from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects

from accounts import codes
from tests.accounts.second_factor import code_of, give_totp
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ADDRESS, CHOOSE = "/masuk/kode/", "/akun/kata-sandi/baru/"
NEW = "tenun-ikat-77"


@pytest.fixture
def new_officer(areas):
    return make_user("siti", ("officer", "33.29.01"))


@pytest.fixture
def code(new_officer, verifier):
    return codes.issue(user=new_officer, by=verifier)


def come_in(client, username="siti", code="AAAA-AAAA", **kwargs):
    return client.post(ADDRESS, {"username": username, "code": code}, **kwargs)


def signed_in_user(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_sign_in_page_leads_there(client):
    assert f'href="{ADDRESS}"' in client.get("/masuk/").content.decode()


def test_a_code_opens_and_a_password_must_be_chosen(client, new_officer, code):
    answer = come_in(client, code=code)

    assert signed_in_user(client) == str(new_officer.pk)
    assertRedirects(client.get(answer.url), f"{CHOOSE}?next=%2F")
    client.post(CHOOSE, {"password1": NEW, "password2": NEW})
    client.post("/keluar/")
    client.post("/masuk/", {"login": "siti", "password": NEW})
    assert signed_in_user(client) == str(new_officer.pk)


def test_a_sentence_says_what_may_be_wrong(client, code):
    page = come_in(client)

    assert signed_in_user(client) is None
    assert "atau minta kode baru kepada verifikator" in page.content.decode()


def test_an_unknown_name_gets_the_answer_of_a_wrong_code(client, code, verifier):
    answers = [come_in(Client(), username) for username in ("siti", "siapa", "verifikator")]

    assert len({(answer.status_code, answer.content.decode().count("belum cocok")) for answer in answers}) == 1


def test_an_empty_form_says_what_belongs_into_each_field(client):
    response = client.post(ADDRESS, {"username": "", "code": ""})

    assert set(response.context["form"].errors) == {"username", "code"}


def test_the_code_does_not_stay_on_the_page(client, code):
    """The phone may be handed on."""
    assert "AAAA-AAAA" not in come_in(client).content.decode()


def test_an_account_tried_too_often_waits_also_for_the_right_code(client, code):
    for _ in range(5):
        come_in(client)

    late = come_in(client, code=code)

    assert late.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Tunggu lima menit" in late.content.decode()
    assert signed_in_user(client) is None


def test_it_waits_whatever_address_tries_and_however_the_name_is_written(client, code):
    for number in range(5):
        come_in(client, "Siti", REMOTE_ADDR=f"10.0.0.{number}")

    assert come_in(client, code=code, REMOTE_ADDR="10.9.8.7").status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_neighbour_at_the_same_address_still_comes_in(client, code, verifier):
    neighbour = make_user("budi", ("officer", "33.29.01"))
    for _ in range(5):
        come_in(client)

    come_in(client, "budi", codes.issue(user=neighbour, by=verifier))

    assert signed_in_user(client) == str(neighbour.pk)


def test_two_step_sign_in_still_follows(client, new_officer, code):
    secret = give_totp(new_officer)

    answer = come_in(client, code=code)

    assertRedirects(answer, "/masuk/langkah-kedua/", fetch_redirect_response=False)
    assert signed_in_user(client) is None
    client.post("/masuk/langkah-kedua/", {"code": code_of(secret)})
    assert signed_in_user(client) == str(new_officer.pk)


def test_the_other_devices_are_shut_out(client, new_officer, code):
    other = Client()
    other.post("/masuk/", {"login": "siti", "password": PASSWORD})

    come_in(client, code=code)

    assert other.get("/").url.startswith("/masuk/")


def test_an_account_switched_off_stays_shut(client, new_officer, code):
    type(new_officer).objects.filter(pk=new_officer.pk).update(is_active=False)

    come_in(client, code=code)

    assert signed_in_user(client) is None


def test_who_is_signed_in_has_no_use_for_it(officer, signed_in):
    assertRedirects(signed_in(officer).get(ADDRESS), "/", fetch_redirect_response=False)
