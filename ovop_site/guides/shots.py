"""The pictures of the guides: who looks at which page, on which device, after which steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Step = Callable[[Any], None]


@dataclass(frozen=True)
class Picture:
    """One picture. `part` is a selector of what is shown, empty: what fits on the screen; `steps` act on the page."""

    name: str
    device: str
    user: str
    path: str
    steps: tuple[Step, ...] = ()
    part: str = ""


def follow(words: str) -> Step:
    """Press the first link or summary with these words."""

    def step(page: Any) -> None:
        page.locator("a, summary, button").filter(has_text=words).locator("visible=true").first.click()
        page.wait_for_load_state("networkidle")

    return step


def open_first(selector: str) -> Step:
    """Follow the first link that `selector` finds."""

    def step(page: Any) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return step


ROW = "table a.so-whole"

PICTURES = (
    Picture("masuk", "ponsel", "", "/masuk/"),
    Picture("beranda-petugas", "ponsel", "petugas", "/"),
    Picture("sentra-baru", "ponsel", "petugas", "/sentra/baru/"),
    Picture("halaman-sentra", "ponsel", "petugas", "/sentra/", (follow("Sale Dukuh Kulon"),)),
    Picture(
        "angka-tahunan", "ponsel", "petugas", "/sentra/", (follow("Sale Dukuh Kulon"), open_first("a[href$='/angka/']"))
    ),
    Picture("saringan", "ponsel", "petugas", "/ikm/", (follow("Saringan"),)),
    Picture("cari", "ponsel", "petugas", "/cari/?q=sale"),
    Picture("lembar", "ponsel", "petugas", "/penilaian/?keadaan=draft", (open_first(ROW),)),
    Picture("beranda-verifikator", "meja", "verifikator", "/"),
    Picture("tinjau", "meja", "verifikator", "/penilaian/?keadaan=in_review", (open_first(ROW),)),
    Picture("keputusan", "meja", "verifikator", "/penilaian/?keadaan=decided", (open_first(ROW),)),
    Picture("daftar-ikm", "meja", "verifikator", "/ikm/"),
    Picture("kembar", "meja", "verifikator", "/kembar/"),
    Picture("pengguna", "meja", "verifikator", "/pengguna/"),
    Picture("admin", "meja", "admin", "/admin/"),
    Picture("instrumen", "meja", "admin", "/admin/assessment/instrument/", (open_first("#result_list tbody th a"),)),
    Picture("wilayah-berubah", "meja", "verifikator", "/wilayah/perubahan/"),
)
