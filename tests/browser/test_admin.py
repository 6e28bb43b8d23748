"""The admin in a real browser: its scripts keep to the Content Security Policy and speak Indonesian."""

from playwright.sync_api import Page, expect

from accounts.models import Duty
from assessment.models import Gate, Instrument
from tests.assessment.factories import make_instrument
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


def unfold(page: Page, table: str) -> None:
    """Open a long table of an editor page."""
    page.locator("summary", has_text=table).click()


def test_a_draft_is_copied_gets_a_row_and_a_gate_and_is_published(desk: Page):
    """The script of the form of a gate shows only what its condition and effect ask for, and sends no more."""
    make_wilayah_tree()
    make_user("admin", is_staff=True, is_superuser=True)
    published = make_instrument()
    faults: list[str] = []
    desk.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sign_in(desk, "admin")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    desk.goto(f"/admin/assessment/instrument/{published.pk}/change/")

    desk.get_by_role("link", name="Salin ke rancangan baru").click()
    desk.get_by_label("Versi").fill("2")
    desk.get_by_role("button", name="Buat rancangan").click()
    expect(desk.get_by_role("link", name="Terbitkan").first).to_be_visible()
    unfold(desk, "Ambang bintang")
    desk.get_by_role("button", name="Tambah Ambang bintang").click()
    desk.locator("#id_band_set-6-star").fill("6")
    desk.locator("#id_band_set-6-lowest").fill("99,5")
    desk.locator("#id_band_set-6-label").fill("bintang 6")
    desk.get_by_role("button", name="Simpan lalu lanjut mengubah").click()
    expect(desk.locator("#id_band_set-5-lowest")).to_have_value("99,50")

    unfold(desk, "Syarat")
    desk.get_by_role("link", name="Tambah syarat").click()
    for label, text in (
        ("Kode", "unit"),
        ("Nama", "Lima unit"),
        ("Kalimat", "Paling tinggi 3."),
        ("Cara memenuhi", "Ajak."),
    ):
        desk.get_by_label(f"{label}:").fill(text)
    desk.locator("#id_condition").select_option("indicator_above")
    desk.locator("#id_level").fill("2")
    desk.locator("#id_condition").select_option("units")
    expect(desk.locator("#id_level")).to_be_hidden()
    desk.get_by_label("Paling sedikit:").fill("5")
    desk.locator("#id_effect").select_option("cap_star")
    desk.get_by_label("Bintang tertinggi:").fill("3")
    desk.get_by_role("button", name="Simpan", exact=True).click()
    unfold(desk, "Syarat")
    expect(desk.get_by_role("link", name="Lima unit").first).to_be_visible()

    desk.get_by_role("link", name="Terbitkan").first.click()
    expect(desk.get_by_text("Baru: Lima unit")).to_be_visible()
    desk.get_by_role("button", name="Terbitkan").click()
    expect(desk.get_by_text("Instrumen ini terbit, jadi isinya hanya dapat dibaca.")).to_be_visible()
    gate = Gate.objects.get(code="unit")
    assert (gate.minimum, gate.level, gate.star) == (5, None, 3)
    assert Instrument.objects.get(version="2").state == "published"
    assert faults == []
