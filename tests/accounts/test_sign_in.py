"""Sign-in as people meet it: by name, by e-mail, too often, after an expired session."""

from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertRedirects

from assessment.forms.start import StartForm
from assessment.forms.step import StepForm
from sentra.forms.papers import CheckForm
from tests.factories import PASSWORD, make_user

SIGN_IN = "/masuk/"
# Any page with a form behind sign-in will do.
FORM = "/akun/kata-sandi/"
WRONG = "bukan-kata-sandinya"


def sign_in(client: Client, login: str, password: str = PASSWORD, **kwargs):
    return client.post(SIGN_IN, {"login": login, "password": password} | kwargs.pop("data", {}), **kwargs)


def signed_in_user(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def sentences(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# who comes in


@pytest.mark.parametrize("login", ["petugas", "Petugas", " petugas ", "siti@brebes.example", "Siti@Brebes.example"])
def test_sign_in_by_user_name_or_e_mail(client, db, login):
    user = make_user("petugas", email="siti@brebes.example")

    response = sign_in(client, login)

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert signed_in_user(client) == str(user.pk)


def test_a_wrong_password_says_what_to_try(client, db):
    make_user("petugas")

    response = sign_in(client, "petugas", WRONG)

    assert signed_in_user(client) is None
    assert "belum cocok" in response.content.decode()


def test_an_empty_form_says_what_belongs_into_each_field(client, db):
    response = client.post(SIGN_IN, {"login": "", "password": ""})

    assert response.context["form"].errors == {
        "login": ["Isi nama pengguna atau alamat surel Anda."],
        "password": ["Isi kata sandi Anda."],
    }


def test_an_unknown_name_gets_the_answer_of_a_wrong_password(client, db):
    make_user("petugas")

    known, unknown = (sign_in(Client(), name, WRONG) for name in ("petugas", "siapa"))

    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_an_inactive_account_is_told_so(client, db):
    make_user("petugas", is_active=False)

    response = client.post(SIGN_IN, {"login": "petugas", "password": PASSWORD}, follow=True)

    assert signed_in_user(client) is None
    assert "sedang tidak aktif" in response.content.decode()


def test_nobody_signs_up(client, db):
    response = client.get("/daftar/")
    client.post("/daftar/", {"username": "baru", "password1": PASSWORD, "password2": PASSWORD, "email": "a@b.example"})

    assert "Akun dibuat oleh dinas" in response.content.decode()
    assert type(make_user()).objects.filter(username="baru").count() == 0


# where to


def test_an_anonymous_visitor_of_the_home_page_goes_to_sign_in(client, db):
    assertRedirects(client.get("/"), "/masuk/?next=/")


def test_the_wanted_page_is_kept_through_sign_in(client, db):
    make_user("petugas")

    page = client.get(f"{SIGN_IN}?next={FORM}")
    response = sign_in(client, "petugas", data={"next": FORM})

    assert f'name="next" value="{FORM}"' in page.content.decode()
    assertRedirects(response, FORM, fetch_redirect_response=False)


def test_the_wanted_page_is_never_on_another_site(client, db):
    make_user("petugas")

    response = sign_in(client, "petugas", data={"next": "https://jahat.example/"})

    assertRedirects(response, "/", fetch_redirect_response=False)


def test_signing_out_is_a_post(signed_in, officer):
    client = signed_in(officer)

    client.get("/keluar/")
    assert signed_in_user(client) == str(officer.pk)

    response = client.post("/keluar/")
    assert signed_in_user(client) is None
    assertRedirects(response, SIGN_IN)


@pytest.mark.parametrize("address", ["/keluar/", "/admin/logout/"])
def test_signing_out_lets_the_browser_forget(signed_in, admin, address):
    """Photos and the page before stayed on a shared phone for whoever pressed "back"."""
    assert signed_in(admin).post(address)["Clear-Site-Data"] == '"cache"'


def test_the_admin_has_no_sign_in_page_of_its_own(client, db):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1] == ("/masuk/?next=%2Fadmin%2F", HTTPStatus.FOUND)


def test_the_admin_is_closed_to_who_is_not_staff(signed_in, officer):
    response = signed_in(officer).get("/admin/", follow=True)

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "di luar tugas Anda" in response.content.decode()


# too often


@pytest.fixture
def tried_too_often(client, db):
    """Five wrong passwords for `petugas` from the client's address."""
    make_user("petugas", email="siti@brebes.example")
    make_user("tetangga")
    for _ in range(5):
        sign_in(client, "petugas", WRONG)


def test_an_account_tried_too_often_waits(client, tried_too_often):
    response = sign_in(client, "petugas")

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Tunggu lima menit" in response.content.decode()
    assert signed_in_user(client) is None


def test_other_letters_do_not_help_the_one_who_tries(client, tried_too_often):
    assert sign_in(client, "PETUGAS").status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_neighbour_at_the_same_address_still_comes_in(client, tried_too_often):
    assertRedirects(sign_in(client, "tetangga"), "/", fetch_redirect_response=False)


def test_an_account_waits_whatever_address_tries(client, tried_too_often):
    response = sign_in(client, "petugas", REMOTE_ADDR="10.9.8.7")

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_coming_in_costs_nothing(client, db):
    make_user("petugas")

    for _ in range(8):
        assertRedirects(sign_in(client, "petugas"), "/", fetch_redirect_response=False)
        client.post("/keluar/")


def test_an_address_that_asks_far_too_often_gets_a_page(client, db, monkeypatch):
    monkeypatch.setattr("allauth.account.app_settings.AppSettings.RATE_LIMITS", {"login": "2/m/ip"})

    for _ in range(3):
        response = sign_in(client, "siapa", WRONG)

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Terlalu banyak percobaan" in response.content.decode()


# an expired session


def lose(client: Client, data: dict, **kwargs):
    """Send `data` to a form without being signed in, sign in, and follow to where that leads."""
    redirect = client.post(FORM, data, **kwargs)
    page = client.get(redirect.url)
    return page, client.post(
        redirect.url,
        {"login": "petugas", "password": PASSWORD, "next": page.context["redirect_field_value"]},
        follow=True,
    )


def test_a_lost_form_leads_back_to_itself_and_says_what_to_enter_again(client, db):
    make_user("petugas")

    page, response = lose(client, {"name": "Sale Pisang"})

    assert "Sesi Anda sudah berakhir" in page.content.decode()
    assert response.redirect_chain == [(FORM, HTTPStatus.FOUND)]
    assert "belum tersimpan. Isi lagi, lalu simpan." in response.content.decode()


def test_a_lost_file_must_be_chosen_again(client, db):
    make_user("petugas")

    _, response = lose(client, {"name": "Sale", "photo": SimpleUploadedFile("sale.jpg", b"x")})

    assert "pilih lagi foto" in response.content.decode()


# What is sent with a button alone.
BUTTONS = [*StepForm.base_fields.items(), *StartForm.base_fields.items(), *CheckForm.base_fields.items()]


def test_a_lost_button_is_pressed_again(client, db):
    make_user("petugas")

    page, response = lose(client, {name: "x" for name, field in BUTTONS if field.widget.is_hidden})

    assert "untuk menekan lagi tombolnya" in page.content.decode()
    assert "Tekan lagi tombolnya" in response.content.decode()


def test_the_way_back_is_the_page_the_form_stood_on(client, db):
    response = client.post(FORM, {"a": "b"}, headers={"Referer": "http://testserver/sentra/baru/?ikm=7"})

    assertRedirects(response, "/masuk/?next=/sentra/baru/%3Fikm%3D7", fetch_redirect_response=False)


def test_the_way_back_is_never_another_site(client, db):
    response = client.post(FORM, {"a": "b"}, headers={"Referer": "https://jahat.example/umpan/"})

    assertRedirects(response, f"/masuk/?next={FORM}", fetch_redirect_response=False)


def test_the_way_back_stays_on_this_site(client, db):
    """A path that begins with two slashes is the address of another computer."""
    response = client.post(FORM, {"a": "b"}, headers={"Referer": "http://testserver//jahat.example/umpan/"})

    assertRedirects(response, "/masuk/?next=/jahat.example/umpan/", fetch_redirect_response=False)


def test_what_was_typed_stays_nowhere(client, db):
    """The next to sign in on this phone may be somebody else."""
    client.post(FORM, {"phone": "081234567890"})

    assert "081234567890" not in str(dict(client.session))


def test_the_sentence_comes_once(client, db):
    make_user("petugas")
    lose(client, {"name": "Sale Pisang"})

    assert "belum tersimpan" not in client.get(FORM).content.decode()


def test_reading_without_a_session_loses_nothing(client, db):
    make_user("petugas")

    response = client.post(client.get(FORM).url, {"login": "petugas", "password": PASSWORD, "next": FORM}, follow=True)

    assert sentences(response) == []
    assert "Sesi Anda" not in response.content.decode()


# one's own password


def test_a_new_password_replaces_the_old(signed_in, officer):
    client = signed_in(officer)

    response = client.post(
        FORM, {"oldpassword": PASSWORD, "password1": "tenun-ikat-77", "password2": "tenun-ikat-77"}, follow=True
    )

    officer.refresh_from_db()
    assert officer.check_password("tenun-ikat-77")
    assert "Kata sandi baru sudah tersimpan." in response.content.decode()
