"""File locks: one start at a time, and who still uses a server.

The kernel lets go of a lock when its holder dies, however it dies, so nothing here has to be tidied up after a kill.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ovop_site.embedded_postgres.errors import EmbeddedPostgresError

POLL_SECONDS = 0.05


@contextmanager
def exclusively(path: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock file `path` alone; raises EmbeddedPostgresError after `patience` seconds of waiting for another."""
    with _open(path) as lock:
        deadline = time.monotonic() + patience
        while not _try(lock, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"Proses lain sedang menyiapkan basis data ini dan belum selesai setelah {patience:.0f} detik"
                    f" (kunci: {path}). Tunggu sebentar, lalu coba lagi."
                )
            time.sleep(POLL_SECONDS)
        yield


def share(path: Path) -> IO[str]:
    """Join the users counted by the lock file `path`; one leaves by `leave` or by dying."""
    lock = _open(path)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def leave(lock: IO[str]) -> bool:
    """Leave the users of a shared lock; True, with the lock held alone, if nobody else is left.

    Close the file once done.
    """
    fcntl.flock(lock, fcntl.LOCK_UN)
    return _try(lock, fcntl.LOCK_EX)


def hold(path: Path) -> IO[str] | None:
    """The open lock file `path`, held alone until it is closed; None if somebody else holds it."""
    lock = _open(path)
    if _try(lock, fcntl.LOCK_EX):
        return lock
    lock.close()
    return None


def _open(path: Path) -> IO[str]:
    try:
        return path.open("a")
    except OSError as error:
        raise EmbeddedPostgresError(
            f"Folder data {path.parent} tidak dapat ditulisi ({error.strerror}). Perbaiki izinnya, atau pakai folder"
            " lain dengan OVOP_DATA."
        ) from error


def _try(lock: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
