"""A backup is taken from the tests' database and comes back on a server of its own, as on an empty machine."""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections

from assessment.models import Assessment
from files.intake import check, store
from files.models import StoredFile
from files.removal import remove
from ovop_site.backup import archive, taking
from ovop_site.backup.taking import take
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_ikm, make_photo, make_user
from tests.files import samples
from tests.wilayah_factory import make_wilayah_tree

State = Assessment.State


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"


@pytest.fixture
def office(transactional_db):
    """Two decisions, a revocation and a draft of one dinas; the evidence of the factories has no bytes."""
    make_wilayah_tree()
    officer = make_user("petugas", ("officer", "33.29"))
    verifier = make_user("verifikator", ("verifier", "33.29"))
    for state in (State.DECIDED, State.REVOKED, State.DRAFT):
        move_to(start_assessment(officer=officer), state, verifier=verifier)
    return officer


def add_photo(officer):
    stored = store(check(samples.upload(samples.jpeg())), by=officer)
    make_photo(file=stored, ikm=make_ikm(), created_by=officer)
    return stored


def manage(folder, *arguments):
    """`manage.py` of an installation that keeps its data in `folder`; exit code and what it said."""
    environment = os.environ | {"OVOP_DATA": str(folder), "DATABASE_URL": "", "OVOP_DEMO": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "ovop_site.settings"
    command = [sys.executable, "manage.py", *arguments]
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def hashes(folder):
    """The SHA-256 of every file below `folder`, by path."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_drill_everything_comes_back_on_an_empty_machine(office, tmp_path, folder):
    add_photo(office)
    taken = take(tmp_path / "cadangan.tar")

    code, said = manage(folder, "restore", str(tmp_path / "cadangan.tar"))
    assert code == 0, said
    again = folder / "lagi.tar"
    # Exit code 1: the evidence of the factories has no bytes there either.
    assert manage(folder, "backup", str(again)) == (1, manage_words(again, taken)), "the copy says something else"
    copy = archive.checked_contents(again)

    assert (copy.tables, copy.chain, copy.migrations) == (
        taken.contents.tables,
        taken.contents.chain,
        taken.contents.migrations,
    )
    assert copy.chain[0] == 3 and copy.tables["assessment_step"] > 3
    assert hashes(folder / "berkas") == hashes(settings.MEDIA_ROOT) != {}
    assert "3 keputusan" in manage(folder, "verify_decisions")[1]


def manage_words(path, taken):
    contents = taken.contents
    count = len(contents.missing)
    return (
        f"{path}: {contents.rows} baris, {contents.files} berkas, 3 keputusan, {path.stat().st_size // 1024} KiB.\n"
        f"{count} berkas tidak ada di penyimpanan: {', '.join(contents.missing[:10])}\n"
    )


def test_restoring_over_data_is_refused(office, tmp_path):
    take(tmp_path / "cadangan.tar")

    with pytest.raises(CommandError, match="sudah berisi"):
        call_command("restore", str(tmp_path / "cadangan.tar"))


def test_damaged_upload_is_backed_up_and_named(transactional_db, tmp_path):
    make_wilayah_tree()
    stored = add_photo(make_user("petugas", ("officer", "33.29")))
    Path(default_storage.path(stored.original.name)).write_bytes(b"rusak")

    taken = take(tmp_path / "cadangan.tar")

    assert (taken.damaged, taken.contents.missing) == ([stored.original.name], [])
    assert archive.checked_contents(tmp_path / "cadangan.tar").files == 3


def test_upload_removed_while_it_is_copied_begins_the_backup_again(transactional_db, tmp_path, monkeypatch):
    make_wilayah_tree()
    officer = make_user("petugas", ("officer", "33.29"))
    kept, removed = add_photo(officer), store(check(samples.upload(samples.png())), by=officer)
    dump = taking._add_database
    removals = iter([removed])

    def dump_then_remove(*arguments):
        dump(*arguments)
        for stored in removals:
            in_another_transaction(remove, stored)

    monkeypatch.setattr(taking, "_add_database", dump_then_remove)
    taken = take(tmp_path / "cadangan.tar")

    assert (taken.contents.tables["files_storedfile"], taken.contents.files, taken.contents.missing) == (1, 3, [])
    assert StoredFile.objects.get() == kept


def in_another_transaction(work, *arguments):
    """Run `work` on a connection of its own, as another process would."""
    thread = threading.Thread(target=lambda: (work(*arguments), connections.close_all()))
    thread.start()
    thread.join()


@pytest.mark.parametrize("size", [100, 20_000])
def test_backup_that_was_cut_off_is_refused_before_anything_is_written(office, tmp_path, folder, size):
    path = tmp_path / "cadangan.tar"
    take(path)
    path.write_bytes(path.read_bytes()[:size])

    with pytest.raises(CommandError, match="terpotong atau rusak"):
        archive.checked_contents(path)


def test_backup_with_a_changed_byte_is_refused(transactional_db, tmp_path):
    path = tmp_path / "cadangan.tar"
    take(path)
    with tarfile.open(path) as tar:
        place = tar.getmember(archive.DATABASE).offset_data + 50
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError, match="terpotong atau rusak"):
        archive.checked_contents(path)


def test_something_else_than_a_backup_is_refused(tmp_path):
    (tmp_path / "surat.tar").write_bytes(b"bukan cadangan")
    for name, sentence in (("surat.tar", "terpotong atau rusak"), ("hilang.tar", "tidak ada")):
        with pytest.raises(CommandError, match=sentence):
            archive.checked_contents(tmp_path / name)


def test_backup_of_a_newer_version_is_refused(transactional_db, tmp_path, monkeypatch, folder):
    applied = taking.applied_migrations()
    monkeypatch.setattr(taking, "applied_migrations", lambda: [*applied, "sentra.9999_masa_depan"])
    take(tmp_path / "cadangan.tar")

    code, said = manage(folder, "restore", str(tmp_path / "cadangan.tar"))

    assert code == 1 and "lebih baru (ada sentra.9999_masa_depan)" in said


def test_an_old_backup_is_never_overwritten(transactional_db, tmp_path):
    (tmp_path / "cadangan.tar").write_bytes(b"penting")

    with pytest.raises(CommandError, match="sudah ada"):
        take(tmp_path / "cadangan.tar")

    assert (tmp_path / "cadangan.tar").read_bytes() == b"penting"


def test_backup_that_fails_leaves_nothing(transactional_db, tmp_path, monkeypatch):
    monkeypatch.setattr(taking.programs, "program", lambda name: "/bin/false")

    with pytest.raises(CommandError, match="tidak dapat dicadangkan"):
        take(tmp_path / "baru" / "cadangan.tar")

    assert list((tmp_path / "baru").iterdir()) == []


def test_backup_is_readable_by_its_owner_alone_and_without_sessions(transactional_db, tmp_path, client):
    client.force_login(make_user("petugas"))
    take(tmp_path / "cadangan.tar")

    assert (tmp_path / "cadangan.tar").stat().st_mode & 0o777 == 0o600
    assert "django_session" not in archive.checked_contents(tmp_path / "cadangan.tar").tables


def test_command_keeps_the_newest_backups(transactional_db, settings, tmp_path):
    settings.OVOP_DATA = tmp_path
    (tmp_path / "cadangan").mkdir()
    for day in ("20200101-000000", "20200102-000000"):
        (tmp_path / "cadangan" / f"sentra-ovop-{day}.tar").touch()
    (tmp_path / "cadangan" / "surat.tar").touch()
    said = StringIO()

    call_command("backup", "--simpan=2", stdout=said)

    names = sorted(path.name for path in (tmp_path / "cadangan").iterdir())
    assert (len(names), names[0], names[-1]) == (3, "sentra-ovop-20200102-000000.tar", "surat.tar")
    assert "Cadangan lama sentra-ovop-20200101-000000.tar dihapus." in said.getvalue()


def test_sums_can_be_checked_by_the_standard_tool(transactional_db, tmp_path):
    make_wilayah_tree()
    add_photo(make_user("petugas", ("officer", "33.29")))
    take(tmp_path / "cadangan.tar")

    subprocess.run(["tar", "xf", "cadangan.tar"], cwd=tmp_path, check=True)
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True)

    assert (checked.returncode, checked.stdout.count(b": OK")) == (0, 4)
    assert json.loads((tmp_path / "isi.json").read_text())["files"] == 3


def test_program_of_another_version_is_named(db, monkeypatch, tmp_path):
    monkeypatch.setattr(taking.programs, "server_version", lambda: 16)
    monkeypatch.setattr(taking.programs, "SYSTEM_PROGRAMS", tmp_path)
    monkeypatch.setattr(taking.programs.shutil, "which", lambda name: None)

    with pytest.raises(CommandError, match="postgresql-client-16"):
        taking.programs.program("pg_dump")
