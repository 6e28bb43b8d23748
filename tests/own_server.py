"""The PostgreSQL of the tests: a data folder of their own below the system's temporary folder.

The folder is kept, so that the next run needs no initdb and a server that a killed run left behind is taken over. Runs
at the same time get folders of their own.
"""

import hashlib
import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from ovop_site.embedded_postgres import lifetime
from ovop_site.embedded_postgres.cluster import find_cluster
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError
from ovop_site.embedded_postgres.locking import hold

FOLDER_VARIABLE = "OVOP_TEST_DATA"
_claims: list[IO[str]] = []


def claimed_folder() -> Path:
    """The folder of this test run; the processes of one run (pytest-xdist) share it through the environment."""
    if FOLDER_VARIABLE not in os.environ:
        os.environ[FOLDER_VARIABLE] = str(_claim())
    return Path(os.environ[FOLDER_VARIABLE])


def start(folder: Path, database: str) -> None:
    """Start the server without waiting for the disk; data that a power cut spoilt are thrown away."""
    try:
        lifetime.ensure_running(folder, database=database, durable=False)
    except EmbeddedPostgresError:
        shutil.rmtree(find_cluster(folder).data, ignore_errors=True)
        lifetime.ensure_running(folder, database=database, durable=False)


def stop(folder: Path) -> None:
    lifetime.leave(find_cluster(folder))


def _claim() -> Path:
    """The first folder that no other run uses; it stays ours until this process ends."""
    checkout = hashlib.sha256(str(Path(__file__).resolve().parent).encode()).hexdigest()[:8]
    for number in itertools.count(1):
        folder = Path(tempfile.gettempdir(), f"sentra-ovop-tests-{os.getuid()}-{checkout}-{number}")
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            continue
        if claim := hold(folder / "tests.lock"):
            _claims.append(claim)
            shutil.rmtree(folder / "berkas", ignore_errors=True)
            return folder
    raise AssertionError("unreachable")
