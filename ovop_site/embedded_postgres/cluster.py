"""The places of one embedded server, worked out from the one folder that the settings name."""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from ovop_site.embedded_postgres import account, binaries
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError

SYSTEM_FOLDER = Path("/var/lib/sentra-ovop")
# A path of a Unix socket may have about a hundred bytes, a checkout may lie deeper: hence a short folder of its own.
SOCKET_PARENT = Path("/tmp")

# The application's own role is no superuser, just as it will not be one in a PostgreSQL of somebody else.
ROLE = "ovop"
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Cluster:
    """One server: `data` is its PGDATA, `socket` the folder of its Unix socket, `owner` the account that runs it."""

    folder: Path
    data: Path
    socket: Path
    binaries: Path
    owner: pwd.struct_passwd

    @property
    def start_lock(self) -> Path:
        """Held by whoever prepares, starts or stops the server."""
        return self.folder / "postgres.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that relies on the server."""
        return self.folder / "postgres.users"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def program(self, name: str) -> str:
        return str(self.binaries / name)


def socket_folder(folder: Path) -> Path:
    """The folder of the socket of the server that keeps its data in `folder`; the same for every process."""
    return SOCKET_PARENT / f"sentra-ovop-{_short_hash(folder)}"


def find_cluster(folder: Path) -> Cluster:
    """The cluster that belongs to `folder` (the setting OVOP_DATA), which is made if it is missing.

    Root's server runs as a user of its own. Where that user cannot reach `folder` or the programs, the data or a copy
    of the programs live in /var/lib/sentra-ovop/<hash of folder>/, because no folder on the way is ever opened to
    others.
    """
    folder = made_folder(folder)
    data = folder / "postgres"
    programs = binaries.packaged_binaries()
    if account.is_root():
        place = SYSTEM_FOLDER / _short_hash(folder)
        data = _reachable_data(data, place)
        if not account.can_enter(account.server_account(data), programs):
            programs = binaries.copied_binaries(own_folder(place))
    if data.exists() and not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise EmbeddedPostgresError(
            f"Folder data {data} tidak dapat dibaca dan ditulisi. Perbaiki izinnya (chmod 700), atau pakai folder lain"
            " dengan OVOP_DATA."
        )
    return Cluster(folder, data, socket_folder(folder), programs, account.server_account(data))


def made_folder(folder: Path) -> Path:
    """`folder` without symbolic links, made if it is missing."""
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"Folder data {folder} tidak dapat dibuat ({error.strerror}). Pakai folder lain dengan OVOP_DATA."
        ) from error
    return folder


def _reachable_data(data: Path, place: Path) -> Path:
    """`data` where the account that runs the server can reach it, else a folder below `place`.

    Raises EmbeddedPostgresError rather than begin anew beside data that is already there.
    """
    owner = account.server_account(data)
    elsewhere = place / "postgres"
    reachable = account.can_enter(owner, data.parent)
    if data.exists() and not reachable:
        raise EmbeddedPostgresError(
            f"Data PostgreSQL ada di {data}, tetapi pengguna {owner.pw_name} yang menjalankan servernya tidak dapat"
            f" masuk ke sana. Kembalikan izin folder di atasnya, atau pindahkan data itu ke {elsewhere}."
        )
    if data.exists() or (reachable and not elsewhere.exists()):
        return data
    return elsewhere


def own_folder(place: Path) -> Path:
    """The folder `place` below /var/lib/sentra-ovop, open to the server's account whatever the caller's umask is."""
    place.mkdir(parents=True, exist_ok=True)
    for folder in (SYSTEM_FOLDER, place):
        folder.chmod(0o755)
    return place


def _short_hash(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
