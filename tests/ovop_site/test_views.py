import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import find_cluster
from ovop_site.urls import handler400, handler403, handler404, handler500  # noqa: F401


def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("rusak/", broken)]


@pytest.fixture
def absent_database(monkeypatch):
    """Every new query finds the server gone."""

    def fail(*args, **kwargs):
        raise OperationalError("connection failed: /rahasia/socket") from psycopg.OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", fail)


@pytest.fixture
def patient_client():
    """A client that shows the error page instead of raising the error."""
    return Client(raise_request_exception=False)


def test_health_says_that_the_database_answers(client, db):
    response = client.get("/sehat/")

    assert (response.status_code, response.content) == (200, b"sehat\n")
    assert "no-store" in response["Cache-Control"]


def test_health_is_told_to_a_probe_that_knows_only_the_address(client, db):
    """Load balancers do not send the name of the site; any other page is refused to them."""
    probe = {"Host": "10.20.30.40:8000"}

    assert client.get("/sehat/", headers=probe).status_code == 200
    assert client.get("/masuk/", headers=probe).status_code == 400


def test_health_is_only_asked_for(client, db):
    assert client.head("/sehat/").status_code == 200
    assert client.post("/sehat/").status_code == 405


def test_health_without_a_database_tells_no_detail(client, absent_database):
    response = client.get("/sehat/")

    assert (response.status_code, response.content) == (503, b"tidak sehat\n")


def test_health_under_a_web_server_starts_no_database(tmp_path):
    """A process of its own, configured as gunicorn's workers are."""
    script = (
        "import sys; from django.test import Client;"
        "sys.stdout.write(str(Client(SERVER_NAME='127.0.0.1').get('/sehat/').status_code))"
    )
    environment = os.environ | {"OVOP_DATA": str(tmp_path), "OVOP_THREADS": "2", "DATABASE_URL": "", "OVOP_DEMO": "1"}
    result = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", script],
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "ovop_site.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout == "503"
    assert not server.is_running(find_cluster(tmp_path))


@pytest.mark.usefixtures("absent_database")
def test_page_without_a_database_asks_for_patience(patient_client):
    patient_client.cookies["sessionid"] = "a" * 32

    response = patient_client.get("/sentra/")

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Basis data sedang tidak tersedia" in response.content.decode()
    assert "rahasia" not in response.content.decode()


@pytest.mark.urls(__name__)
def test_fault_of_ours_gets_a_page_with_a_sentence(patient_client):
    response = patient_client.get("/rusak/")

    assert response.status_code == 500
    assert "Terjadi kesalahan di sistem kami" in response.content.decode()


@pytest.mark.urls(__name__)
def test_fault_is_told_even_where_its_page_cannot_be_drawn(patient_client, settings, caplog):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [], "APP_DIRS": False}]

    response = patient_client.get("/rusak/")

    assert response.status_code == 500
    assert response.content.decode().startswith("Ada gangguan di pihak kami")
    assert "cannot be drawn" in caplog.text


def test_unknown_address_is_told_in_a_sentence(client, db):
    response = client.get("/tidak-ada/")

    assert response.status_code == 404
    assert response.templates[0].name == "404.html"


def test_form_without_its_secret_is_explained_and_leads_back(db):
    client = Client(enforce_csrf_checks=True)
    form = "http://testserver/masuk/?next=/sentra/"

    response = client.post("/masuk/", {"login": "petugas", "password": "x"}, headers={"Referer": form})

    assert response.status_code == 403
    assert "Formulir ini sudah tidak berlaku" in response.content.decode()
    assert 'href="/masuk/?next=/sentra/"' in response.content.decode()


def test_form_in_another_coding_is_explained_in_our_words(client):
    """Django's own sentence about it is English."""
    response = client.post("/masuk/", b"login=x", content_type="application/x-www-form-urlencoded; charset=utf-16")

    assert response.status_code == 400
    assert "Alamat atau isiannya tidak lengkap." in response.content.decode()


def test_form_with_too_many_fields_is_explained(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    response = client.post("/masuk/", {"a": 1, "b": 2, "c": 3})

    assert response.status_code == 400
    assert "terlalu besar" in response.content.decode()
