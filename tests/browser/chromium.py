"""A Chromium for the browser tests: the one on the PATH, else Playwright's, else one that is installed now."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from ovop_site.embedded_postgres.locking import exclusively

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
INSTALL_SECONDS = 600
# Without these a browser looks up hosts of its maker at every start.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]


def launch_options(playwright: Playwright) -> dict:
    """The options with which Playwright starts the Chromium of this computer; fails where none can be had."""
    # SECURITY: Chromium has no sandbox for root; it only ever opens pages of the test server.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": find_or_install(playwright), "args": [*QUIET, "--disable-gpu", *sandbox]}


def find_or_install(playwright: Playwright) -> str:
    """The path of a Chromium; the processes of one test run install it once."""
    with exclusively(Path(tempfile.gettempdir(), f"sentra-ovop-chromium-{os.getuid()}.lock"), patience=INSTALL_SECONDS):
        path = find(playwright) or install(playwright)
    if path is None:
        pytest.fail(
            "Tes peramban memerlukan Chromium, dan tidak ada yang dapat dipasang otomatis.\n"
            "  Debian/Ubuntu: sudo apt install chromium\n"
            "  macOS dan lainnya: .venv/bin/playwright install chromium",
            pytrace=False,
        )
    return path


def find(playwright: Playwright) -> str | None:
    on_path = (shutil.which(name) for name in NAMES)
    elsewhere = (path for path in (*APPLICATIONS, playwright.chromium.executable_path) if Path(path).exists())
    return next((path for path in (*on_path, *elsewhere) if path), None)


def install(playwright: Playwright) -> str | None:
    """Debian's package for root, else the one Playwright downloads; None where neither works."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt("update")
        apt("install", "--yes", "--no-install-recommends", "chromium")
    if find(playwright) is None:
        quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    return find(playwright)


def apt(*arguments: str) -> None:
    quietly(["apt-get", "--quiet", *arguments], DEBIAN_FRONTEND="noninteractive")


def quietly(command: list[str], **environment: str) -> None:
    subprocess.run(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=INSTALL_SECONDS,
        check=False,
    )
