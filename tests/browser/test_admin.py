"""The admin in a real browser: its scripts keep to the Content Security Policy and speak Indonesian."""

from playwright.sync_api import Page, expect

from accounts.models import Duty
from tests.browser.test_sign_in import sign_in
from tests.factories import PASSWORD, make_user
from tests.wilayah_factory import make_wilayah_tree


def test_an_account_gets_a_duty_in_an_area_found_by_typing(desk: Page):
    make_wilayah_tree()
    make_user("admin", is_staff=True, is_superuser=True)
    faults: list[str] = []
    desk.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sign_in(desk, "admin")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    desk.goto("/admin/accounts/user/add/")

    desk.get_by_label("Nama pengguna").fill("siti")
    desk.get_by_label("Kata sandi", exact=False).first.fill(PASSWORD)
    desk.get_by_label("Ulangi kata sandi").fill(PASSWORD)
    desk.get_by_role("button", name="Tambah Tugas").click()
    desk.locator("#id_duty_set-0-role").select_option("Verifikator")
    area = desk.get_by_role("combobox", name="Wilayah tugas: Ketik untuk mencari wilayah tugas")
    area.click()
    desk.get_by_role("searchbox").last.fill("salem brebes")
    desk.get_by_role("option", name="Kec. Salem, Kab. Brebes, Jawa Tengah", exact=True).click()
    desk.locator("#id_duty_set-0-valid_from + .datetimeshortcuts .date-icon").click()
    calendar = desk.locator(".calendarbox:visible")
    expect(calendar).to_contain_text("Kemarin")
    calendar.get_by_role("link", name="Hari ini").click()
    desk.get_by_role("button", name="Simpan", exact=True).click()

    expect(desk.get_by_role("listitem").filter(has_text="sudah ditambahkan")).to_be_visible()
    duty = Duty.objects.get()
    assert (duty.user.username, duty.role, duty.wilayah_id) == ("siti", "verifier", "33.29.01")
    assert faults == []
