"""The search field of every page: "/" leads to it, and a misspelt name finds its IKM."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_sign_in import sign_in
from tests.factories import make_ikm, make_user
from tests.wilayah_factory import make_wilayah_tree


@pytest.fixture
def ikm():
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"))
    return make_ikm(name="Anyaman Pandan Warsih", wilayah="33.29.01.2003")


def signed_in(page: Page) -> Page:
    sign_in(page, "petugas")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def find(page: Page, words: str) -> None:
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Anyaman Pandan Warsih").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anyaman Pandan Warsih")


def test_slash_leads_to_the_field_on_the_desk(desk, ikm):
    page = signed_in(desk)
    # The script that listens has arrived.
    page.wait_for_load_state("networkidle")

    page.keyboard.press("/")
    expect(page.locator("[data-search-key]")).to_be_focused()

    find(page, "anyamn pandan warsi")


def test_magnifier_leads_to_the_field_on_the_phone(phone, ikm):
    page = signed_in(phone)

    page.get_by_role("banner").get_by_role("link", name="Cari").click()
    expect(page.locator("#cari-semua")).to_be_focused()

    find(page, "anyamn pandan warsi")


def test_slash_that_is_typed_into_a_field_stays_there(desk, ikm):
    page = signed_in(desk)
    page.goto("/sentra/baru/", wait_until="networkidle")
    field = page.locator("[name=name]")

    field.press_sequentially("Batik/Tenun")

    expect(field).to_have_value("Batik/Tenun")
