"""`/akun/`: what a person sees and changes of the own account."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts import sessions
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

DEVICES = "/akun/perangkat/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def device(username: str = "petugas", user_agent: str = DESK) -> Client:
    """A browser in which `username` signed in."""
    client = Client(headers={"User-Agent": user_agent})
    client.post("/masuk/", {"login": username, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/akun/").status_code == HTTPStatus.OK


# the page that gathers it


def test_the_account_page_gathers_what_is_one_s_own(officer, signed_in):
    page = signed_in(officer).get("/akun/").content.decode()

    for what in ("Orang", "petugas", "Petugas lapangan, Kab. Brebes", "Belum menyala"):
        assert what in page
    for address in ("/akun/kata-sandi/", "/akun/dua-langkah/", "/akun/surel/", DEVICES):
        assert f'href="{address}"' in page


def test_the_menu_leads_there(officer, signed_in):
    assert 'href="/akun/"' in signed_in(officer).get("/").content.decode()


# e-mail


def test_the_address_is_changed(officer, signed_in):
    signed_in(officer).post("/akun/surel/", {"email": "siti@brebes.example"})

    officer.refresh_from_db()
    assert officer.email == "siti@brebes.example"


def test_an_address_serves_one_account(officer, signed_in):
    make_user("lain", email="Siti@brebes.example")

    page = signed_in(officer).post("/akun/surel/", {"email": "siti@brebes.example"})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "sudah dipakai akun lain" in page.content.decode()


def test_an_address_that_is_none_is_kept_to_be_mended(officer, signed_in):
    page = signed_in(officer).post("/akun/surel/", {"email": "siti@"})

    officer.refresh_from_db()
    assert (page.status_code, officer.email) == (HTTPStatus.UNPROCESSABLE_ENTITY, "")
    assert 'value="siti@"' in page.content.decode()


def test_nothing_else_of_the_account_is_changed_along(officer, signed_in):
    signed_in(officer).post("/akun/surel/", {"email": "a@b.example", "is_staff": "on", "username": "admin2"})

    officer.refresh_from_db()
    assert (officer.is_staff, officer.username) == (False, "petugas")


def test_changing_the_address_asks_for_a_fresh_sign_in(client, officer):
    client.force_login(officer, ago=3600)

    page = client.post("/akun/surel/", {"email": "pencuri@contoh.example"})

    officer.refresh_from_db()
    assert "Pastikan ini Anda" in page.content.decode()
    assert officer.email == ""


# devices


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Chrome di Android"),
        (DESK, "Firefox di Windows"),
        (PHONE.replace("Mobile Safari", "Mobile Safari EdgA/129.0"), "Edge di Android"),
        (
            "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
            "Samsung Internet di Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15", "Safari di Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0 Safari/537.36", "Chrome di Linux"),
        ("Mozilla/5.0 (Linux; U; Android 9) UCBrowser/13.4 Mobile Safari/537.36", "UC Browser di Android"),
        ("curl/8.0", "Perangkat tidak dikenal"),
        ("", "Perangkat tidak dikenal"),
    ],
)
def test_a_device_is_named_in_words(user_agent, name):
    assert sessions.name_of(user_agent) == name


def test_the_list_names_the_devices_this_one_first(officer):
    device(user_agent=PHONE)
    desk = device()

    page = desk.get(DEVICES)

    assert [(one.name, one.is_this, one.address) for one in page.context["devices"]] == [
        ("Firefox di Windows", True, "127.0.0.1"),
        ("Chrome di Android", False, "127.0.0.1"),
    ]
    assert "WIB" in page.content.decode()


def test_the_list_shows_no_other_person(officer, verifier):
    device("verifikator")

    assert len(device().get(DEVICES).context["devices"]) == 1


def test_one_device_is_signed_out(officer):
    phone, desk = device(user_agent=PHONE), device()
    number = UserSession.objects.get(user_agent=PHONE).pk

    desk.post(f"{DEVICES}{number}/keluarkan/")

    assert (is_in(phone), is_in(desk)) == (False, True)


def test_nobody_signs_out_a_device_of_somebody_else(officer, verifier):
    theirs, mine = device("verifikator"), device()

    mine.post(f"{DEVICES}{UserSession.objects.get(user=verifier).pk}/keluarkan/")

    assert is_in(theirs)


def test_all_others_are_signed_out_at_once(officer, verifier):
    others, theirs, mine = [device(), device(user_agent=PHONE)], device("verifikator"), device()

    page = mine.post(f"{DEVICES}keluarkan/", follow=True)

    assert [is_in(client) for client in (*others, theirs, mine)] == [False, False, True, True]
    assert "2 perangkat lain dikeluarkan." in page.content.decode()


def test_with_no_other_device_it_says_so(officer):
    assert "Tidak ada perangkat lain" in device().post(f"{DEVICES}keluarkan/", follow=True).content.decode()


def test_a_new_password_leaves_this_device_alone(officer):
    other, mine = device(user_agent=PHONE), device()
    new = "tenun-ikat-77"

    mine.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [one.is_this for one in mine.get(DEVICES).context["devices"]] == [True]
    assert (is_in(other), is_in(mine)) == (False, True)


def test_the_last_visit_is_noted_now_and_then(officer, django_assert_num_queries):
    client = device()
    long_ago = timezone.now() - timedelta(days=1)
    UserSession.objects.update(last_seen_at=long_ago)
    client.get("/akun/")
    assert UserSession.objects.get().last_seen_at > long_ago

    UserSession.objects.update(last_seen_at=long_ago)
    client.get("/akun/")
    assert UserSession.objects.get().last_seen_at == long_ago


@pytest.mark.parametrize("others", [0, 2])
def test_more_devices_cost_no_more_queries(officer, django_assert_num_queries, others):
    for _ in range(others):
        device(user_agent=PHONE)
    client = device()
    client.get("/akun/")

    with django_assert_num_queries(5):
        # session, user, duties, the devices and their sessions
        client.get(DEVICES)
