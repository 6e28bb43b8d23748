"""Takes files out of the system: those nobody needs any more, and bytes that never got a row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from files.intake import delete_bytes
from files.models import StoredFile

# An upload that is being stored has bytes before it has a row; a day is far longer than that takes.
GRACE = timedelta(days=1)
# The shape `files.models.secret_path` gives; whatever else lies in the storage is not ours to delete.
FOLDER = re.compile(r"[0-9a-f]{8}")
COPIES = ("original", "preview", "medium", "thumbnail")
NAME = re.compile(r"[A-Za-z0-9_-]{32}")


def remove(stored: StoredFile) -> bool:
    """Delete `stored`, its bytes once the transaction is committed; False where a row still needs it.

    Whoever points to a file does so with PROTECT, so evidence and decisions keep theirs.
    """
    names = {field: getattr(stored, field) for field in COPIES}
    contents = StoredFile(**names)
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(delete_bytes, contents))
    return True


@dataclass(frozen=True)
class Orphan:
    """Bytes in the storage that belong to no row: the upload was rolled back, or the process was killed."""

    path: str
    size: int


def find_orphans(storage: Storage) -> Iterator[Orphan]:
    """The uploads in `storage` that no StoredFile names and that are older than `GRACE`. One query per folder."""
    latest = timezone.now() - GRACE
    for folder in _listed(storage, "")[0]:
        if not FOLDER.fullmatch(folder):
            continue
        named = _named_in(folder)
        for name in _listed(storage, folder)[1]:
            path = f"{folder}/{name}"
            if NAME.fullmatch(name) and path not in named and storage.get_modified_time(path) < latest:
                yield Orphan(path, storage.size(path))


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return [], []
    return sorted(folders), sorted(names)


def _named_in(folder: str) -> set[str]:
    """The paths in `folder` that rows name; a folder is called after the first digits of its rows' ids."""
    rows = StoredFile.objects.filter(pk__range=(UUID(folder + "0" * 24), UUID(folder + "f" * 24)))
    return {path for paths in rows.values_list(*COPIES) for path in paths}
