"""Brings a backup back into an empty installation, and proves that all of it arrived."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from assessment.chain import first_break
from ovop_site.backup import programs
from ovop_site.backup.archive import DATABASE, FILES, Contents, checked_contents, reading
from ovop_site.backup.taking import chain_end, row_counts
from ovop_site.set_up import Say


def restore(path: Path, say: Say) -> Contents:
    """Bring the backup at `path` back; what it contained.

    1. All of it is read and compared with its checksums; the database must be empty and this version know its tables.
    2. The uploads are written, each at its old path. 3. The database is filled in one transaction. 4. Rows are counted
    and the chain of decisions is proved. 5. Tables of an older version are brought up to date.

    Until step 3 is done the database stays empty, so whatever goes wrong, the command can be repeated. CommandError
    with a sentence where something is wrong.
    """
    refuse_used_database()
    say("Memeriksa cadangan ...")
    contents = checked_contents(path)
    _refuse_unknown_tables(contents)
    say(f"Mengembalikan {contents.files} berkas ...")
    _write_files(path)
    say(f"Mengembalikan basis data ({contents.rows} baris) ...")
    _fill_database(path)
    _prove(contents)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return contents


def refuse_used_database() -> None:
    if tables := connection.introspection.table_names():
        raise CommandError(
            f"Basis data {connection.settings_dict['NAME']} sudah berisi {len(tables)} tabel. Cadangan hanya"
            " dikembalikan ke basis data yang kosong: buat yang baru, lalu sebutkan di DATABASE_URL, atau pakai folder"
            " lain dengan OVOP_DATA."
        )


def _refuse_unknown_tables(contents: Contents) -> None:
    """A backup of a newer version has tables that this one would leave out."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(contents.migrations) - known):
        raise CommandError(
            f"Cadangan ini dibuat versi Sentra OVOP yang lebih baru (ada {unknown[0]}). Pasang versi itu, lalu ulangi."
        )


def _write_files(path: Path) -> None:
    """The bytes are checked already; what an earlier try left at a path is replaced."""
    with reading(path) as tar:
        for member in tar:
            if not member.name.startswith(FILES):
                continue
            name = member.name.removeprefix(FILES)
            default_storage.delete(name)
            default_storage.save(name, File(tar.extractfile(member)))


def _fill_database(path: Path) -> None:
    command = [programs.program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner"]
    command += ["--no-privileges", "--no-comments", f"--dbname={connection.settings_dict['NAME']}"]
    environment = programs.connection_environment()
    connection.close()
    # pg_restore jumps about in its archive, which it cannot do in a pipe.
    with tempfile.TemporaryFile(dir=settings.OVOP_DATA) as dump:
        with reading(path) as tar:
            shutil.copyfileobj(tar.extractfile(DATABASE), dump)
        dump.seek(0)
        result = subprocess.run(command, stdin=dump, stderr=subprocess.PIPE, env=environment, check=False)
    if result.returncode != 0:
        raise CommandError(f"Basis data tidak dapat dikembalikan: {programs.complaint(result.stderr)}")


def _prove(contents: Contents) -> None:
    """Raises CommandError where the database is not the one that was backed up."""
    counts = row_counts()
    wrong = sorted(table for table in contents.tables | counts if contents.tables.get(table) != counts.get(table))
    if wrong:
        table = wrong[0]
        raise CommandError(
            f"Tabel {table} berisi {counts.get(table)} baris, menurut cadangannya {contents.tables.get(table)}."
            " Kosongkan basis data itu, lalu ulangi."
        )
    if chain_end() != contents.chain:
        raise CommandError("Ujung rantai keputusan bukan yang dicadangkan.")
    if fault := first_break():
        raise CommandError(f"Rantai keputusan tidak utuh: {fault.sentence}")
