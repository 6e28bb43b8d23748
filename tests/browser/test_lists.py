"""An IKM found by a misspelt name; a filter saved by one officer and opened by another. On the phone and the desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from sentra.models import SavedFilter
from tests.browser.test_sign_in import sign_in
from tests.factories import make_ikm, make_user
from tests.wilayah_factory import make_wilayah_tree


@pytest.fixture
def firms(site) -> None:
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"), name="Petugas Brebes")
    make_user("rekan", ("officer", "33.29.01"), name="Petugas Salem")
    make_ikm(name="Sale Pisang Bu Warsih", nib="9120004171234", wilayah="33.29.01.2003")
    make_ikm(name="Telur Asin Wetan", wilayah="33.29.01.2003")
    make_ikm(name="Bawang Goreng Bumiayu", wilayah="33.29.03.2005")


@pytest.fixture(params=["phone", "desk"])
def page(request, firms) -> Page:
    page = request.getfixturevalue(request.param)
    sign_in(page, "petugas")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def names(page: Page) -> list[str]:
    return page.locator("tbody th a").all_inner_texts()


def test_an_ikm_is_found_by_a_misspelt_name(page):
    page.goto("/ikm/")

    page.get_by_label("Cari nama IKM atau NIB").fill("sale pisag bu warsi")
    page.get_by_role("button", name="Cari", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("1 IKM di Kab. Brebes")
    assert names(page) == ["Sale Pisang Bu Warsih"]


def test_a_filter_is_saved_and_opened_by_a_colleague(page):
    page.goto("/ikm/")
    page.get_by_text("Saringan", exact=True).click()
    page.get_by_label("NIB", exact=True).select_option(label="Tanpa NIB")
    page.get_by_label("Urutan", exact=True).select_option(label="Nama Z–A")
    page.get_by_role("button", name="Terapkan saringan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 IKM di Kab. Brebes")
    assert names(page) == ["Telur Asin Wetan", "Bawang Goreng Bumiayu"]

    page.get_by_role("link", name="Simpan saringan ini").click()
    page.get_by_label("Nama saringan").fill("Perlu NIB")
    page.get_by_label("Bagikan kepada rekan").check()
    page.get_by_role("button", name="Simpan saringan").click()

    expect(page.get_by_role("link", name="Perlu NIB")).to_have_attribute("aria-current", "page")
    assert names(page) == ["Telur Asin Wetan", "Bawang Goreng Bumiayu"]

    page.context.clear_cookies()
    sign_in(page, "rekan")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"/saringan/{SavedFilter.objects.get().pk}/")

    expect(page).to_have_url(re.compile(r"/ikm/\?nib=tanpa&urut=-nama$"))
    assert names(page) == ["Telur Asin Wetan"]
