"""`run.json` in the data folder: which supervisor runs there, under which address, with which web server.

The file is locked while the supervisor lives; whatever it says after that is what a killed one left behind.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from ovop_site.embedded_postgres.cluster import made_folder
from ovop_site.embedded_postgres.locking import hold

STOP_SECONDS = 10


@contextmanager
def held(folder: Path, address: str) -> Iterator[None]:
    """Be the only supervisor of `folder` while the block runs; ends the process with a sentence if there is another."""
    lock = hold(made_folder(folder) / "run.lock")
    if lock is None:
        running = _read(folder).get("address", "alamat lain")
        sys.exit(
            f"Sentra OVOP dengan data ini sudah berjalan di {running}. Hentikan dulu (Ctrl-C di jendelanya), atau"
            " pakai folder data lain dengan OVOP_DATA."
        )
    with lock:
        _end_orphan(_read(folder))
        _write(folder, address=address, pid=os.getpid())
        try:
            yield
        finally:
            _path(folder).unlink(missing_ok=True)


def running_address(folder: Path) -> str:
    """The address of the supervisor that runs with the data in `folder`; "" if none does."""
    if not folder.exists():
        return ""
    lock = hold(folder / "run.lock")
    if lock is None:
        return _read(folder).get("address", "alamat lain")
    lock.close()
    return ""


def note_web(folder: Path, pid: int) -> None:
    """Remember the web server, so that a successor can end it should we be killed."""
    with suppress(psutil.NoSuchProcess):
        _write(folder, **_read(folder) | {"web": pid, "web_began": psutil.Process(pid).create_time()})


def _end_orphan(left: dict[str, Any]) -> None:
    """End the web server of a killed predecessor; the time of its start tells it from a reused number."""
    try:
        web = psutil.Process(left["web"])
        if abs(web.create_time() - left["web_began"]) > 1:
            return
        web.send_signal(signal.SIGTERM)
        web.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        os.killpg(left["web"], signal.SIGKILL)
    except (KeyError, psutil.NoSuchProcess):
        return


def _path(folder: Path) -> Path:
    return folder / "run.json"


def _read(folder: Path) -> dict[str, Any]:
    try:
        return json.loads(_path(folder).read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _write(folder: Path, **facts: Any) -> None:
    draft = _path(folder).with_suffix(".new")
    draft.write_text(json.dumps(facts))
    draft.rename(_path(folder))
