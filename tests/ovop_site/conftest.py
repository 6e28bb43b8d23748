"""Real database servers in folders of their own; each test leaves neither process nor file."""

import shutil
import tempfile
from pathlib import Path

import pytest

from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster


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
