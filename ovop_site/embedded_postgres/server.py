"""Prepare, start and stop the server of a cluster.

`start` and `stop` may be called at any moment, by several processes at once and after any crash: they work under a
lock and look at what is really there. A start finishes an interrupted initdb, takes over a server that still runs,
and clears away the traces of one that was killed.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from ovop_site.embedded_postgres import binaries
from ovop_site.embedded_postgres.account import run_as
from ovop_site.embedded_postgres.cluster import ROLE, SUPERUSER, Cluster, own_folder
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError
from ovop_site.embedded_postgres.locking import exclusively

# Recovery after a crash may take long on a slow disk; a start that takes longer than this is reported.
START_SECONDS = 120
STOP_SECONDS = 60
ORPHAN_SECONDS = 10
POLL_SECONDS = 0.05
PORT = "5432"

INITIAL_CONFIGURATION = {
    # Reading a page out of order costs hardly more on a solid-state disk, or where the data fit into memory.
    "random_page_cost": "1.1",
    "listen_addresses": "",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def start(cluster: Cluster, *, database: str = ROLE, durable: bool = True) -> bool:
    """Have the server answer and `database` exist; True if this call started it, False if it was running.

    `durable=False` is for tests: the server does not wait for the disk. Raises EmbeddedPostgresError with a sentence
    and the last lines of the server's log.
    """
    with exclusively(cluster.start_lock, patience=START_SECONDS):
        running = is_running(cluster)
        if not running:
            _prepare_data(cluster, durable=durable)
            _prepare_socket(cluster)
            _launch(cluster, durable=durable)
        _await_answer(cluster)
        _ensure_database(cluster, database)
        return not running


def stop(cluster: Cluster) -> None:
    """Stop the server if it runs: open connections are ended, what was committed is on disk."""
    with exclusively(cluster.start_lock, patience=START_SECONDS):
        # "Fast" ends open connections first; "immediate" is the last resort and makes the next start recover.
        for number in (signal.SIGINT, signal.SIGQUIT):
            _signal_and_wait(cluster, number)
        if is_running(cluster):
            raise EmbeddedPostgresError(f"PostgreSQL di {cluster.data} tidak mau berhenti.{_last_log_lines(cluster)}")
        _remove_socket_folder(cluster)


def is_running(cluster: Cluster) -> bool:
    """Whether the process that the data folder names is alive and really is this cluster's PostgreSQL."""
    pid = postmaster_pid(cluster)
    return pid is not None and _is_postmaster(pid, cluster)


def postmaster_pid(cluster: Cluster) -> int | None:
    """The process number in `postmaster.pid`; None where there is no such file (or not yet a line in it)."""
    try:
        return int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def accepts_connections(folder: Path) -> bool:
    """Whether somebody listens on the socket in `folder`; costs no database connection."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(folder / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
        return True


def connection_parameters(cluster: Cluster) -> dict[str, str]:
    """What libpq needs to reach the server as the application's role.

    SECURITY: the socket lies below /tmp, so the process behind it must belong to the account that owns the data.
    """
    return {"host": str(cluster.socket), "port": PORT, "user": ROLE, "requirepeer": cluster.owner.pw_name}


def _is_postmaster(pid: int, cluster: Cluster) -> bool:
    """After a reboot the number may belong to any other process, even to a PostgreSQL of somebody else."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or not process.name().startswith("postgres"):
            return False
        return str(cluster.data) in process.cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _prepare_data(cluster: Cluster, *, durable: bool) -> None:
    """Make the data folder where it is missing, and refuse one of another version of PostgreSQL."""
    if not cluster.data.exists():
        _initialise(cluster, durable=durable)
    version_file = cluster.data / "PG_VERSION"
    found = version_file.read_text().strip() if version_file.exists() else "tidak dikenal"
    if found != binaries.major_version():
        raise EmbeddedPostgresError(
            f"Data di {cluster.data} dibuat oleh PostgreSQL versi {found}, sedangkan yang terpasang versi"
            f" {binaries.major_version()}. Pindahkan folder itu (jangan dihapus) lalu pulihkan isinya dengan pg_dump"
            " dan pg_restore, atau pasang kembali versi yang lama."
        )
    left = cluster.data / "postmaster.pid"
    if left.exists():
        _end_orphans(cluster)
        left.unlink()


def _end_orphans(cluster: Cluster) -> None:
    """Wait for the children of a killed server, which hold its shared memory; those that linger are ended."""
    children = [process for process in psutil.process_iter() if _works_in(process, cluster.data)]
    for lingering in psutil.wait_procs(children, timeout=ORPHAN_SECONDS)[1]:
        lingering.kill()
    psutil.wait_procs(children, timeout=ORPHAN_SECONDS)


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.name().startswith("postgres") and process.cwd() == str(folder)
    except psutil.Error:
        return False


