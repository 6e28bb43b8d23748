import os
import pwd
import shutil
import tempfile
from pathlib import Path

import pytest

from ovop_site.embedded_postgres import account, cluster, server
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError


@pytest.fixture
def root(monkeypatch):
    """Whoever runs the tests counts as root; who is not has no other account for the server than the own one."""
    monkeypatch.setattr(account, "is_root", lambda: True)
    if os.geteuid() != 0:
        monkeypatch.setattr(account, "unprivileged_account", lambda: account.account_of(os.geteuid()))


@pytest.fixture
def system_folder(monkeypatch):
    """Stands for /var/lib/sentra-ovop."""
    path = Path(tempfile.mkdtemp(prefix="sentra-ovop-uji-sistem-"))
    monkeypatch.setattr(cluster, "SYSTEM_FOLDER", path)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def closed_folder(folder, monkeypatch):
    """A data folder on whose way only root can go, like a checkout below /root."""
    closed = folder / "tertutup"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(account, "can_enter", lambda owner, path: closed not in path.parents)
    return closed / "data"


def test_socket_path_is_short_however_deep_the_data_lie(tmp_path):
    deep = tmp_path.joinpath(*["sangat-dalam"] * 20)

    assert len(str(cluster.socket_folder(deep) / ".s.PGSQL.5432")) < 90


def test_two_names_of_one_folder_are_one_cluster(folder):
    (folder / "data").mkdir()
    (folder / "nama-lain").symlink_to(folder / "data")

    assert cluster.find_cluster(folder / "nama-lain") == cluster.find_cluster(folder / "data")


@pytest.mark.usefixtures("root")
def test_root_never_runs_the_server_itself(folder):
    found = cluster.find_cluster(folder)

    assert found.owner.pw_uid != 0
    assert found.data == folder / "postgres"


@pytest.mark.usefixtures("root")
def test_data_that_the_account_cannot_reach_live_in_the_system_folder(closed_folder, system_folder):
    found = cluster.find_cluster(closed_folder)

    assert found.data.parent.parent == system_folder
    assert closed_folder.parent.stat().st_mode & 0o777 == 0o700
    assert server.start(found, durable=False) is True
    server.stop(found)
    assert cluster.find_cluster(closed_folder) == found


@pytest.mark.usefixtures("root")
def test_existing_data_that_became_unreachable_are_never_left_behind(closed_folder, system_folder):
    (closed_folder / "postgres").mkdir(parents=True)

    with pytest.raises(EmbeddedPostgresError, match="tidak dapat masuk ke sana"):
        cluster.find_cluster(closed_folder)


@pytest.mark.usefixtures("root")
def test_programs_that_the_account_cannot_reach_are_copied(closed_folder, system_folder, monkeypatch):
    monkeypatch.setattr(account, "can_enter", lambda owner, path: str(system_folder) in str(path))

    found = cluster.find_cluster(closed_folder)

    assert system_folder in found.binaries.parents
    assert server.start(found, durable=False) is True
    server.stop(found)


@pytest.mark.usefixtures("root")
def test_owner_of_existing_data_runs_the_server(tmp_path, monkeypatch):
    monkeypatch.setattr(account, "owner_of", lambda data: pwd.getpwnam("daemon").pw_uid)

    assert account.server_account(tmp_path).pw_name == "daemon"


def test_folder_is_entered_as_the_account_that_runs_the_server(folder):
    """Looked at by that account itself: root would get in everywhere."""
    owner = cluster.find_cluster(folder).owner
    assert account.can_enter(owner, folder)

    (folder / "tertutup").mkdir(mode=0o000)

    assert not account.can_enter(owner, folder / "tertutup")
    (folder / "tertutup").rmdir()


def test_data_that_cannot_be_read_are_refused_in_a_sentence(folder, monkeypatch):
    """As after a copy that kept no modes; `access` stands in because nothing is closed to root."""
    (folder / "postgres").mkdir()
    monkeypatch.setattr(cluster.os, "access", lambda path, mode: False)

    with pytest.raises(EmbeddedPostgresError, match="postgres tidak dapat dibaca dan ditulisi"):
        cluster.find_cluster(folder)

    monkeypatch.undo()
    (folder / "postgres").rmdir()


def test_data_of_another_user_are_refused_in_a_sentence(folder, monkeypatch):
    (folder / "postgres").mkdir()
    monkeypatch.setattr(account.os, "geteuid", lambda: 4711)

    with pytest.raises(EmbeddedPostgresError, match="milik pengguna lain"):
        cluster.find_cluster(folder)

    monkeypatch.undo()
    (folder / "postgres").rmdir()
