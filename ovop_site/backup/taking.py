"""Takes a backup while people work: database and uploads as they are at one moment."""

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from assessment.models import NOTHING_BEFORE, ChainHead
from files.models import StoredFile
from ovop_site.backup import programs
from ovop_site.backup.archive import DATABASE, FILES, Contents, Writer

# Who is signed in and how often somebody tried belongs to this moment, not to the one in which a backup comes back.
LEFT_OUT = ("django_session", "cache", "usersessions_usersession")
ATTEMPTS = 3


class FileRemovedMeanwhile(Exception):
    """An upload that the snapshot names was removed, with its row, while it was being copied."""


@dataclass
class Taken:
    """A finished backup. `damaged` names uploads whose bytes are no longer those that were sent."""

    path: Path
    contents: Contents
    damaged: list[str] = field(default_factory=list)


def take(path: Path) -> Taken:
    """Write a backup to `path`, which must not exist; it appears there only when it is complete.

    Everything comes from one snapshot of the database. Bytes are stored before their row and removed after it, so every
    row of the snapshot has its bytes, but for one removed in the meantime: then the backup begins again.
    """
    if path.exists():
        raise CommandError(f"{path} sudah ada. Pilih nama lain; cadangan lama tidak ditimpa.")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.sebagian")
    try:
        for _attempt in range(ATTEMPTS):
            try:
                taken = _take(draft)
            except FileRemovedMeanwhile:
                continue
            draft.rename(path)
            return Taken(path, taken.contents, taken.damaged)
    finally:
        draft.unlink(missing_ok=True)
    raise CommandError("Selama pencadangan terus ada berkas yang dihapus orang. Ulangi perintah ini saat sepi.")


def _take(draft: Path) -> Taken:
    # SECURITY: a backup holds all personal data; nobody but its owner reads it.
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(handle, "wb") as file,
        tarfile.open(fileobj=file, mode="w:", format=tarfile.PAX_FORMAT) as tar,
        tempfile.TemporaryFile(dir=draft.parent) as sums,
        _snapshot() as snapshot,
    ):
        writer = Writer(tar, sums)
        _add_database(writer, snapshot, draft.parent)
        files, missing, damaged = _add_files(writer)
        contents = Contents(
            taken_at=timezone.now().isoformat(timespec="seconds"),
            postgresql=programs.server_version(),
            tables=row_counts(),
            migrations=applied_migrations(),
            chain=chain_end(),
            files=files,
            missing=missing,
        )
        writer.finish(contents)
    return Taken(draft, contents, damaged)


@contextmanager
def _snapshot() -> Iterator[str]:
    """A transaction that sees one moment, and the name by which pg_dump sees the same."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _add_database(writer: Writer, snapshot: str, folder: Path) -> None:
    command = [programs.program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--snapshot={snapshot}", *(f"--exclude-table-data={table}" for table in LEFT_OUT)]
    with tempfile.TemporaryFile(dir=folder) as dump:
        result = subprocess.run(
            command, stdout=dump, stderr=subprocess.PIPE, env=programs.connection_environment(), check=False
        )
        if result.returncode != 0:
            raise CommandError(f"Basis data tidak dapat dicadangkan: {programs.complaint(result.stderr)}")
        # pg_dump goes back to the table of contents when it is done, so where it stands is not where the file ends.
        size = dump.seek(0, io.SEEK_END)
        dump.seek(0)
        writer.add(DATABASE, dump, size)


def _add_files(writer: Writer) -> tuple[int, list[str], list[str]]:
    """Add every upload of the snapshot; how many, and the paths without bytes and with other bytes than were sent."""
    count, missing, damaged = 0, [], []
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        for path in (content.name for content in stored.contents):
            try:
                with default_storage.open(path) as source:
                    found = writer.add(FILES + path, source, default_storage.size(path))
            except FileNotFoundError:
                if not _still_there(stored):
                    raise FileRemovedMeanwhile(path) from None
                missing.append(path)
                continue
            count += 1
            if path == stored.original.name and found != stored.sha256:
                damaged.append(path)
    return count, missing, damaged


def _still_there(stored: StoredFile) -> bool:
    """Whether the row of `stored` exists now; the snapshot cannot tell, so another connection is asked."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM files_storedfile WHERE id = %s", [stored.pk])
            return cursor.fetchone() is not None
    finally:
        other.close()


def row_counts() -> dict[str, int]:
    """The exact number of rows by table, without those that a backup leaves out."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - set(LEFT_OUT)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def applied_migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def chain_end() -> tuple[int, str]:
    """How many decisions there are, and the hash of the last."""
    head = ChainHead.objects.first()
    return (head.count, head.sha256) if head else (0, NOTHING_BEFORE)
