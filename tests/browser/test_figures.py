"""Yearly figures on the phone: a table of many years moves in its own frame, the page does not."""

from playwright.sync_api import Page, expect

from tests.browser.layout import sideways
from tests.browser.test_sign_in import sign_in
from tests.factories import make_figures, make_sentra, make_user
from tests.wilayah_factory import make_wilayah_tree


def test_table_of_many_years_does_not_widen_the_page(phone: Page):
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"))
    sentra = make_sentra(name="Sale Pisang", wilayah="33.29.01.2003")
    make_figures(sentra=sentra, year=2019, units=5)
    for year in range(2020, 2024):
        make_figures(sentra=sentra, year=year, production_value=1_250_000_000)
    sign_in(phone, "petugas")

    phone.goto(sentra.get_absolute_url())

    expect(phone.get_by_role("region", name="Tabel angka tahunan")).to_contain_text("2019")
    assert sideways(phone) == 0
