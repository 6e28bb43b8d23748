"""The area field on the form of a new sentra: by keyboard, by finger, without signal, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from sentra.models import Sentra
from tests.browser.layout import sideways
from tests.browser.test_sign_in import sign_in
from tests.factories import make_branch, make_user
from tests.wilayah_factory import make_wilayah_tree

BENTARSARI = "Desa Bentarsari, Kec. Salem, Kab. Brebes"


@pytest.fixture
def people(site) -> None:
    make_wilayah_tree()
    make_branch()
    make_user("petugas", ("officer", "33.29"))


@pytest.fixture
def page(people, desk) -> Page:
    return enhanced(opened(desk))


def opened(page: Page) -> Page:
    """The form of a new sentra, opened by an officer of Kabupaten Brebes."""
    sign_in(page, "petugas")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/sentra/baru/")
    return page


def enhanced(page: Page) -> Page:
    """The same page once its script has taken the field over; what is typed earlier goes unnoticed."""
    expect(box(page)).to_have_role("combobox")
    return page


def box(page: Page):
    return page.locator("[name=wilayah_teks]")


def code(page: Page):
    return page.locator("[name=wilayah]")


def options(page: Page):
    """The areas that are offered; the options of ordinary selects are left out."""
    return page.get_by_role("listbox").get_by_role("option")


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_the_keyboard_alone_chooses_an_area(people, device, request):
    page = enhanced(opened(request.getfixturevalue(device)))
    field = box(page)
    field.press_sequentially("salem")
    areas = options(page)
    expect(areas.first).to_contain_text("Kec. Salem")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="wilayah")).to_be_visible()

    field.press("ArrowDown")
    expect(areas.nth(0)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", areas.nth(0).get_attribute("id"))
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowUp")
    expect(areas.last).to_have_attribute("aria-selected", "true")
    field.press("Home")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("salem")

    field.fill("bentarsari")
    expect(areas).to_have_count(1)
    field.press("Enter")
    field.press("Enter")
    expect(field).to_have_value(BENTARSARI)
    expect(code(page)).to_have_value("33.29.01.2003")
    expect(page).to_have_url(re.compile("/sentra/baru/$"))


def test_a_finger_chooses_an_area_and_finds_it_large_enough(people, phone):
    page = enhanced(opened(phone))
    box(page).fill("bumiayu")
    option = options(page).filter(has_text="Desa Bumiayu")
    expect(option).to_be_visible()

    assert option.bounding_box()["height"] >= 44
    assert sideways(page) == 0
    option.tap()

    expect(box(page)).to_have_value("Desa Bumiayu, Kec. Bumiayu, Kab. Brebes")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_typing_on_forgets_the_choice_and_typing_it_back_remembers_it(page):
    box(page).fill("bentarsari")
    options(page).first.click()
    expect(code(page)).to_have_value("33.29.01.2003")

    box(page).fill(BENTARSARI + "x")
    expect(code(page)).to_have_value("")
    box(page).fill(BENTARSARI)
    expect(code(page)).to_have_value("33.29.01.2003")


def test_what_was_not_chosen_is_said_in_the_field_and_by_the_server(page):
    box(page).fill("bumiayu")
    expect(options(page).first).to_be_visible()
    box(page).blur()
    expect(page.get_by_text("Belum dipilih. Pilih satu wilayah dari daftar.")).to_be_visible()

    page.get_by_role("button", name="Simpan sentra").click()

    expect(page.locator("#id_wilayah_error")).to_contain_text("Pilih wilayah dari daftar.")
    expect(box(enhanced(page))).to_have_value("bumiayu")
    box(page).focus()
    options(page).first.click()

    expect(page.locator("#id_wilayah_error")).to_have_count(0)
    expect(box(page)).not_to_have_attribute("aria-invalid", "true")


def test_what_was_not_found_is_said_above_the_bar(people, phone):
    page = enhanced(opened(phone))
    box(page).fill("zzzqq")
    sentence = page.get_by_text("Tidak ada wilayah bernama “zzzqq”")
    expect(sentence).to_be_visible()

    page.wait_for_function(
        "sentence => sentence.getBoundingClientRect().bottom <= "
        "document.querySelector('.so-act').getBoundingClientRect().top",
        arg=sentence.element_handle(),
    )


def test_without_a_connection_and_after_the_session_it_says_why(page):
    page.context.set_offline(True)
    box(page).fill("salem")
    expect(page.get_by_text("Tidak ada sambungan")).to_be_visible()

    page.context.set_offline(False)
    page.context.clear_cookies()
    box(page).fill("bentarsari")
    expect(page.get_by_text("Sesi Anda sudah berakhir.")).to_be_visible()


def test_an_answer_that_comes_late_does_not_overwrite_a_newer_one(page):
    held = []

    def hold_first(route):
        held.append(route) if "q=salem" in route.request.url else route.continue_()

    page.route("**/wilayah/cari/**", hold_first)
    with page.expect_request(lambda request: "q=salem" in request.url):
        box(page).fill("salem")
    box(page).fill("bentarsari")
    expect(options(page)).to_have_count(1)
    held[0].abort()

    expect(options(page)).to_have_text([re.compile("Desa Bentarsari")])


def test_without_javascript_a_search_step_keeps_everything_typed(people, browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = opened(context.new_page())
    page.fill("[name=name]", "Sale Pisang")
    page.fill("[name=commodity]", "Sale pisang")
    page.select_option("[name=branch]", "pangan")
    box(page).fill("salem brebes")

    page.get_by_role("button", name="Cari wilayah").first.click()

    expect(page.locator("[name=name]")).to_have_value("Sale Pisang")
    expect(page.locator("[name=branch]")).to_have_value("pangan")
    page.get_by_role("radio", name="Desa Bentarsari").check()
    page.get_by_role("button", name="Simpan sentra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sale Pisang")
    context.close()
    assert Sentra.objects.get().wilayah_id == "33.29.01.2003"
