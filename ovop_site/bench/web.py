"""The web server that is measured: gunicorn as in earnest, with the settings of `gunicorn.conf.py`."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from ovop_site.bench.place import BASE_DIR

WEB = [sys.executable, "-m", "gunicorn", "ovop_site.wsgi"]
START_SECONDS = 60
STOP_SECONDS = 20


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[psutil.Process]:
    """The leading process of gunicorn while the block runs; it answers when the block begins and writes to `log`."""
    refuse_port_in_use(int(environment["PORT"]))
    with log.open("wb") as output:
        web = subprocess.Popen(
            WEB, cwd=BASE_DIR, env=environment, start_new_session=True, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _await_answer(web, int(environment["PORT"]), log)
            yield psutil.Process(web.pid)
        finally:
            web.terminate()
            web.wait(STOP_SECONDS)


def refuse_port_in_use(port: int) -> None:
    """Else another server would answer, and be measured."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Porta {port} sedang dipakai program lain; pilih yang lain dengan --port.")


def worker_bytes(leader: psutil.Process) -> list[int]:
    """Memory of each worker (RSS), in bytes."""
    return [worker.memory_info().rss for worker in leader.children()]


def _await_answer(web: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if web.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"Server web bangku uji tidak menjawab; lihat {log}.")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sehat/")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
