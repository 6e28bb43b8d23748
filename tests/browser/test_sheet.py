"""The score sheet saves itself: at every change, without losing focus, words or anything typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessment import sheets
from assessment.models import Assessment, Evidence, Score
from tests.assessment.factories import attach, fill_all, start_assessment
from tests.browser.test_sign_in import sign_in
from tests.factories import make_user
from tests.files.samples import jpeg
from tests.wilayah_factory import make_wilayah_tree

SAVED = re.compile(r"Tersimpan \d\d\.\d\d")


@pytest.fixture
def assessment(site) -> Assessment:
    make_wilayah_tree()
    return start_assessment(officer=make_user("petugas", ("officer", "33.29")))


@pytest.fixture
def sheet(phone, assessment) -> Page:
    """The sheet of `assessment` on the phone of its officer, its script running."""
    sign_in(phone, "petugas")
    phone.goto(f"/penilaian/{assessment.pk}/lembar/")
    expect(phone.locator("[data-sheet].so-saves-itself")).to_be_visible()
    return phone


def score(code: str) -> Score:
    return Score.objects.get(indicator__code=code)


def choose(page: Page, code: str, level: int) -> None:
    page.locator(f"[name='{code}-level'][value='{level}']").check()


def saved(page: Page):
    return page.locator("[data-saved]")


def test_level_is_saved_and_the_points_follow(sheet):
    choose(sheet, "1.2", 4)

    expect(saved(sheet)).to_have_text(SAVED)
    expect(sheet.get_by_role("heading", name="32,00 poin sementara")).to_be_visible()
    expect(sheet.locator("[data-part='head-1.2']")).to_contain_text("32,00 dari 40 poin")
    expect(sheet.locator("[data-part='summary']")).to_contain_text("3 indikator belum dinilai")
    assert score("1.2").level == 4


def test_typing_goes_on_while_it_is_saved(sheet):
    note = sheet.locator("[name='1.1-note']")
    note.press_sequentially("SK bupati")
    expect(saved(sheet)).to_have_text(SAVED)
    note.press_sequentially(" dan RPJMD")

    expect(note).to_be_focused()
    expect(note).to_have_value("SK bupati dan RPJMD")
    note.blur()
    expect(saved(sheet)).to_have_text(SAVED)
    sheet.wait_for_function("() => document.querySelector('[name=\"1.1-base_note\"]').value.endsWith('RPJMD')")
    assert score("1.1").note == "SK bupati dan RPJMD"


def test_photo_is_sent_and_shown(sheet):
    sheet.locator("#i1\\.1").get_by_text("Berkas", exact=True).click()
    sheet.fill("[name='1.1-caption']", "SK bupati")
    sheet.set_input_files("[name='1.1-file']", {"name": "sk.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})

    evidence = sheet.locator("[data-part='evidence-1.1']")
    expect(evidence).to_contain_text("SK bupati")
    expect(evidence.locator("img")).to_have_count(1)
    expect(sheet.locator("[name='1.1-file']")).to_have_value("")
    expect(sheet.locator("[name='1.1-caption']")).to_have_value("")


def test_evidence_is_taken_away_in_two_taps(sheet, assessment):
    sheet.locator("#i1\\.1").get_by_text("Tautan", exact=True).click()
    sheet.fill("[name='1.1-link']", "https://contoh.id/sk")
    sheet.locator("[name='1.1-link']").blur()
    evidence = sheet.locator("[data-part='evidence-1.1']")
    expect(evidence).to_contain_text("https://contoh.id/sk")

    evidence.locator(".so-remove > summary").click()
    evidence.get_by_label("Ya, hapus bukti ini").check()

    expect(evidence).to_contain_text("Belum ada bukti.")
    assert not Evidence.objects.exists()


def test_caption_of_evidence_is_changed_and_outlives_a_change_beside_it(sheet, assessment):
    first, second = (attach(assessment, "1.1", caption=caption) for caption in ("nota.jpg", "SK"))
    sheet.reload()
    evidence = sheet.locator("[data-part='evidence-1.1']")
    evidence.get_by_text("Ubah keterangan").nth(0).click()
    sheet.fill(f"[name='1.1-{first.pk}-caption']", "Nota pemasok")
    sheet.keyboard.press("Enter")
    expect(evidence).to_contain_text("Nota pemasok")
    expect(evidence.locator("details[open]")).to_have_count(0)

    evidence.get_by_text("Ubah keterangan").nth(1).click()
    sheet.fill(f"[name='1.1-{second.pk}-caption']", "SK bupati")
    evidence.locator(".so-remove > summary").nth(0).click()
    sheets.describe(first, "Nota Mei", by=assessment.officer)
    sheet.locator("[name='1.1-level'][value='4']").evaluate("card => card.click()")

    expect(evidence).to_contain_text("Nota Mei")
    expect(sheet.locator(f"[name='1.1-{second.pk}-caption']")).to_have_value("SK bupati")
    expect(evidence.get_by_label("Ya, hapus bukti ini").nth(0)).to_be_visible()
    sheet.locator(f"[name='1.1-{second.pk}-caption']").blur()
    expect(evidence).to_contain_text("SK bupati")
    assert list(Evidence.objects.values_list("caption", flat=True)) == ["Nota Mei", "SK bupati"]


def test_refused_entry_is_said_at_its_field_and_mended(sheet):
    sheet.locator("#i1\\.1").get_by_text("Tautan", exact=True).click()
    link = sheet.locator("[name='1.1-link']")
    link.fill("javascript:alert(1)")
    link.blur()

    expect(saved(sheet)).to_have_text("Belum tersimpan, 1 hal perlu diperbaiki.")
    expect(link).to_have_accessible_description(re.compile("Tulis alamat web yang lengkap"))
    expect(link).to_have_value("javascript:alert(1)")

    link.fill("https://contoh.id/sk")
    link.blur()

    expect(sheet.locator("[data-part='evidence-1.1']")).to_contain_text("https://contoh.id/sk")
    expect(sheet.locator("#i1\\.1 .so-err")).to_have_count(0)


def test_lost_answer_is_asked_for_again_and_has_one_effect(sheet, assessment):
    """The server stored the link, but its answer never came: the same sending again must not make a second one."""
    answers = []

    def lose_the_first(route):
        answers.append(route.fetch())
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(response=answers[-1])

    sheet.route(f"**/penilaian/{assessment.pk}/lembar/", lose_the_first)
    sheet.locator("#i1\\.1").get_by_text("Tautan", exact=True).click()
    sheet.fill("[name='1.1-link']", "https://contoh.id/sk")
    sheet.locator("[name='1.1-link']").blur()
    expect(saved(sheet)).to_contain_text("Belum tersimpan: server tidak terjangkau.")

    sheet.evaluate("window.dispatchEvent(new Event('online'))")

    expect(saved(sheet)).to_have_text(SAVED)
    expect(sheet.locator("[data-part='evidence-1.1']")).to_contain_text("https://contoh.id/sk")
    assert Evidence.objects.count() == 1


def test_expired_session_keeps_what_was_typed(sheet, assessment):
    sheet.context.clear_cookies(name="sessionid")
    choose(sheet, "1.2", 4)
    expect(saved(sheet)).to_contain_text("sesi Anda berakhir")

    window = sheet.context.new_page()
    sign_in(window, "petugas")
    sheet.evaluate("window.dispatchEvent(new Event('online'))")

    expect(saved(sheet)).to_have_text(SAVED)
    assert score("1.2").level == 4


def test_change_in_another_tab_is_followed_or_shown(sheet, assessment):
    sheets.save_entries(
        assessment,
        {"1.1": sheets.Entry(level=2), "1.2": sheets.Entry(level=1, note="Dari tab lain.")},
        by=assessment.officer,
    )

    choose(sheet, "1.1", 5)

    expect(sheet.get_by_text("Diubah di tempat lain", exact=True)).to_be_visible()
    expect(sheet.locator(".so-both")).to_contain_text("2 Awal")
    expect(sheet.locator("[name='1.1-level'][value='5']")).to_be_checked()
    expect(sheet.locator("[name='1.2-note']")).to_have_value("Dari tab lain.")
    assert score("1.1").level == 2

    sheet.locator("[data-bar='K1'] button").click()
    expect(saved(sheet)).to_have_text(SAVED)
    assert (score("1.1").level, score("1.2").level) == (5, 1)


def test_next_section_opens_without_loading_the_page_again(sheet):
    sheet.evaluate("window.sameDocument = true")
    choose(sheet, "1.1", 3)

    sheet.get_by_role("button", name="Simpan, lanjut K2").click()

    expect(sheet.locator("#k2")).to_have_attribute("open", "")
    expect(sheet.locator("#k1")).not_to_have_attribute("open", "")
    expect(sheet.get_by_role("button", name="Simpan, lalu periksa")).to_be_visible()
    expect(sheet.locator("#k2 > summary")).to_be_focused()
    assert sheet.evaluate("window.sameDocument")
    assert score("1.1").level == 3


def test_jump_opens_the_folds_around_an_indicator(sheet):
    sheet.locator("[data-part='summary']").get_by_role("link", name="2.2 Izin dan standar").click()

    expect(sheet.locator("[name='2.2-level']").first).to_be_visible()
    expect(sheet.locator("#i2\\.2 > summary")).to_be_focused()


def test_sheet_is_filled_by_keyboard_alone(sheet):
    sheet.locator("[name='1.1-level']").first.focus()
    sheet.keyboard.press("ArrowDown")
    sheet.keyboard.press("Tab")

    expect(saved(sheet)).to_have_text(SAVED)
    expect(sheet.locator("#i1\\.1 .so-add summary").first).to_be_focused()
    assert score("1.1").level == 2


def test_sheet_is_sent_after_what_was_typed_last(sheet, assessment):
    levels = {code: sheets.Entry(level=4) for code in ("1.1", "1.2", "2.2")}
    checks = sheets.Entry(level=4, checks={"2.1-benda-asing": 0})
    sheets.save_entries(assessment, levels | {"2.1": checks}, by=assessment.officer)
    sheet.reload()
    expect(sheet.locator("[data-sheet].so-saves-itself")).to_be_visible()
    sheet.locator("#k1 > summary").click()
    sheet.locator("#i1\\.1 > summary").click()
    sheet.fill("[name='1.1-note']", "SK bupati 2024.")

    sheet.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    sheet.get_by_role("button", name="Kirim ke dinas").click()

    expect(sheet.get_by_text("Menunggu verifikator Kab. Brebes").first).to_be_visible()
    assert score("1.1").note == "SK bupati 2024."


def test_one_button_sends_wherever_one_is(sheet, assessment):
    """At the end of the sheet there were two of them, in the page and in the bar."""
    fill_all(assessment)
    sheet.goto(f"/penilaian/{assessment.pk}/lembar/?k=K1")
    button = sheet.get_by_role("button", name="Kirim ke dinas")
    expect(sheet.get_by_role("button", name="Simpan, lanjut K2")).to_be_visible()
    expect(button).to_have_count(0)

    sheet.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(button).to_have_count(1)
    sheet.evaluate("window.scrollTo(0, 0)")
    expect(button).to_have_count(0)
    sheet.locator("#k1 > summary").click()
    expect(button).to_have_count(1)


def test_sheet_works_without_javascript(browser, site, assessment):
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    sign_in(page, "petugas")
    page.goto(f"/penilaian/{assessment.pk}/lembar/")
    choose(page, "1.1", 4)
    page.fill("[name='1.1-note']", "SK bupati.")
    page.locator("[data-bar='K1'] button").click()

    expect(page).to_have_url(re.compile(r"\?k=K2#k2$"))
    assert (score("1.1").level, score("1.1").note) == (4, "SK bupati.")
    fill_all(assessment)
    for part in ("", "?k=K1"):
        page.goto(f"/penilaian/{assessment.pk}/lembar/{part}")
        expect(page.get_by_role("button", name="Kirim ke dinas")).to_have_count(1)
    context.close()