def _initialise(cluster: Cluster, *, durable: bool) -> None:
    """Run initdb beside the final place and rename, so that an interrupted one is never taken for data."""
    if cluster.data.parent != cluster.folder:
        own_folder(cluster.data.parent)
    draft = cluster.data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if draft.stat().st_uid != cluster.owner.pw_uid:
        os.chown(draft, cluster.owner.pw_uid, cluster.owner.pw_gid)
    character_type = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    result = subprocess.run(
        [
            cluster.program("initdb"),
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            # SECURITY: "trust" holds for the socket only; its folder lets in the owner (and root) alone.
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={character_type}",
            *([] if durable else ["--no-sync"]),
            *(f"--set={name}={value}" for name, value in INITIAL_CONFIGURATION.items()),
        ],
        capture_output=True,
        text=True,
        check=False,
        **run_as(cluster.owner),
    )
    if result.returncode != 0:
        raise EmbeddedPostgresError(f"Folder data PostgreSQL tidak dapat dibuat: {result.stderr.strip()}")
    draft.rename(cluster.data)


def _prepare_socket(cluster: Cluster) -> None:
    """An empty folder for the socket that only the owner can enter.

    PostgreSQL would take the lock file of a killed server for a live one, while its zombie or another process has the
    number.
    SECURITY: somebody else may have made a folder of that name below /tmp; it is refused, never used.
    """
    folder = cluster.socket
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if folder.stat().st_uid != cluster.owner.pw_uid:
            os.chown(folder, cluster.owner.pw_uid, cluster.owner.pw_gid)
    if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid != cluster.owner.pw_uid:
        raise EmbeddedPostgresError(
            f"{folder} sudah ada dan bukan folder milik pengguna {cluster.owner.pw_name}. Hapus folder itu lalu ulangi."
        )
    folder.chmod(0o700)
    for left in folder.glob(f".s.PGSQL.{PORT}*"):
        left.unlink()


def _signal_and_wait(cluster: Cluster, number: signal.Signals) -> None:
    pid = postmaster_pid(cluster)
    if pid is None or not _is_postmaster(pid, cluster):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, number)
    deadline = time.monotonic() + STOP_SECONDS
    while is_running(cluster) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)


def _remove_socket_folder(cluster: Cluster) -> None:
    """Leave nothing in /tmp; a folder that is not empty is not ours alone."""
    with suppress(OSError):
        cluster.socket.rmdir()


def _launch(cluster: Cluster, *, durable: bool) -> None:
    """Start PostgreSQL and wait until it is ready."""
    options = [f"-c unix_socket_directories={cluster.socket}", "-c unix_socket_permissions=0700", f"-p {PORT}"]
    if not durable:
        options += ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]
    result = _pg_ctl(cluster, "start", "-l", str(cluster.log), "-t", str(START_SECONDS), "-o", " ".join(options))
    if result.returncode != 0:
        raise EmbeddedPostgresError(f"PostgreSQL di {cluster.data} tidak mau mulai.{_last_log_lines(cluster)}")


def _pg_ctl(cluster: Cluster, action: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # The server inherits the output of pg_ctl, so a pipe would never close: the log file has what there is to read.
    return subprocess.run(
        [cluster.program("pg_ctl"), action, "-D", str(cluster.data), "-w", "-s", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        **run_as(cluster.owner),
    )


def _await_answer(cluster: Cluster) -> None:
    """Wait for the server, which somebody else may have started and which may still be recovering."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _connect(cluster).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline or not is_running(cluster):
                raise EmbeddedPostgresError(
                    f"PostgreSQL di {cluster.data} berjalan tetapi tidak menjawab: {error}"
                ) from error
            time.sleep(POLL_SECONDS)


def _ensure_database(cluster: Cluster, database: str) -> None:
    """Make the application's role and database where they are missing."""
    try:
        _make_role_and_database(cluster, database)
    except psycopg.Error as error:
        raise EmbeddedPostgresError(f"Basis data {database} tidak dapat dibuat: {error}") from error


def _make_role_and_database(cluster: Cluster, database: str) -> None:
    with _connect(cluster) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            names = sql.Identifier(database), sql.Identifier(ROLE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _connect(cluster: Cluster) -> psycopg.Connection:
    parameters = connection_parameters(cluster) | {"user": SUPERUSER}
    return psycopg.connect(dbname="postgres", autocommit=True, connect_timeout=10, **parameters)


def _last_log_lines(cluster: Cluster, count: int = 8) -> str:
    """The end of what the server wrote last, ready to be put behind a sentence; "" if it wrote nothing.

    It writes to `server.log` until its log collector runs, then to `log/`.
    """
    logs = [cluster.log, *cluster.data.glob("log/*.log")]
    newest = max((log for log in logs if log.exists()), key=lambda log: log.stat().st_mtime, default=None)
    lines = newest.read_text(errors="replace").strip().splitlines()[-count:] if newest else []
    return " Catatan terakhirnya:\n  " + "\n  ".join(lines) if lines else ""
