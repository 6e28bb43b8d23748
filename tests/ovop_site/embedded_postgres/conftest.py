"""Real servers in folders of their own; each test leaves neither process nor file."""

import shutil
import tempfile
from pathlib import Path

import pytest

from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster


@pytest.fixture
def folder():
    """A folder that the account of the server can reach, unlike pytest's `tmp_path` under root."""
    path = Path(tempfile.mkdtemp(prefix="sentra-ovop-uji-"))
    path.chmod(0o755)
    yield path
    if (path / "postgres").exists():
        server.stop(find_cluster(path))
    shutil.rmtree(path)


@pytest.fixture
def cluster(folder) -> Cluster:
    return find_cluster(folder)
