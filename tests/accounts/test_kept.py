"""A form sent after its session had ended: the same person sends it on, nobody else sees it."""

from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import kept
from sentra.models import Sentra
from tests.accounts.test_fresh import Fields
from tests.clients import PersonClient
from tests.factories import PASSWORD, make_branch
from tests.sentra.filling import open_form

pytestmark = pytest.mark.django_db

NEW, KEPT = "/sentra/baru/", "/masuk/isian/"
TYPED = {"name": 'Sale "Pisang" & Co', "commodity": "sale pisang", "branch": "pangan", "wilayah": "33.29.01.2003"}


@pytest.fixture(autouse=True)
def branch(areas):
    make_branch()


@pytest.fixture
def phone(officer):
    """The browser of `petugas`, whose session ended while a form was being filled in (`phone.form`)."""
    client = PersonClient()
    come_in(client)
    client.form = open_form(client, NEW, **TYPED)
    del client.cookies["sessionid"]
    return client


def come_in(client, login="petugas", **data):
    return client.post("/masuk/", {"login": login, "password": PASSWORD} | data)


def press(client, page):
    """Press "Kirim sekarang"."""
    fields = Fields(page.content.decode().partition("Isian Anda masih ada</h1>")[2])
    return client.post(fields.action, fields.found)


def test_the_same_person_sends_it_on(phone):
    redirect = phone.post(NEW, phone.form)
    assert redirect.url == f"/masuk/?next={KEPT}"
    assert "yang tadi Anda kirim masih ada" in phone.get(redirect.url).content.decode()
    page = phone.get(come_in(phone, next=KEPT).url)
    answer = press(phone, page)

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert [(str(one.pk), one.name) for one in Sentra.objects.all()] == [(str(phone.form["id"]), TYPED["name"])]


def test_sending_it_on_twice_counts_once(phone):
    phone.post(NEW, phone.form)
    come_in(phone)

    answers = [press(phone, phone.get(KEPT)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.SEE_OTHER] * 2
    assert Sentra.objects.count() == 1


def test_nobody_else_gets_it(phone, verifier):
    phone.post(NEW, phone.form)
    come_in(phone, "verifikator")

    page = phone.get(KEPT, follow=True)

    assert "Pisang" not in page.content.decode()
    assert "milik akun lain" in page.content.decode()
    assert Sentra.objects.count() == 0


def test_what_somebody_else_met_is_gone_for_good(phone, verifier):
    phone.post(NEW, phone.form)
    come_in(phone, "verifikator")
    phone.get(KEPT)
    come_in(phone)

    assert phone.get(KEPT).status_code == HTTPStatus.FOUND


def test_it_lies_encrypted_and_not_in_the_session(phone):
    phone.post(NEW, phone.form)

    key = phone.session[kept.SESSION_KEY]
    assert "Pisang" not in str(dict(phone.session))
    assert "Pisang" not in cache.get(f"{kept.PURPOSE}:{key}")


def test_after_half_an_hour_it_is_gone(phone):
    phone.post(NEW, phone.form)
    cache.clear()
    come_in(phone)

    assert phone.get(KEPT).status_code == HTTPStatus.FOUND


def test_who_signed_out_leaves_nothing(phone):
    come_in(phone)
    phone.post("/keluar/")

    assert phone.post(NEW, phone.form).url == f"/masuk/?next={NEW}"


def test_a_forged_name_keeps_nothing(phone):
    phone.cookies[kept.COOKIE] = "1:falsch"

    assert phone.post(NEW, phone.form).url == f"/masuk/?next={NEW}"


@pytest.mark.parametrize("address", ["/akun/kata-sandi/", "/admin/accounts/user/add/"])
def test_no_password_is_kept(phone, address):
    phone.post(address, {"oldpassword": PASSWORD, "password1": "rahasia", "password2": "rahasia"})

    assert kept.SESSION_KEY not in phone.session


def test_a_script_keeps_its_form_itself(phone):
    phone.post(NEW, phone.form, headers={"Accept": "application/json"})

    assert kept.SESSION_KEY not in phone.session


def test_too_long_a_form_is_said_to_be_lost(phone):
    phone.post(NEW, phone.form | {"story": "a" * kept.MOST_LETTERS})

    assert kept.SESSION_KEY not in phone.session


def test_files_are_said_to_be_lost(phone):
    phone.post(NEW, phone.form | {"photo": SimpleUploadedFile("a.jpg", b"x")})
    come_in(phone)

    assert "berkasnya tidak ikut tersimpan" in phone.get(KEPT).content.decode()
