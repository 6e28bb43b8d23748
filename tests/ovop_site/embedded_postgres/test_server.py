import os
import signal
import subprocess
import threading
import time

import psycopg
import pytest

from ovop_site.embedded_postgres import server
from ovop_site.embedded_postgres.cluster import find_cluster
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError


def query(cluster, sql, **parameters):
    """The first column of the first row, asked as the application asks."""
    with psycopg.connect(
        **server.connection_parameters(cluster) | {"dbname": "ovop"} | parameters, autocommit=True
    ) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def kill_postmaster(cluster):
    """As a power cut does it: nobody is asked, nothing is tidied up."""
    pid = server.postmaster_pid(cluster)
    os.kill(pid, signal.SIGKILL)
    while server.is_running(cluster):
        time.sleep(0.01)


def test_first_start_then_stop(folder):
    cluster = find_cluster(folder)

    assert server.start(cluster, durable=False) is True
    assert server.start(cluster, durable=False) is False
    assert server.is_running(cluster)
    assert query(cluster, "SELECT current_user || '@' || current_database()") == "ovop@ovop"

    server.stop(cluster)
    server.stop(cluster)

    assert not server.is_running(cluster)
    assert not cluster.socket.exists()


def test_application_role_is_no_superuser_and_may_make_test_databases(cluster):
    server.start(cluster, durable=False)

    role = query(cluster, "SELECT ARRAY[rolsuper, rolcreatedb] FROM pg_roles WHERE rolname = current_user")

    assert role == [False, True]


def test_text_sorts_by_code_point_and_knows_upper_case_beyond_ascii(cluster):
    server.start(cluster, durable=False)

    assert query(cluster, "SELECT upper('kafé')") == "KAFÉ"
    assert query(cluster, "SELECT 'B' < 'a'") is True


def test_data_survive_a_killed_server(cluster):
    server.start(cluster)
    query(cluster, "DROP TABLE IF EXISTS tersimpan")
    query(cluster, "CREATE TABLE tersimpan AS SELECT 511 AS unit")

    kill_postmaster(cluster)

    assert server.start(cluster) is True
    assert query(cluster, "SELECT unit FROM tersimpan") == 511


def test_pid_of_a_killed_server_that_now_belongs_to_another_process(cluster):
    """After a reboot the process numbers begin anew, and PostgreSQL alone would refuse to start."""
    server.start(cluster, durable=False)
    pid_file = cluster.data / "postmaster.pid"
    remembered = pid_file.read_text()
    server.stop(cluster)
    with subprocess.Popen(["sleep", "60"]) as other:
        pid_file.write_text(remembered.replace(remembered.split("\n")[0], str(other.pid), 1))

        assert not server.is_running(cluster)
        assert server.start(cluster, durable=False) is True

        other.kill()


def test_pid_file_that_a_power_cut_left_empty_is_no_obstacle(cluster):
    (cluster.data / "postmaster.pid").touch()

    assert server.start(cluster, durable=False) is True


def test_interrupted_initdb_is_begun_anew(folder):
    draft = folder / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    assert server.start(find_cluster(folder), durable=False) is True
    assert not draft.exists()


def test_two_first_starts_at_once_make_one_server(folder):
    cluster = find_cluster(folder)
    results = []
    threads = [threading.Thread(target=lambda: results.append(server.start(cluster, durable=False))) for _ in range(3)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False, False, True]


def test_data_of_another_version_is_refused_and_left_alone(cluster):
    (cluster.data / "PG_VERSION").write_text("15\n")

    with pytest.raises(EmbeddedPostgresError, match="dibuat oleh PostgreSQL versi 15, sedangkan yang terpasang versi"):
        server.start(cluster, durable=False)

    assert (cluster.data / "PG_VERSION").read_text() == "15\n"
    (cluster.data / "PG_VERSION").write_text("18\n")


def test_failed_start_shows_the_log(cluster):
    configuration = cluster.data / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text(before + "shared_buffers = 'banyak'\n")

    with pytest.raises(
        EmbeddedPostgresError, match='(?s)tidak mau mulai.*invalid value for parameter "shared_buffers"'
    ):
        server.start(cluster, durable=False)

    configuration.write_text(before)


def test_socket_folder_of_somebody_else_is_refused(cluster):
    cluster.socket.symlink_to("/var")
    try:
        with pytest.raises(EmbeddedPostgresError, match="bukan folder milik pengguna"):
            server.start(cluster, durable=False)
    finally:
        cluster.socket.unlink()


def test_variables_of_other_servers_change_nothing(cluster, monkeypatch):
    monkeypatch.setenv("PGDATA", "/nonexistent")
    monkeypatch.setenv("PGPORT", "9")
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")

    assert server.start(cluster, durable=False) is True


def test_connection_to_an_impostor_is_refused(cluster):
    """The socket lies below /tmp; only the account that owns the data may stand behind it."""
    server.start(cluster, durable=False)

    with pytest.raises(psycopg.OperationalError, match="requirepeer"):
        query(cluster, "SELECT 1", requirepeer="daemon")


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "berkas").write_text("")

    with pytest.raises(EmbeddedPostgresError, match="Folder data .*/berkas/data tidak dapat dibuat"):
        find_cluster(tmp_path / "berkas" / "data")
