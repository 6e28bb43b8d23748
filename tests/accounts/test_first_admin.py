import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(monkeypatch):
    def set_environment(username="kepala", password="tenun-ikat-77", email=""):
        for name, value in {"USERNAME": username, "PASSWORD": password, "EMAIL": email}.items():
            monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)

    return set_environment


def test_the_first_superuser_is_made_unasked(given, capsys):
    given(email="kepala@dinas.example")

    call_command("first_admin")

    made = User.objects.get()
    assert (made.username, made.email, made.is_superuser, made.is_staff) == (
        "kepala",
        "kepala@dinas.example",
        True,
        True,
    )
    assert made.check_password("tenun-ikat-77")
    assert "nyalakan masuk dua langkah" in capsys.readouterr().out


def test_it_may_be_repeated(given, capsys):
    given()
    call_command("first_admin")
    given(username="lain", password="ulos-batak-88")

    call_command("first_admin")

    assert User.objects.get().check_password("tenun-ikat-77")
    assert "Sudah ada superuser: kepala" in capsys.readouterr().out


def test_a_superuser_switched_off_does_not_count(given):
    make_user("dulu", is_superuser=True, is_staff=True, is_active=False)
    given()

    call_command("first_admin")

    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"password": "12345"}, "belum cukup baik"),
        ({"username": ""}, "DJANGO_SUPERUSER_USERNAME"),
        ({"username": "Petugas"}, "sudah dipakai"),
    ],
)
def test_what_cannot_be_is_said(given, environment, sentence):
    make_user("petugas")
    given(**environment)

    with pytest.raises(CommandError, match=sentence):
        call_command("first_admin")

    assert not User.objects.filter(is_superuser=True).exists()
