"""Real database servers in folders of their own; each test leaves neither process nor file."""

import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster
from tests.ovop_site import supervising


def make_folder() -> Path:
    """A folder that the account of the server can reach, unlike pytest's `tmp_path` under root."""
    path = Path(tempfile.mkdtemp(prefix="sentra-ovop-uji-"))
    path.chmod(0o755)
    return path


def remove_folder(path: Path) -> None:
    if (path / "postgres").exists():
        server.stop(find_cluster(path))
    shutil.rmtree(path)


@pytest.fixture
def folder():
    """An empty data folder."""
    path = make_folder()
    yield path
    remove_folder(path)


@pytest.fixture(scope="package")
def used_folder():
    """A data folder on which a server has run; all tests of this package share it, since initdb takes its time."""
    path = make_folder()
    server.start(find_cluster(path), durable=False)
    yield path
    remove_folder(path)


@pytest.fixture
def cluster(used_folder) -> Cluster:
    """A cluster that has run before and is stopped; a test that spoils its data mends them."""
    found = find_cluster(used_folder)
    server.stop(found)
    yield found
    server.stop(found)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def supervise(cluster, port):
    """`supervise()` starts a supervisor; whatever is left of it after the test is killed."""
    started = []

    def begin(port=port, **parts):
        started.append(supervising.begin(cluster.folder, port, **parts))
        return started[-1]

    yield begin
    for process in started:
        supervising.kill(*supervising.family(process.pid))
        process.wait()
        process.stdout.close()
    supervising.kill(*supervising.family(supervising.web_pid(cluster)))
