"""The summary of errors takes the focus, but never from somebody who types already."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_sign_in import sign_in
from tests.factories import make_user
from tests.wilayah_factory import make_wilayah_tree


@pytest.fixture
def page(phone) -> Page:
    """The empty form of a new sentra."""
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"))
    sign_in(phone, "petugas")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.goto("/sentra/baru/")
    return phone


def save(page: Page) -> None:
    page.get_by_role("button", name="Simpan sentra").click()


def test_summary_takes_the_focus(page):
    save(page)

    expect(page.locator("[data-error-focus]")).to_be_focused()


def test_script_that_comes_late_leaves_the_focus_in_the_field(page):
    held: list[Route] = []
    page.route("**/error-focus*.js", lambda route: held.append(route))
    with page.expect_request("**/error-focus*.js"):
        save(page)
    name = page.locator("[name=name]")
    name.press_sequentially("Sale")

    with page.expect_response("**/error-focus*.js"):
        held.pop().continue_()

    page.wait_for_load_state("networkidle")
    expect(name).to_be_focused()
