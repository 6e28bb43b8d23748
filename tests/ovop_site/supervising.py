"""Supervisors in processes of their own, with a real database and whatever set-up and web a test gives them."""

import contextlib
import json
import os
import subprocess
import sys

import psutil
from django.conf import settings

RUNNER = """
import sys
from ovop_site import supervisor
supervisor.SET_UP = [sys.executable, "-c", {set_up!r}]
supervisor.WEB = [sys.executable, "-m", "gunicorn", {web!r}]
supervisor.SHORT_LIFE_SECONDS = {short_life}
supervisor.DAILY = [[sys.executable, "-c", {daily!r}]]
supervisor.FIRST_CLEANING_SECONDS = 0
supervisor.main()
"""


def begin(folder, port, *, set_up="", web="tests.ovop_site.tiny_web", short_life=10, daily=""):
    """A supervisor of the data in `folder`; what it says can be read from its output."""
    environment = os.environ | {
        "OVOP_DATA": str(folder),
        "PORT": str(port),
        "DATABASE_URL": "",
        "OVOP_HOST": "",
        "OVOP_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "ovop_site.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", RUNNER.format(set_up=set_up, web=web, short_life=short_life, daily=daily)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def family(pid):
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def kill(*processes):
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=5)


def web_pid(cluster):
    try:
        return json.loads((cluster.folder / "run.json").read_text())["web"]
    except (FileNotFoundError, KeyError):
        return 2**22 + 1


def await_line(process, words):
    """Read what the supervisor says until a line contains `words`."""
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"ended without saying {words!r}")
