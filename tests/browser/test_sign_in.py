from playwright.sync_api import expect

from tests.browser.layout import sideways
from tests.factories import PASSWORD, make_user


def sign_in(page, name: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna atau surel").fill(name)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_officer_signs_in_on_a_phone(phone):
    make_user("petugas", name="Ibu Tarsih")

    sign_in(phone, "petugas")

    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert phone.url.endswith("/")
    assert sideways(phone) == 0
