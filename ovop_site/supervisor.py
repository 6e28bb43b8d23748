"""The one process behind `make run`: it keeps database and web alive and stops them in reverse order.

1. refuse what cannot work: a demo beyond loopback, a second supervisor of the same data, a port in use;
2. end the web server that a killed predecessor left behind;
3. start the embedded database, or take over one that still runs (none with DATABASE_URL);
4. `manage.py set_up`: tables, areas, reference data, demo, static files;
5. gunicorn, and once it answers, the address;
6. watch: a database that died is started again, so is the web; once a day what nobody needs any more is removed;
   Ctrl-C or SIGTERM ends both.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from ovop_site import env, run_file
from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError
from ovop_site.embedded_postgres.locking import share
from ovop_site.loopback import refuse_demo_beyond_loopback
from ovop_site.stop_request import StopRequested, listen, shielded

BASE_DIR = Path(__file__).resolve().parent.parent
SET_UP = [sys.executable, str(BASE_DIR / "manage.py"), "set_up"]
WEB = [sys.executable, "-m", "gunicorn", "ovop_site.wsgi"]
DAILY = [[sys.executable, str(BASE_DIR / "manage.py"), command] for command in ("clean_files", "clearsessions")]
DAY_SECONDS = 24 * 3600
ANSWER_SECONDS = 60
STOP_SECONDS = 20
FIRST_CLEANING_SECONDS = 600
# Meanwhile nothing is watched, so a hanging command must not hold up the revival of a dead database for long.
CLEANING_SECONDS = 120
# A web server that ends sooner than this after its start has a fault that starting again does not mend.
SHORT_LIFE_SECONDS = 10


@dataclass(frozen=True)
class Site:
    """Where this installation listens, and the folder of its data."""

    host: str
    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"


class DailyCleaning:
    """Removes once a day, while we run, what nobody needs any more (the commands of `DAILY`).

    First some minutes after a start, since an office may turn its computer off every evening. The web goes on
    meanwhile; a command that hangs, or is under way when a stop is requested, is killed, which harms neither.
    """

    def __init__(self) -> None:
        self.due = time.monotonic() + FIRST_CLEANING_SECONDS

    def run_if_due(self) -> None:
        if time.monotonic() < self.due:
            return
        self.due = time.monotonic() + DAY_SECONDS
        for command in DAILY:
            try:
                subprocess.run(
                    command,
                    cwd=BASE_DIR,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                    timeout=CLEANING_SECONDS,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                say(f"Pembersihan harian ({command[-1]}) terlalu lama dan dihentikan; dicoba lagi besok.")


def main() -> None:
    try:
        site = configured_site()
        refuse_demo_beyond_loopback([site.host])
        run(site)
    except StopRequested:
        say("Sentra OVOP sudah berhenti.")
    except (EmbeddedPostgresError, ImproperlyConfigured) as error:
        sys.exit(str(error))


def configured_site() -> Site:
    return Site(
        host=(env.text("OVOP_HOST") or "127.0.0.1").strip("[]"),
        port=env.number("PORT", 8000, least=1, most=65535),
        folder=Path(env.text("OVOP_DATA") or BASE_DIR / ".data").resolve(),
    )


def run(site: Site) -> None:
    listen()
    with run_file.held(site.folder, site.address):
        refuse_port_in_use(site)
        with database(site.folder) as cluster:
            set_up()
            serve(site, cluster)


def refuse_port_in_use(site: Site) -> None:
    family = socket.AF_INET6 if ":" in site.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((site.host, site.port))
        except OSError as error:
            sys.exit(
                f"Alamat {site.address} tidak dapat dipakai ({error.strerror}). Mungkin ada program lain di porta itu;"
                f" pilih porta lain, misalnya: make run PORT={site.port % 65535 + 1}"
            )


@contextmanager
def database(folder: Path) -> Iterator[Cluster | None]:
    """The embedded server while the block runs; None where DATABASE_URL names another PostgreSQL."""
    if env.text("DATABASE_URL"):
        yield None
        return
    cluster = find_cluster(folder)
    if cluster.data.parent != folder:
        say(f"Data PostgreSQL berada di {cluster.data}.")
    with share(cluster.users_lock):
        try:
            with shielded():
                server.start(cluster)
            yield cluster
        finally:
            server.stop(cluster)


def set_up() -> None:
    """Run the set-up command as a child that ends with us."""
    with subprocess.Popen(SET_UP, cwd=BASE_DIR, start_new_session=True) as child:
        try:
            code = child.wait()
        except StopRequested:
            child.terminate()
            raise
    if code != 0:
        sys.exit("Persiapan belum selesai; lihat pesan di atas, perbaiki, lalu jalankan perintah ini lagi.")


def serve(site: Site, cluster: Cluster | None) -> None:
    """Run the web server until a stop is requested; start it, or the database, again if it dies."""
    cleaning = DailyCleaning()
    while True:
        began = time.monotonic()
        with web_server(site) as web:
            await_answer(site, web)
            if web.poll() is None:
                say(f"\nSentra OVOP siap di {site.address}/\nTekan Ctrl-C untuk berhenti.")
            watch(web, cluster, cleaning)
        if time.monotonic() - began < SHORT_LIFE_SECONDS:
            sys.exit("Server web berhenti segera setelah mulai; lihat pesan di atas.")
        say("Server web berhenti sendiri dan dijalankan lagi.")


@contextmanager
def web_server(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn while the block runs; in a session of its own, so that Ctrl-C reaches only us and the order is ours."""
    environment = os.environ | {"OVOP_HOST": site.host, "PORT": str(site.port)}
    web = subprocess.Popen(WEB, cwd=BASE_DIR, env=environment, start_new_session=True)
    try:
        run_file.note_web(site.folder, web.pid)
        yield web
    finally:
        stop_web(web)


def stop_web(web: subprocess.Popen[bytes]) -> None:
    """Let requests in progress finish, then insist."""
    web.terminate()
    try:
        web.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()


def await_answer(site: Site, web: subprocess.Popen[bytes]) -> None:
    """Return once /sehat/ answers (with whatever status) or the web server has ended."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while web.poll() is None and time.monotonic() < deadline:
        page = http.client.HTTPConnection(site.host, site.port, timeout=10)
        try:
            page.request("GET", "/sehat/")
            page.getresponse()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            page.close()


def watch(web: subprocess.Popen[bytes], cluster: Cluster | None, cleaning: DailyCleaning) -> None:
    """Return when the web server ends; meanwhile look each second whether the database still runs."""
    while True:
        try:
            web.wait(1)
            return
        except subprocess.TimeoutExpired:
            if cluster is not None and not server.is_running(cluster):
                revive(cluster)
            cleaning.run_if_due()


def revive(cluster: Cluster) -> None:
    """Start a database that died; a start that fails is reported and tried again at the next look."""
    say("Basis data berhenti sendiri dan dijalankan lagi.")
    try:
        with shielded():
            server.start(cluster)
    except EmbeddedPostgresError as error:
        say(str(error))
        time.sleep(5)


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
