"""How long an embedded server lives: from the first process that needs it to the last that leaves.

Every process that relies on the server shares a lock. Whoever leaves last stops it; nobody stops it under another.
`make run` (ovop_site.supervisor) is the exception: it owns the server and stops it at its own end.
"""

import atexit
from pathlib import Path
from typing import IO

from ovop_site.embedded_postgres import locking, server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster, socket_folder

_shares: dict[Path, IO[str]] = {}


def ensure_running(folder: Path, *, database: str, durable: bool = True) -> None:
    """Have the server of `folder` answer until this process ends; cheap when it already does."""
    folder = folder.resolve()
    if folder in _shares and server.accepts_connections(socket_folder(folder)):
        return
    cluster = find_cluster(folder)
    if folder not in _shares:
        _shares[folder] = locking.share(cluster.users_lock)
        atexit.register(leave, cluster)
    server.start(cluster, database=database, durable=durable)


def leave(cluster: Cluster) -> None:
    """Say that this process needs the server no longer; stops it if nobody else does."""
    share = _shares.pop(cluster.folder, None)
    if share is None:
        return
    with share:
        if locking.leave(share):
            server.stop(cluster)
