"""A web server of its own process, as an operator starts it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from ovop_site import set_up
from ovop_site.models import SetUpStep


@pytest.fixture
def serve(transactional_db):
    """`serve(OVOP_DEMO="0")` loads the application on the database of the test: its exit code and what it said."""
    place = connection.settings_dict
    url = f"postgres:///{place['NAME']}?host={place['HOST']}&port={place['PORT']}&user={place['USER']}"

    def load(**environment):
        result = subprocess.run(
            [sys.executable, "-c", "import ovop_site.wsgi"],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {"DJANGO_SETTINGS_MODULE": "ovop_site.settings", "SECRET_KEY": "x", "DATABASE_URL": url}
            | {"PYTHONWARNINGS": "ignore"}  # static files may not have been gathered yet
            | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return result.returncode, result.stderr

    return load


def test_data_of_a_demo_end_a_server_in_earnest(serve):
    set_up.mark_demo()

    code, said = serve(OVOP_DEMO="0")

    assert code == 4
    assert said.startswith("Basis data ini bertanda contoh: kata sandi akun-akunnya diketahui semua orang.")
    assert said.count("\n") == 1
    assert serve(OVOP_DEMO="1") == (0, "")


def test_data_in_earnest_are_served(serve):
    assert not SetUpStep.objects.exists()
    assert serve(OVOP_DEMO="0") == (0, "")


def test_server_begins_while_its_database_is_away(serve):
    assert serve(OVOP_DEMO="0", DATABASE_URL="postgres:///tidak_ada?host=/tidak/ada") == (0, "")
