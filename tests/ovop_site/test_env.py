import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ovop_site import env


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("yes", True), (" TRUE ", True), ("0", False), ("off", False), ("", False)]
)
def test_flag_reads_the_usual_words(monkeypatch, raw, value):
    monkeypatch.setenv("OVOP_X", raw)

    assert env.flag("OVOP_X", default=not value) is value


def test_flag_without_a_variable_is_its_default(monkeypatch):
    monkeypatch.delenv("OVOP_X", raising=False)

    assert [env.flag("OVOP_X"), env.flag("OVOP_X", default=True)] == [False, True]


def test_flag_refuses_anything_else(monkeypatch):
    monkeypatch.setenv("OVOP_X", "mungkin")

    with pytest.raises(ImproperlyConfigured, match="^OVOP_X='mungkin': tulis 1"):
        env.flag("OVOP_X")


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ("tiga", "tulis bilangan bulat"),
        ("1.5", "tulis bilangan bulat"),
        ("0", "paling kecil 1"),
        ("99", "paling besar"),
    ],
)
def test_number_refuses_nonsense(monkeypatch, raw, complaint):
    monkeypatch.setenv("OVOP_X", raw)

    with pytest.raises(ImproperlyConfigured, match=complaint):
        env.number("OVOP_X", 8, least=1, most=64)


def test_number_that_is_empty_is_its_default(monkeypatch):
    monkeypatch.setenv("OVOP_X", " ")

    assert env.number("OVOP_X", 8) == 8


def test_words_drop_blanks(monkeypatch):
    monkeypatch.setenv("OVOP_X", " ovop.example , , www.ovop.example")

    assert env.words("OVOP_X") == ["ovop.example", "www.ovop.example"]


def test_database_reads_every_part_of_the_address():
    assert env.database("postgres://ovop:r%40hasia@db.example:5433/ovop%20uji?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ovop uji",
        "USER": "ovop",
        "PASSWORD": "r@hasia",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_database_takes_a_socket_folder():
    assert env.database("postgresql:///ovop?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://ovop@localhost/ovop", "harus diawali postgres://"),
        ("ovop", "harus diawali postgres://"),
        ("postgres://ovop@localhost:5432/", "tidak menyebut nama basis data"),
        ("postgres://ovop@localhost:lima/ovop", "porta"),
    ],
)
def test_database_refuses_what_it_cannot_use(url, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        env.database(url)


def test_every_variable_that_is_read_is_explained():
    """A setting nobody can find does not exist; one that nothing reads misleads."""
    sources = [*Path(settings.BASE_DIR, "ovop_site").rglob("*.py"), Path(settings.BASE_DIR, "gunicorn.conf.py")]
    read = {
        name
        for source in sources
        for name in re.findall(r'env\.(?:text|flag|number|words)\(\s*"(\w+)"', source.read_text())
    }

    explained = re.findall(r"^(\w+)=", Path(settings.BASE_DIR, ".env.example").read_text(), re.MULTILINE)

    assert sorted(explained) == sorted(read)


@pytest.mark.parametrize(
    ("url", "port", "use_ssl", "use_tls"),
    [
        ("smtp://surel.contoh", 587, False, True),
        ("smtp://surel.contoh?tls=0", 587, False, False),
        ("smtp://surel.contoh:25/?tls=0", 25, False, False),
        ("smtps://surel.contoh", 465, True, False),
    ],
)
def test_a_mail_server_speaks_tls_unless_told_otherwise(url, port, use_ssl, use_tls):
    found = env.mail(url)

    assert (found["host"], found["port"], found["use_ssl"], found["use_tls"]) == (
        "surel.contoh",
        port,
        use_ssl,
        use_tls,
    )


@pytest.mark.parametrize("url", ["http://surel.contoh", "smtp://", "smtp://surel.contoh:pintu", "surel.contoh"])
def test_a_mail_server_that_cannot_be_is_refused_in_a_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.mail(url)
