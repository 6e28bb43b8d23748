"""Pages on paper: A4 with the dinas above, without what only a screen needs, and a list with its filter in words."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.layout import sideways
from tests.browser.test_sign_in import sign_in
from tests.factories import make_certificate, make_ikm, make_user
from tests.wilayah_factory import make_wilayah_tree

# A4 without its margins, in pixels of CSS.
A4 = {"width": 672, "height": 960}
ON_SCREEN_ONLY = ".so-spine, .so-nav, .so-act, .so-fab, .so-foot, .so-chip, .so-back, form, .btn"
EVERY_COLUMN = "sentra,cabang,nib,produk,keadaan,kelas,bentuk,kbli,posisi,diubah,dicatat"


@pytest.fixture
def ikm(site):
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"))
    ikm = make_ikm(name="Sale Pisang Bu Warsih", wilayah="33.29.01.2003")
    make_certificate(ikm=ikm)
    return ikm


@pytest.fixture
def paper(desk, ikm) -> Page:
    """A page as it is printed, by somebody whose screen is dark."""
    sign_in(desk, "petugas")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    desk.set_viewport_size(A4)
    desk.emulate_media(media="print", color_scheme="dark")
    return desk


def paper_widths(page: Page) -> set[str]:
    """Of the printed pages, in points."""
    printed = page.pdf(prefer_css_page_size=True)
    return {width.decode() for width in re.findall(rb"/MediaBox \[0 0 (\d+)", printed)}


@pytest.mark.parametrize("part", ["ikm/", "ikm/{pk}/"])
def test_paper_names_the_dinas_and_has_nothing_to_press(paper, ikm, part):
    paper.goto(f"/{part.format(pk=ikm.pk)}")

    expect(paper.get_by_text("Dinas perindustrian Kabupaten Brebes")).to_be_visible()
    expect(paper.get_by_text(re.compile("/ikm/.*, dicetak "))).to_be_visible()
    expect(paper.locator(ON_SCREEN_ONLY).filter(visible=True)).to_have_count(0)
    expect(paper.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert sideways(paper) == 0
    assert paper_widths(paper) == {"594"}


def test_a_list_says_what_was_filtered(paper):
    paper.goto("/ikm/?q=sale&nib=tanpa&urut=-nama")

    expect(paper.get_by_text("Pencarian “sale”. Saringan: NIB: Tanpa NIB. Urutan: Nama Z–A.")).to_be_visible()
    expect(paper.get_by_role("columnheader", name="Cabang")).to_be_visible()


def test_a_list_of_many_columns_lies_across(paper):
    paper.goto(f"/ikm/?kolom={EVERY_COLUMN}")

    assert paper_widths(paper) == {"841"}
