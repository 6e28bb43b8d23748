"""From a verifikator who makes an account to the petugas who signs in with the code that was read out."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.layout import press, sideways
from tests.browser.test_sign_in import sign_in
from tests.factories import make_user
from tests.wilayah_factory import make_wilayah_tree


@pytest.fixture(params=["phone", "desk"])
def page(request, site) -> Page:
    return request.getfixturevalue(request.param)


def test_an_officer_is_made_given_a_code_and_signs_in_with_it(page: Page):
    make_wilayah_tree()
    make_user("verifikator", ("verifier", "33.29"), name="Pak Wardi")
    sign_in(page, "verifikator")
    page.get_by_role("link", name="Pengguna").click()
    press(page.get_by_role("link", name="Petugas baru"))
    assert sideways(page) == 0
    page.get_by_label("Nama lengkap").fill("Siti Aminah")
    page.get_by_role("combobox", name="Wilayah tugas").fill("salem")
    page.get_by_role("option", name="Kec. Salem").first.click()
    page.get_by_role("button", name="Buat akun petugas").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Aminah")
    expect(page.get_by_role("main")).to_contain_text("Nama penggunanya: siti.aminah.")
    assert sideways(page) == 0
    page.get_by_role("link", name="Buat kode masuk").click()
    page.get_by_role("button", name="Buat kode masuk").click()
    code = page.get_by_role("definition").last.inner_text()
    assert sideways(page) == 0
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Masih ada kode yang belum dipakai")
    expect(page.get_by_role("main")).not_to_contain_text(code)
    page.context.clear_cookies()

    page.goto("/masuk/kode/")
    page.get_by_label("Nama pengguna").fill("siti.aminah")
    page.get_by_label("Kode", exact=True).fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.locator("[name=password1]").fill("tenun-ikat-33")
    page.locator("[name=password2]").fill("tenun-ikat-33")
    press(page.get_by_role("button", name="Simpan"))
    page.goto("/sentra/baru/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Sentra baru")
    siti = User.objects.get(username="siti.aminah")
    assert siti.check_password("tenun-ikat-33")
    assert siti.duty_set.get().wilayah_id == "33.29.01"
