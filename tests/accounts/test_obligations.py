"""Who must choose a password or use two-step sign-in gets nowhere else; with and without REQUIRE_MFA."""

from http import HTTPStatus

import pytest
from pytest_django.asserts import assertRedirects

from accounts.permissions import must_use_second_factor
from sentra.models import Sentra
from tests.accounts.second_factor import code_of, give_totp
from tests.factories import PASSWORD, make_user

SET_UP, PASS, CHOOSE = "/akun/dua-langkah/nyalakan/", "/masuk/ulang/kode/", "/akun/kata-sandi/baru/"
PEOPLE = ("officer", "verifier", "assessor", "leader", "admin", "superuser")
MUST = {"verifier", "admin", "superuser"}


@pytest.fixture
def required(settings):
    settings.REQUIRE_MFA = True


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


# who must


@pytest.mark.parametrize("person", PEOPLE, indirect=True)
def test_nobody_must_where_it_is_not_required(person, signed_in):
    assert not must_use_second_factor(person)
    assert signed_in(person).get("/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(("person", "name"), [(name, name) for name in PEOPLE], indirect=["person"])
def test_verifikator_and_staff_must_where_it_is_required(required, person, name, signed_in):
    answer = signed_in(person).get("/")

    assert must_use_second_factor(person) is (name in MUST)
    if name in MUST:
        assertRedirects(answer, f"{SET_UP}?next=%2F", fetch_redirect_response=False)
    else:
        assert answer.status_code == HTTPStatus.OK


def test_a_national_verifikator_must_too(required, db):
    assert must_use_second_factor(make_user("", ("verifier", None)))


# nothing gets through

PLACES = (
    "/",
    "/sentra/",
    "/penilaian/",
    "/akun/",
    "/akun/surel/",
    "/akun/perangkat/",
    "/wilayah/cari/?q=a",
    "/berkas/x/",
)


@pytest.mark.parametrize("address", [*PLACES, "/admin/", "/admin/accounts/user/", "/admin/jsi18n/", "/admin/login/"])
def test_every_page_leads_to_the_set_up(required, admin, verifier, signed_in, address):
    person = admin if address.startswith("/admin/") else verifier
    answer = signed_in(person).get(address)

    assert answer.status_code in (HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)
    assert answer.status_code == HTTPStatus.NOT_FOUND or answer.url.startswith((SET_UP, "/admin/"))


def test_the_page_of_the_set_up_says_why(required, verifier, signed_in):
    page = signed_in(verifier).get("/sentra/", follow=True)

    assert page.redirect_chain == [(f"{SET_UP}?next=%2Fsentra%2F", HTTPStatus.FOUND)]
    assert "Tugas Anda meminta masuk dua langkah" in page.content.decode()


def test_a_sent_form_is_not_taken(required, verifier, signed_in):
    answer = signed_in(verifier).post(
        "/sentra/baru/", {"name": "Sale"}, headers={"Referer": "http://testserver/sentra/baru/"}
    )

    assert answer.url == f"{SET_UP}?next=%2Fsentra%2Fbaru%2F"
    assert not Sentra.objects.exists()


def test_a_script_is_told_in_a_sentence(required, verifier, signed_in):
    answer = signed_in(verifier).post("/sentra/baru/", {}, headers={"Accept": "application/json"})

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.json()["errors"]["__all__"][0]["code"] == "obligation"


@pytest.mark.parametrize(
    "address", [SET_UP, "/akun/kata-sandi/", "/keluar/", "/masuk/ulang/", "/panduan/verifikator/", "/daftar/"]
)
def test_what_is_needed_to_get_on_stays_open(required, verifier, signed_in, address):
    answer = signed_in(verifier).get(address)

    assert answer.status_code == (HTTPStatus.FOUND if address == "/daftar/" else HTTPStatus.OK)


def test_signing_out_stays_possible(required, verifier, signed_in):
    client = signed_in(verifier)

    client.post("/keluar/")

    assert "_auth_user_id" not in client.session


def test_the_password_can_be_changed_first(required, verifier, signed_in):
    new = "tenun-ikat-77"

    signed_in(verifier).post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    verifier.refresh_from_db()
    assert verifier.check_password(new)


# who has it


def test_once_set_up_the_same_session_goes_on(required, verifier, signed_in):
    client = signed_in(verifier)
    client.get(SET_UP)

    answer = client.post(SET_UP, {"code": code_of(client.session["mfa.totp.secret"])})

    assertRedirects(answer, "/akun/dua-langkah/kode-cadangan/", fetch_redirect_response=False)
    assert client.get("/").status_code == HTTPStatus.OK


def test_a_session_opened_without_the_code_has_to_pass_it(required, verifier, signed_in):
    """The password alone opened it, on a phone that signed in before two-step sign-in was turned on."""
    secret = give_totp(verifier)
    client = signed_in(verifier)

    assertRedirects(client.get("/sentra/"), f"{PASS}?next=%2Fsentra%2F", fetch_redirect_response=False)
    answer = client.post(f"{PASS}?next=/sentra/", {"code": code_of(secret), "next": "/sentra/"})

    assertRedirects(answer, "/sentra/")


def test_a_session_opened_with_the_code_asks_nothing(required, client, verifier):
    give_totp(verifier)
    client.force_login(verifier, methods=("password", "mfa"))

    assert client.get("/").status_code == HTTPStatus.OK


@pytest.mark.parametrize("is_required", [True, False])
def test_the_check_costs_no_query(client, verifier, settings, django_assert_num_queries, is_required):
    """Session, user, duties, and no row of second factors."""
    settings.REQUIRE_MFA = is_required
    client.force_login(verifier, methods=("password", "mfa"))

    with django_assert_num_queries(3):
        client.get("/tidak-ada/")


# a password


def test_who_has_no_password_chooses_one_first(officer, signed_in):
    officer.set_unusable_password()
    officer.save()
    client = signed_in(officer)

    assertRedirects(client.get("/sentra/"), f"{CHOOSE}?next=%2Fsentra%2F", fetch_redirect_response=False)
    answer = client.post(CHOOSE, {"password1": "tenun-ikat-77", "password2": "tenun-ikat-77", "next": "/sentra/"})

    assertRedirects(answer, "/sentra/")


def test_the_password_comes_before_the_second_step(required, verifier, signed_in):
    verifier.set_unusable_password()
    verifier.save()
    client = signed_in(verifier)

    assert client.get("/").url.startswith(CHOOSE)
    assert client.get(SET_UP).status_code in (HTTPStatus.OK, HTTPStatus.FOUND)
    client.post(CHOOSE, {"password1": "tenun-ikat-77", "password2": "tenun-ikat-77"})
    assert client.get("/").url.startswith(SET_UP)
