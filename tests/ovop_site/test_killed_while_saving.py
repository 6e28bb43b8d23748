"""The database is killed while people save: what was answered is there, once and whole, and nothing else is."""

import json
import os
import secrets
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import psycopg
import pytest

from outbox.uuid7 import uuid7
from ovop_site.embedded_postgres import server
from tests.ovop_site.supervising import await_line

SAVES, PHONES, KILLED_AFTER = 200, 8, 60
PATIENCE_SECONDS = 60

# Tables, the areas of two provinces and one petugas; the session of the petugas goes to a file.
SET_UP = """
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from tests.factories import make_branch, make_user
from tests.wilayah_factory import make_wilayah_tree
call_command("migrate", verbosity=0, interactive=False)
call_command("createcachetable", verbosity=0)
make_wilayah_tree()
make_branch()
user = make_user("petugas", ("officer", "33.29"))
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.save()
open({note!r}, "w").write(session.session_key)
"""


class Phones:
    """Several phones that save, each trying again with the same form until it is answered, as the rules ask."""

    def __init__(self, port, session, kill):
        self.port, self.session, self.kill = port, session, kill
        self.answered, self.failures = [], 0
        self.lock = threading.Lock()

    def save(self, _number):
        form = new_ikm()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            status, answer = self._post(form)
            if status == 200:
                assert json.loads(answer)["receipt"] == form["idempotency_key"]
                self._note(form["id"])
                return
            # The only other answer is "not now": never a 500, and no half success.
            assert status in (None, 503), (status, answer)
            self.failures += 1
            time.sleep(0.2)
        raise AssertionError("never answered")

    def _note(self, key):
        with self.lock:
            self.answered.append(key)
            if len(self.answered) == KILLED_AFTER:
                self.kill()

    def _post(self, form):
        """Status and body of the answer; None where the connection broke."""
        token = "a" * 32
        page = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
        }
        try:
            page.request("POST", "/ikm/baru/", urlencode(form | {"csrfmiddlewaretoken": token}), headers)
            response = page.getresponse()
            return response.status, response.read().decode()
        except (OSError, HTTPException):
            return None, ""
        finally:
            page.close()


def new_ikm():
    return {
        "id": str(uuid7()),
        "idempotency_key": str(uuid7()),
        "name": f"Usaha {secrets.token_hex(12)}",
        "legal_form": "perorangan",
        "branch": "pangan",
        "kbli_edition": "2020",
        "state": "aktif",
        "wilayah": "33.29.01.2003",
        "owner": "Warsih",
        "phone": "081234567890",
    }


@pytest.fixture
def web(cluster, supervise, port):
    """The real pages on a database of their own; the session of a petugas."""
    note = cluster.folder / "sesi"
    supervisor = supervise(set_up=SET_UP.format(note=str(note)), web="ovop_site.wsgi")
    await_line(supervisor, "siap di")
    # Read to its end, else a full pipe would stop whoever writes to it.
    threading.Thread(target=supervisor.stdout.read, daemon=True).start()
    return note.read_text()


def test_every_answered_save_is_there_once_and_whole(cluster, web, port):
    phones = Phones(port, web, kill=lambda: os.kill(server.postmaster_pid(cluster), signal.SIGKILL))

    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(phones.save, range(SAVES)))

    with psycopg.connect(dbname="ovop", **server.connection_parameters(cluster)) as connection:
        stored = {str(key) for (key,) in connection.execute("SELECT id FROM sentra_ikm")}
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM sentra_contact), (SELECT count(*) FROM outbox_receipt),"
            " (SELECT count(*) FROM sentra_ikmevent WHERE pgh_label = 'insert')"
        ).fetchone()
    assert phones.failures > 0, "the database was not away for anybody"
    assert stored == set(phones.answered)
    assert counts == (SAVES, SAVES, SAVES)
