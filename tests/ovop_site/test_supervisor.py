"""Each supervisor is a process of its own with a real database; set-up and pages are the smallest there can be."""

import os
import signal
import socket
import time
from http.client import HTTPConnection

import psutil
import pytest

from ovop_site.embedded_postgres import server
from tests.ovop_site.supervising import await_line, family, kill, web_pid


def answers(port):
    page = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", "/")
        return page.getresponse().read() == b"sehat\n"
    except OSError:
        return False
    finally:
        page.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_web_and_database(cluster, supervise, port, number):
    supervisor = supervise()
    await_line(supervisor, f"siap di http://127.0.0.1:{port}/")
    assert answers(port)
    assert server.is_running(cluster)

    supervisor.send_signal(number)
    supervisor.send_signal(number)

    assert supervisor.wait(20) == 0
    assert "Sentra OVOP sudah berhenti." in supervisor.stdout.read()
    assert not answers(port)
    assert not server.is_running(cluster)
    assert not (cluster.folder / "run.json").exists()


def test_signal_during_set_up_stops_the_database(cluster, supervise):
    supervisor = supervise(set_up="import time; print('mulai', flush=True); time.sleep(60)")
    await_line(supervisor, "mulai")

    supervisor.send_signal(signal.SIGINT)

    assert supervisor.wait(20) == 0
    assert not server.is_running(cluster)


def test_killed_database_is_started_again(cluster, supervise, port):
    supervisor = supervise()
    await_line(supervisor, "siap di")

    os.kill(server.postmaster_pid(cluster), signal.SIGKILL)

    await_line(supervisor, "Basis data berhenti sendiri dan dijalankan lagi.")
    deadline = time.monotonic() + 20
    while not server.accepts_connections(cluster.socket) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.is_running(cluster)
    assert answers(port)


def test_cleaning_is_done_while_the_web_goes_on(cluster, supervise, port):
    note = cluster.folder / "dibersihkan"
    supervisor = supervise(daily=f"open({str(note)!r}, 'a').write('sekali'); import time; time.sleep(60)")
    await_line(supervisor, "siap di")

    deadline = time.monotonic() + 20
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert answers(port)
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(20) == 0
    assert note.read_text() == "sekali"
    note.unlink()


def test_cleaning_that_fails_is_left_for_tomorrow(supervise, port):
    supervisor = supervise(daily="raise SystemExit('rusak')")

    await_line(supervisor, "rusak")

    assert answers(port)


def test_start_after_everything_was_killed(cluster, supervise, port):
    first = supervise()
    await_line(first, "siap di")
    kill(*family(first.pid), *family(server.postmaster_pid(cluster)))

    await_line(supervise(), "siap di")

    assert answers(port)


def test_start_after_only_the_supervisor_was_killed(cluster, supervise, port):
    first = supervise()
    await_line(first, "siap di")
    database, web = server.postmaster_pid(cluster), web_pid(cluster)
    first.kill()
    first.wait()
    assert answers(port)

    await_line(supervise(), "siap di")

    assert server.postmaster_pid(cluster) == database
    assert not psutil.pid_exists(web) or psutil.Process(web).status() == psutil.STATUS_ZOMBIE
    assert answers(port)


def test_second_supervisor_of_the_same_data_is_refused(supervise, port):
    await_line(supervise(), "siap di")

    second = supervise(port=port + 1)

    assert f"sudah berjalan di http://127.0.0.1:{port}" in second.communicate()[0]
    assert second.returncode == 1


def test_port_in_use_is_told_with_another_to_try(cluster, supervise, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        supervisor = supervise()
        said = supervisor.communicate()[0]

    assert f"http://127.0.0.1:{port} tidak dapat dipakai" in said
    assert f"make run PORT={port + 1}" in said
    assert supervisor.returncode == 1
    assert not server.is_running(cluster)


def test_set_up_that_fails_ends_everything(cluster, supervise):
    supervisor = supervise(set_up="raise SystemExit('rusak')")

    said = supervisor.communicate()[0]

    assert said.startswith("rusak\nPersiapan belum selesai")
    assert supervisor.returncode == 1
    assert not server.is_running(cluster)


def test_web_that_cannot_start_ends_everything(cluster, supervise):
    supervisor = supervise(web="tests.ovop_site.tidak_ada")

    said = supervisor.communicate()[0]

    assert "Server web berhenti segera setelah mulai" in said
    assert "siap di" not in said
    assert supervisor.returncode == 1
    assert not server.is_running(cluster)


def test_web_that_dies_later_is_started_again(cluster, supervise, port):
    supervisor = supervise(short_life=0)
    await_line(supervisor, "siap di")

    kill(*family(web_pid(cluster)))

    await_line(supervisor, "Server web berhenti sendiri dan dijalankan lagi.")
    await_line(supervisor, "siap di")
    assert answers(port)
