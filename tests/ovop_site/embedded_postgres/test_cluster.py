import shutil
import tempfile
from pathlib import Path

import pytest

from ovop_site.embedded_postgres import account, cluster, server
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError

needs_root = pytest.mark.skipif(not account.is_root(), reason="about a server that root starts")


@pytest.fixture
def system_folder(monkeypatch):
    """Stands for /var/lib/sentra-ovop."""
    path = Path(tempfile.mkdtemp(prefix="sentra-ovop-uji-sistem-"))
    monkeypatch.setattr(cluster, "SYSTEM_FOLDER", path)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def closed_folder(folder):
    """A data folder on whose way only root can go, like a checkout below /root."""
    (folder / "tertutup").mkdir(mode=0o700)
    return folder / "tertutup" / "data"


def test_socket_path_is_short_however_deep_the_data_lie(tmp_path):
    deep = tmp_path.joinpath(*["sangat-dalam"] * 20)

    assert len(str(cluster.socket_folder(deep) / ".s.PGSQL.5432")) < 90


def test_two_names_of_one_folder_are_one_cluster(folder):
    (folder / "data").mkdir()
    (folder / "nama-lain").symlink_to(folder / "data")

    assert cluster.find_cluster(folder / "nama-lain") == cluster.find_cluster(folder / "data")


@needs_root
def test_root_never_runs_the_server_itself(folder):
    found = cluster.find_cluster(folder)

    assert found.owner.pw_uid != 0
    assert found.data == folder / "postgres"


@needs_root
def test_data_that_the_account_cannot_reach_live_in_the_system_folder(closed_folder, system_folder):
    found = cluster.find_cluster(closed_folder)

    assert found.data.parent.parent == system_folder
    assert closed_folder.parent.stat().st_mode & 0o777 == 0o700
    assert server.start(found, durable=False) is True
    server.stop(found)
    assert cluster.find_cluster(closed_folder) == found


@needs_root
def test_existing_data_that_became_unreachable_are_never_left_behind(closed_folder, system_folder):
    (closed_folder / "postgres").mkdir(parents=True)

    with pytest.raises(EmbeddedPostgresError, match="tidak dapat masuk ke sana"):
        cluster.find_cluster(closed_folder)


@needs_root
def test_programs_that_the_account_cannot_reach_are_copied(closed_folder, system_folder, monkeypatch):
    monkeypatch.setattr(cluster.account, "can_enter", lambda owner, path: str(system_folder) in str(path))

    found = cluster.find_cluster(closed_folder)

    assert system_folder in found.binaries.parents
    assert server.start(found, durable=False) is True
    server.stop(found)


@needs_root
def test_owner_of_existing_data_runs_the_server(folder):
    (folder / "postgres").mkdir()
    shutil.chown(folder / "postgres", "daemon")

    assert cluster.find_cluster(folder).owner.pw_name == "daemon"


def test_data_of_another_user_are_refused_in_a_sentence(folder, monkeypatch):
    (folder / "postgres").mkdir()
    monkeypatch.setattr(account.os, "geteuid", lambda: 4711)

    with pytest.raises(EmbeddedPostgresError, match="milik pengguna lain"):
        cluster.find_cluster(folder)

    monkeypatch.undo()
    (folder / "postgres").rmdir()
