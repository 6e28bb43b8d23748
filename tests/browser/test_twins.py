"""A duplicate named while typing, warned of and answered, and what the verifikator makes of it, on phone and desk."""

import pytest
from playwright.sync_api import Page, expect

from sentra.models import IKM, Comparison
from tests.browser.layout import sideways
from tests.browser.test_journey import choose_area
from tests.browser.test_sign_in import sign_in
from tests.factories import make_branch, make_ikm, make_user
from tests.wilayah_factory import make_wilayah_tree

# In milliseconds: the script waits before it asks, and a busy machine takes its time to answer.
PATIENCE = 20_000


@pytest.fixture
def known(site) -> IKM:
    """An IKM that is there already, and the people of its kabupaten."""
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"))
    make_user("verifikator", ("verifier", "33.29"))
    return make_ikm(name="CV Sari Rasa", wilayah="33.29.01.2003", branch=make_branch("pangan"))


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_duplicate_is_warned_of_answered_and_set_right(request, known, device):
    page: Page = request.getfixturevalue(device)
    sign_in(page, "petugas")
    page.goto("/ikm/baru/")
    page.fill("[name=name]", "Sari Rosa")
    page.select_option("[name=branch]", "pangan")
    choose_area(page, "Bentarsari Salem", "Bentarsari")
    page.fill("[name=owner]", "Tini")
    page.get_by_role("button", name="Simpan IKM").click()

    expect(page.get_by_role("alert")).to_contain_text("Ada data yang mirip.")
    expect(page.get_by_role("heading", name="CV Sari Rasa")).to_be_visible()
    expect(page.locator("[name=owner]")).to_have_value("Tini")
    assert sideways(page) == 0 and IKM.objects.count() == 1

    page.get_by_label("Sama. Verifikator menentukan mana yang dipakai.").check()
    page.get_by_role("button", name="Simpan dengan jawaban ini").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sari Rosa")
    expect(page.get_by_text("Mungkin tercatat ganda")).to_be_visible()
    assert Comparison.objects.get().answer == Comparison.Answer.SAME

    page.context.clear_cookies()
    sign_in(page, "verifikator")
    page.goto("/")
    page.get_by_role("link", name="1 pasang menunggu dibandingkan").click()
    page.locator("a.so-whole").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("sama atau beda?")
    assert sideways(page) == 0

    page.get_by_role("link", name="Nonaktifkan Sari Rosa").click()
    expect(page.locator("[name=reason]")).to_have_value("Tercatat ganda; yang dipakai CV Sari Rasa.")
    page.get_by_role("button", name="Nonaktifkan").click()

    expect(page.get_by_text("Tidak dipakai lagi")).to_be_visible()
    assert list(IKM.objects.in_use()) == [known]
    page.goto("/kembar/")
    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_likely_duplicate_is_named_while_typing(request, known, device):
    page: Page = request.getfixturevalue(device)
    sign_in(page, "petugas")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/ikm/baru/")
    expect(page.locator("[name=wilayah_teks]")).to_have_role("combobox")
    hint = page.locator("[data-twin-hint]")
    expect(hint).to_be_hidden()

    page.fill("[name=name]", "Sari Rosa")
    choose_area(page, "Bentarsari Salem", "Bentarsari")

    twin = hint.get_by_role("link", name="CV Sari Rasa")
    expect(twin).to_be_visible(timeout=PATIENCE)
    expect(twin).to_have_attribute("href", known.get_absolute_url())
    expect(hint).to_contain_text("Desa Bentarsari")
    assert sideways(page) == 0

    page.fill("[name=name]", "Anyaman Mbok Darmi")
    expect(hint).to_be_hidden(timeout=PATIENCE)
    assert IKM.objects.get() == known
