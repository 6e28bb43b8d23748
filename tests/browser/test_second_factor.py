"""A verifikator sets two-step sign-in up, comes in with it, and proves it again before deciding."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.models import SecondFactor
from assessment.models import Assessment
from tests.accounts.second_factor import code_of
from tests.assessment.factories import move_to, start_assessment
from tests.browser.layout import press, sideways
from tests.browser.test_sign_in import sign_in
from tests.factories import PASSWORD, make_user
from tests.wilayah_factory import make_wilayah_tree


@pytest.fixture
def verifier(transactional_db, settings):
    settings.REQUIRE_MFA = True
    make_wilayah_tree()
    return make_user("verifikator", ("verifier", "33.29"))


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_two_step_sign_in_is_set_up_before_anything_else(size, verifier, request):
    page = request.getfixturevalue(size)

    sign_in(page, "verifikator")
    expect(page.get_by_role("heading", name="Nyalakan masuk dua langkah")).to_be_visible()
    picture = page.get_by_alt_text(re.compile("Kode QR"))
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Kode", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Nyalakan").click()

    expect(page.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh sebagai teks").click()
    assert download.value.suggested_filename == "kode-cadangan-sentra-ovop.txt"
    recovery = page.locator("ol code").first.inner_text()
    assert sideways(page) == 0
    press(page.get_by_role("button", name="Sudah saya simpan"))
    page.goto("/")
    expect(page.get_by_role("heading", name="Nyalakan")).not_to_be_visible()

    Session.objects.all().delete()
    sign_in(page, "verifikator")
    page.get_by_label("Kode", exact=True).fill(recovery)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(re.compile("/$"))
    assert len(SecondFactor.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 9


def test_a_decision_asks_for_the_password_and_goes_on(desk, verifier, settings):
    settings.REQUIRE_MFA = False
    officer = make_user("petugas", ("officer", "33.29"))
    assessment = move_to(start_assessment(officer=officer), "decided", verifier=make_user("", ("verifier", "33.29")))
    sign_in(desk, "verifikator")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    desk.goto(f"/penilaian/{assessment.pk}/")
    desk.get_by_text("Cabut keputusan", exact=True).first.click()
    desk.get_by_label("Alasan dicabut").fill("Sertifikat halal ternyata palsu.\nLihat surat 12/2026.")
    desk.get_by_role("button", name="Cabut keputusan").last.click()
    expect(desk.get_by_role("heading", name="Pastikan ini Anda")).to_be_visible()
    desk.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="Lanjutkan").click()

    expect(desk.get_by_text("Keputusan dicabut.")).to_be_visible()
    assert Assessment.objects.get().state == "revoked"
    assert "Lihat surat 12/2026." in Assessment.objects.get().step_set.latest("pk").note
