"""`make screenshots`: the pictures of the guides, taken of a fresh demo in Chromium.

1. The demo is started in a folder of its own, `.data/gambar`, emptied before. 2. Each picture of `shots.PICTURES` is
taken as the person it names, on the phone or on the desk. 3. It is written to `docs/img/panduan/` with 128 colours, a
third of the bytes. Dates in the pictures are those of the day.
"""

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from ovop_site.demo import PASSWORD
from ovop_site.guides.shots import PICTURES, Picture

BASE_DIR = Path(__file__).resolve().parent.parent.parent
FOLDER = BASE_DIR / "docs" / "img" / "panduan"
DATA = BASE_DIR / ".data" / "gambar"
CHROMIUM = ("chromium", "google-chrome", "chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DEVICES = {
    "ponsel": {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 1.5, "has_touch": True},
    "meja": {"viewport": {"width": 1200, "height": 760}},
}
COLOURS = 128


def main() -> None:
    """Take those pictures whose names are given as arguments, or all."""
    wanted = [picture for picture in PICTURES if not sys.argv[1:] or picture.name in sys.argv[1:]]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        for picture in wanted:
            take(browser, address, picture)
            sys.stdout.write(f"{picture.name}\n")
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """The address of a fresh demo while the block runs."""
    shutil.rmtree(DATA, ignore_errors=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"OVOP_DEMO": "1", "OVOP_DATA": str(DATA), "PORT": str(port), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "ovop_site.supervisor"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True) as supervisor:
        try:
            await_ready(supervisor)
            yield f"http://127.0.0.1:{port}"
        finally:
            supervisor.send_signal(signal.SIGTERM)
            supervisor.communicate()


def await_ready(supervisor: subprocess.Popen[str]) -> None:
    for line in supervisor.stdout:
        if "siap di" in line:
            return
    sys.exit("Contoh tidak mau mulai; lihat pesan di atas.")


def take(browser: Browser, address: str, picture: Picture) -> None:
    context = browser.new_context(
        base_url=address, locale="id-ID", timezone_id="Asia/Jakarta", **DEVICES[picture.device]
    )
    page = context.new_page()
    if picture.user:
        sign_in(page, picture.user)
    page.goto(picture.path, wait_until="networkidle")
    for step in picture.steps:
        step(page)
    page.wait_for_load_state("networkidle")
    shown = page.locator(picture.part) if picture.part else page
    write(picture.name, shown.screenshot())
    context.close()


def sign_in(page: Page, user: str) -> None:
    page.goto("/masuk/")
    page.locator("[name=login]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/")


def write(name: str, content: bytes) -> None:
    picture = Image.open(io.BytesIO(content)).convert("RGB").quantize(COLOURS)
    picture.save(FOLDER / f"{name}.png", optimize=True)


def program() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or sys.exit("Chromium tidak ditemukan. Debian/Ubuntu: sudo apt install chromium")


if __name__ == "__main__":
    main()
