"""The one process behind `make run`: it keeps database and web alive and stops them in reverse order.

1. refuse what cannot work: a demo beyond loopback, a port in use, a second supervisor of the same data;
2. end what a killed predecessor left behind;
3. start the embedded database (none with DATABASE_URL);
4. `manage.py set_up`: tables, areas, reference data, demo, static files;
5. gunicorn, and once it answers, the address;
6. watch: a database that died is started again, so is the web; Ctrl-C or SIGTERM ends both.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from ovop_site import env, run_file
from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError
from ovop_site.embedded_postgres.locking import share
from ovop_site.loopback import refuse_demo_beyond_loopback

BASE_DIR = Path(__file__).resolve().parent.parent
HOST = env.text("OVOP_HOST") or "127.0.0.1"
PORT = env.number("PORT", 8000, least=1)
ADDRESS = f"http://{HOST}:{PORT}"
ANSWER_SECONDS = 60
STOP_SECONDS = 20
# A web server that ends sooner than this after its start has a fault that starting again does not mend.
SHORT_LIFE_SECONDS = 10


class StopRequested(Exception):
    """Ctrl-C, SIGTERM, or the terminal was closed."""


def main() -> None:
    refuse_demo_beyond_loopback([HOST])
    folder = Path(env.text("OVOP_DATA") or BASE_DIR / ".data").resolve()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, request_stop)
    try:
        with run_file.held(folder, ADDRESS):
            refuse_port_in_use()
            with database(folder) as cluster:
                set_up()
                serve(folder, cluster)
    except StopRequested:
        say("Sentra OVOP sudah berhenti.")
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


def request_stop(number: int, frame: FrameType | None) -> None:
    """End once, in order: further signals are ignored while that is under way."""
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)
    raise StopRequested


def refuse_port_in_use() -> None:
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST.strip("[]"), PORT))
        except OSError as error:
            sys.exit(
                f"Alamat {ADDRESS} tidak dapat dipakai ({error.strerror}). Mungkin ada program lain di porta itu;"
                f" pilih porta lain, misalnya: make run PORT={PORT + 1}"
            )


@contextmanager
def database(folder: Path) -> Iterator[Cluster | None]:
    """The embedded server while the block runs; None where DATABASE_URL names another PostgreSQL."""
    if env.text("DATABASE_URL"):
        yield None
        return
    cluster = find_cluster(folder)
    with share(cluster.users_lock):
        server.start(cluster)
        if cluster.data.parent != folder:
            say(f"Data PostgreSQL berada di {cluster.data}.")
        try:
            yield cluster
        finally:
            server.stop(cluster)


def set_up() -> None:
    """Run the set-up command as a child that ends with us."""
    command = [sys.executable, str(BASE_DIR / "manage.py"), "set_up"]
    with subprocess.Popen(command, cwd=BASE_DIR, start_new_session=True) as child:
        try:
            code = child.wait()
        except StopRequested:
            child.terminate()
            raise
    if code != 0:
        sys.exit("Persiapan belum selesai; lihat pesan di atas, perbaiki, lalu jalankan `make run` lagi.")


def serve(folder: Path, cluster: Cluster | None) -> None:
    """Run the web server until a stop is requested; start it, or the database, again if it dies."""
    while True:
        web = start_web()
        try:
            run_file.note_web(folder, web.pid)
            began = time.monotonic()
            await_answer(web)
            say_where()
            watch(web, cluster)
        finally:
            stop_web(web)
        if time.monotonic() - began < SHORT_LIFE_SECONDS:
            sys.exit("Server web berhenti segera setelah mulai; lihat pesan di atas.")
        say("Server web berhenti sendiri dan dijalankan lagi.")


def start_web() -> subprocess.Popen[bytes]:
    """gunicorn in a session of its own, so that Ctrl-C reaches only us and the order of stopping is ours."""
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "ovop_site.wsgi"],
        cwd=BASE_DIR,
        env=os.environ | {"OVOP_HOST": HOST, "PORT": str(PORT)},
        start_new_session=True,
    )


def stop_web(web: subprocess.Popen[bytes]) -> None:
    """Let requests in progress finish, then insist."""
    web.terminate()
    try:
        web.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()


def await_answer(web: subprocess.Popen[bytes]) -> None:
    """Return once /sehat/ answers (with whatever status) or the web server has ended."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while web.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(f"{ADDRESS}/sehat/", timeout=5).close()
            return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.05)


def watch(web: subprocess.Popen[bytes], cluster: Cluster | None) -> None:
    """Return when the web server ends; meanwhile look each second whether the database still runs."""
    while True:
        try:
            web.wait(1)
            return
        except subprocess.TimeoutExpired:
            if cluster is not None and not server.is_running(cluster):
                revive(cluster)


def revive(cluster: Cluster) -> None:
    """Start a database that died; a start that fails is reported and tried again at the next look."""
    say("Basis data berhenti sendiri dan dijalankan lagi.")
    try:
        server.start(cluster)
    except EmbeddedPostgresError as error:
        say(str(error))
        time.sleep(5)


def say_where() -> None:
    say(f"\nSentra OVOP siap di {ADDRESS}\nTekan Ctrl-C untuk berhenti.")


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
