"""Where a bench lives: a PostgreSQL of its own in a folder of its own, one database per number of IKM.

The folder is `bench` in the folder of the data (OVOP_DATA, else `.data`), and is kept, so that the next bench finds
its data. What DATABASE_URL names is never touched.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ovop_site import env
from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster
from ovop_site.embedded_postgres.locking import share

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOST = "ovop.bench.example"
BYTES_PER_IKM = 12_000


@dataclass(frozen=True)
class Place:
    """A running server; `secret` signs the sessions of this one bench."""

    cluster: Cluster
    secret: str

    def environment(self, ikm: int, port: int) -> dict[str, str]:
        """Variables for the processes of the bench with `ikm` firms: those of a site in earnest behind a TLS proxy."""
        place = server.connection_parameters(self.cluster)
        address = f"host={quote(place['host'], safe='')}&requirepeer={place['requirepeer']}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OVOP_")}
        return kept | {
            "DATABASE_URL": f"postgres://{place['user']}@/{database_name(ikm)}?{address}",
            "OVOP_DEMO": "0",
            "OVOP_DATA": str(self.cluster.folder),
            "SECRET_KEY": self.secret,
            "ALLOWED_HOSTS": HOST,
            "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
            "TRUSTED_PROXY_COUNT": "1",
            "SECURE_SSL_REDIRECT": "1",
            "PORT": str(port),
        }


def bench_folder() -> Path:
    return Path(env.text("OVOP_DATA") or BASE_DIR / ".data").resolve() / "bench"


def database_name(ikm: int) -> str:
    return f"bench_{ikm}"


@contextmanager
def running(folder: Path) -> Iterator[Place]:
    """The server of `folder` while the block runs."""
    cluster = find_cluster(folder)
    with share(cluster.users_lock):
        try:
            server.start(cluster)
            yield Place(cluster, secrets.token_urlsafe(50))
        finally:
            server.stop(cluster)


def prepare_database(place: Place, ikm: int) -> None:
    """Have the database of this number of firms exist."""
    server.start(place.cluster, database=database_name(ikm))


def missing_space(folder: Path, sizes: list[int]) -> int:
    """How many bytes the disk lacks for benches of these sizes, roughly; 0 where it has them."""
    folder.mkdir(parents=True, exist_ok=True)
    return max(sum(sizes) * BYTES_PER_IKM - shutil.disk_usage(folder).free, 0)
