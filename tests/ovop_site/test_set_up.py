from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from ovop_site import run_file, set_up
from ovop_site.models import SetUpStep
from ovop_site.set_up import Loader
from tests.factories import make_user


@pytest.fixture
def calls(monkeypatch):
    """The commands that were called, none of which runs."""
    called = []
    monkeypatch.setattr(set_up, "call_command", lambda name, **options: called.append(name))
    return called


@pytest.fixture
def source(settings, tmp_path):
    """A file below the folder that a loader reads."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "acuan").mkdir()
    path = tmp_path / "acuan" / "cabang.json"
    path.write_text("[]")
    return path


LOADER = Loader("Memuat acuan", "load_acuan", ("acuan",))


def test_loader_runs_once_until_its_files_change(db, calls, source):
    said = []
    for _ in range(2):
        set_up.load(LOADER, said.append)
    assert (calls, said) == (["load_acuan"], ["Memuat acuan ..."])

    source.write_text("[1]")
    set_up.load(LOADER, said.append)

    assert calls == ["load_acuan", "load_acuan"]


def test_loader_that_failed_runs_again(db, monkeypatch, source):
    def fail(name, **options):
        raise CommandError("rusak")

    monkeypatch.setattr(set_up, "call_command", fail)
    with pytest.raises(CommandError):
        set_up.load(LOADER, lambda sentence: None)

    assert not SetUpStep.objects.exists()


def test_static_files_are_collected_again_after_they_were_removed(settings, calls, source, tmp_path):
    settings.STATIC_ROOT = tmp_path / "terkumpul"
    settings.STATIC_ROOT.mkdir()
    for _ in range(2):
        set_up.collect_static(lambda sentence: None)
    assert calls == ["collectstatic"]

    (settings.STATIC_ROOT / ".fingerprint").unlink()
    set_up.collect_static(lambda sentence: None)

    assert calls == ["collectstatic", "collectstatic"]


def test_demo_is_filled_on_the_first_start_only(db, calls):
    set_up.mark_demo()
    for _ in range(2):
        set_up.fill_demo(lambda sentence: None)

    assert calls == ["demo"]
    assert set_up.is_demo()


def test_real_accounts_keep_the_demo_out(db):
    make_user("petugas-sungguhan")

    with pytest.raises(CommandError, match="sudah berisi akun dan tidak bertanda contoh"):
        set_up.mark_demo()

    assert not set_up.is_demo()


def test_accounts_made_in_a_demo_are_no_obstacle(db):
    set_up.mark_demo()
    make_user("petugas-baru")

    set_up.mark_demo()

    assert set_up.is_demo()


def test_demo_is_never_served_in_earnest(db, settings):
    set_up.mark_demo()
    settings.DEMO = False

    with pytest.raises(CommandError, match="bertanda contoh: kata sandi"):
        set_up.refuse_demo_data()


def test_database_without_our_tables_is_no_demo(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ovop_site_setupstep RENAME TO lain")

    assert not set_up.is_demo()


def test_demo_reset_refuses_an_unmarked_database(db):
    with pytest.raises(CommandError, match="tidak bertanda contoh, jadi tidak dihapus"):
        call_command("demo_reset")


def test_demo_reset_refuses_while_the_demo_is_served(db, settings, tmp_path):
    settings.OVOP_DATA = tmp_path
    set_up.mark_demo()

    with (
        run_file.held(tmp_path, "http://127.0.0.1:8000"),
        pytest.raises(CommandError, match="sedang berjalan di http://127.0.0.1:8000"),
    ):
        call_command("demo_reset")


def test_demo_reset_empties_a_marked_database(db, monkeypatch, settings, tmp_path):
    """On a database of its own, since the one of the tests is needed afterwards."""
    settings.OVOP_DATA = tmp_path
    set_up.mark_demo()
    parameters = connection.get_connection_params()
    maintain(parameters, "CREATE DATABASE contoh_uji")
    maintain(parameters | {"dbname": "contoh_uji"}, "CREATE TABLE isi ()")
    monkeypatch.setitem(connection.settings_dict, "NAME", "contoh_uji")
    monkeypatch.setattr(connection, "close", lambda: None)
    output = StringIO()

    call_command("demo_reset", stdout=output)

    assert "sudah dikosongkan" in output.getvalue()
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_name = 'isi'"
    assert maintain(parameters | {"dbname": "contoh_uji"}, tables) == 0
    maintain(parameters, "DROP DATABASE contoh_uji")


def maintain(parameters, statement):
    with psycopg.connect(**parameters, autocommit=True) as other:
        cursor = other.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None
