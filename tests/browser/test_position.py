"""The button that takes a position from the phone."""

import pytest
from playwright.sync_api import Page, expect

from sentra.models import Sentra
from tests.browser.test_sign_in import sign_in
from tests.factories import make_branch, make_user
from tests.wilayah_factory import make_wilayah_tree

BENTARSARI = {"latitude": -7.16842, "longitude": 108.80517}
# A phone whose position grows better, then worse again.
WAVERING = """
Object.defineProperty(navigator, "geolocation", { value: {
  watchPosition(found) {
    for (const accuracy of [150, 40.2, 60]) {
      found({ timestamp: Date.now(), coords: { latitude: -7 - accuracy / 1000, longitude: 108.8, accuracy } });
    }
    return 1;
  },
  clearWatch() {},
} });
"""
REFUSING = """
Object.defineProperty(navigator, "geolocation", { value: {
  watchPosition(found, failed) { failed({ code: 1 }); return 1; },
  clearWatch() {},
} });
"""


@pytest.fixture
def page(phone) -> Page:
    """The form of a new sentra, opened by an officer of Kabupaten Brebes."""
    make_wilayah_tree()
    make_branch()
    make_user("petugas", ("officer", "33.29"))
    sign_in(phone, "petugas")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    return phone


def save(page: Page) -> Sentra:
    page.fill("[name=name]", "Sale Pisang")
    page.fill("[name=commodity]", "Sale pisang")
    page.select_option("[name=branch]", "pangan")
    page.locator("[name=wilayah_teks]").fill("Bentarsari")
    page.get_by_role("option", name="Desa Bentarsari").click()
    page.get_by_role("button", name="Simpan sentra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sale Pisang")
    return Sentra.objects.get()


def test_position_is_taken_with_its_accuracy_in_words(page):
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(BENTARSARI | {"accuracy": 7.4})
    page.goto("/sentra/baru/")

    page.get_by_role("button", name="Ambil posisi").click()

    report = page.locator("[data-position-report]")
    expect(report).to_contain_text("Ketelitian ± 8 m: baik")
    expect(report).to_contain_text("−7,16842; 108,80517")
    expect(page.get_by_role("button", name="Ambil ulang posisi")).to_be_visible()
    sentra = save(page)
    assert (str(sentra.latitude), str(sentra.longitude), sentra.accuracy, sentra.position_source) == (
        "-7.168420",
        "108.805170",
        8,
        "gps",
    )


def test_position_typed_over_is_by_hand(page):
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(BENTARSARI | {"accuracy": 5})
    page.goto("/sentra/baru/")
    page.get_by_role("button", name="Ambil posisi").click()
    expect(page.locator("[data-position-report]")).to_contain_text("baik")

    page.get_by_text("Isi koordinat sendiri").click()
    page.fill("[name=latitude]", "-7.2")

    expect(page.locator("[data-position-report]")).to_be_empty()
    sentra = save(page)
    assert (str(sentra.latitude), sentra.accuracy, sentra.position_source) == ("-7.200000", None, "manual")


def test_best_of_several_fixes_counts_and_can_be_accepted_early(page):
    page.add_init_script(WAVERING)
    page.goto("/sentra/baru/")

    page.get_by_role("button", name="Ambil posisi").click()
    page.get_by_role("button", name="Cukup, pakai posisi ini").click()

    expect(page.locator("[data-position-report]")).to_contain_text("Ketelitian ± 41 m: cukup")
    assert page.input_value("[name=latitude]") == "-7,040200"


def test_refused_permission_says_how_to_give_it_and_opens_the_fields(page):
    page.add_init_script(REFUSING)
    page.goto("/sentra/baru/")

    page.get_by_role("button", name="Ambil posisi").click()

    expect(page.get_by_text("Izin lokasi ditolak")).to_be_visible()
    expect(page.locator("[name=latitude]")).to_be_visible()
