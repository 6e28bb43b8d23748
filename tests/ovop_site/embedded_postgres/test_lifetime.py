"""Each helper is a process of its own, as two commands in two windows are."""

import subprocess
import sys

import pytest
from django.conf import settings

from ovop_site.embedded_postgres import server

HELPER = """
import sys
from pathlib import Path
from ovop_site.embedded_postgres import lifetime
lifetime.ensure_running(Path(sys.argv[1]), database="ovop", durable=False)
print("siap", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def helper(cluster):
    """`helper()` is a running process that uses the server; closing its input ends it."""
    helpers = []

    def begin() -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", HELPER, str(cluster.folder)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout.readline() == b"siap\n"
        helpers.append(process)
        return process

    yield begin
    for process in helpers:
        process.kill()
        process.communicate()


def end(process: subprocess.Popen) -> None:
    process.communicate()
    assert process.returncode == 0


def test_who_started_the_server_stops_it(cluster, helper):
    first = helper()
    assert server.is_running(cluster)

    end(first)

    assert not server.is_running(cluster)


def test_nobody_stops_it_under_another(cluster, helper):
    first, second = helper(), helper()

    end(first)
    assert server.is_running(cluster)

    end(second)
    assert not server.is_running(cluster)


def test_killed_helper_is_not_counted_any_more(cluster, helper):
    first = helper()
    first.kill()
    first.wait()
    assert server.is_running(cluster)

    end(helper())

    assert not server.is_running(cluster)
