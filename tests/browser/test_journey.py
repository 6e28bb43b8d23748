"""The whole journey on a phone: from a new sentra to a decided assessment whose chain verifies."""

import io
import re

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page, expect

from assessment.dossier import open_dossier
from assessment.models import Assessment
from assessment.scoring import as_data
from sentra.models import IKM, Product, Sentra
from tests.browser.layout import press, sideways
from tests.browser.test_sign_in import sign_in
from tests.factories import make_user
from tests.wilayah_factory import make_wilayah_tree

# The officer's levels in the order of the indicators; compulsory evidence wherever ◆ asks for it.
LEVELS = {
    "K1": {"1.1": 4, "1.2": 5, "1.3": 5, "1.4": 3},
    "K2": {"2.1": 4, "2.2": 4, "2.3": 4, "2.4": 4},
    "K3": {"3.1": 5, "3.2": 4, "3.3": 5, "3.4": 4},
    "K4": {"4.1": 4, "4.2": 4, "4.3": 5, "4.4": 3},
    "K5": {"5.1": 4, "5.2": 3, "5.3": 4, "5.4": 5, "5.5": 4},
}
COMPULSORY = {"1.1", "1.2", "1.4", "2.3", "2.4", "3.2", "4.1", "4.3", "4.4", "5.3", "5.4"}
CHECKS = {"2.4": {"2.4-melanggar-ki": 0}, "3.1": {"3.1-benda-asing": 0, "3.1-pangan-rasa": 5}}


@pytest.fixture
def office(site):
    """Areas, reference data, the default instrument, and the people of Kabupaten Brebes."""
    make_wilayah_tree()
    call_command("load_reference", verbosity=0)
    call_command("load_instrument", verbosity=0)
    make_user("petugas", ("officer", "33.29"))
    make_user("verifikator", ("verifier", "33.29"))


def photo(name: str, colour: str) -> dict:
    """A picture as the phone's camera would hand it over."""
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def choose_area(page: Page, words: str, found: str) -> None:
    field = page.locator("[name=wilayah_teks]")
    field.fill(words)
    page.get_by_role("option", name=re.compile(found)).first.click()
    expect(page.locator("[name=wilayah]")).not_to_have_value("")


def register_sentra(page: Page) -> None:
    page.goto("/sentra/")
    page.get_by_role("link", name="Catat sentra pertama").click()
    page.fill("[name=name]", "Sale Pisang")
    page.fill("[name=commodity]", "Sale pisang")
    page.select_option("[name=branch]", "pangan")
    choose_area(page, "Bentarsari Salem", "Bentarsari")
    page.get_by_role("button", name="Simpan sentra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sale Pisang")


def register_ikm(page: Page, name: str, nib: str) -> None:
    page.goto(f"/ikm/baru/?sentra={Sentra.objects.get(name='Sale Pisang').pk}")
    page.fill("[name=name]", name)
    page.select_option("[name=branch]", "pangan")
    if not page.input_value("[name=wilayah]"):
        choose_area(page, "Bentarsari Salem", "Bentarsari")
    page.fill("[name=nib]", nib)
    page.fill("[name=owner]", "Warsih")
    page.get_by_role("button", name="Simpan IKM").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def register_product(page: Page) -> None:
    page.goto(f"/produk/baru/?ikm={IKM.objects.get(nib='9120004170001').pk}")
    page.fill("[name=name]", "Sale pisang gulung")
    page.locator("[name=scope][value=makanan]").check()
    page.fill("[name=price]", "25.000")
    page.fill("[name=price_unit]", "bungkus 250 g")
    page.get_by_role("button", name="Simpan produk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sale pisang gulung")


def add_photo_and_halal(page: Page, product: Product) -> None:
    page.goto(f"/produk/{product.pk}/foto/baru/")
    page.set_input_files("[name=file]", photo("sale", "peru"))
    page.fill("[name=caption]", "Sale pisang dijemur")
    page.get_by_role("button", name="Simpan foto").click()
    expect(page.get_by_text("Sale pisang dijemur").first).to_be_visible()
    page.goto(f"/produk/{product.pk}/sertifikat/baru/")
    page.select_option("[name=kind]", "halal")
    page.fill("[name=number]", "ID33110000123450126")
    page.fill("[name=issued]", "2026-01-05")
    page.fill("[name=expires]", "2030-01-05")
    page.set_input_files("[name=file]", photo("halal", "white"))
    page.get_by_role("button", name="Simpan surat").click()
    expect(page.get_by_text("ID33110000123450126").first).to_be_visible()


def fill_section(page: Page, code: str) -> None:
    """Open the criterion, choose every level, answer the test lines, attach what is compulsory, save."""
    form = page.locator(f"form:has([name=section][value={code}])")
    for indicator, level in LEVELS[code].items():
        open_fold(page, form, indicator)
        form.locator(f"[name='{indicator}-level'][value='{level}']").check()
        for line, value in CHECKS.get(indicator, {}).items():
            form.locator(f"[name='{line}-value'][value='{value}']").check()
        if indicator in COMPULSORY:
            form.locator(f"[name='{indicator}-file']").set_input_files(photo(f"bukti-{indicator}", "tan"))
    save_section(page, code)


def save_section(page: Page, code: str) -> None:
    """The button in the thumb's reach; afterwards the next page is there."""
    press(page.locator(f"[data-bar='{code}'] button"))


def open_fold(page: Page, form, indicator: str) -> None:
    """Open the folds around an indicator, as a thumb would."""
    level = form.locator(f"[name='{indicator}-level']").first
    for summary in form.locator(f"details:has([name='{indicator}-level'])").all():
        if not summary.evaluate("fold => fold.open"):
            summary.locator("> summary").click()
    level.scroll_into_view_if_needed()


def assess(page: Page, product: Product) -> Assessment:
    page.goto(f"/penilaian/baru/?produk={product.pk}")
    press(page.get_by_role("button", name="Mulai penilaian"))
    assessment = Assessment.objects.get(product=product)
    page.goto(f"/penilaian/{assessment.pk}/lembar/")
    expect(page.get_by_text("21 indikator belum dinilai").first).to_be_visible()
    for code in LEVELS:
        page.goto(f"/penilaian/{assessment.pk}/lembar/?k={code}")
        fill_section(page, code)
    return assessment


def test_from_a_new_sentra_to_a_decided_assessment(office, phone, desk):
    sign_in(phone, "petugas")
    register_sentra(phone)
    register_ikm(phone, "Sale Bu Warsih", "9120004170001")
    register_ikm(phone, "Sale Mekar", "9120 0041 70002")
    register_product(phone)
    product = Product.objects.get(name="Sale pisang gulung")
    add_photo_and_halal(phone, product)
    assert product.wilayah_id == "33.29.01.2003"

    assessment = assess(phone, product)

    phone.goto(f"/penilaian/{assessment.pk}/lembar/")
    expect(phone.get_by_role("heading", name="Sebelum dikirim ke dinas")).to_be_visible()
    expect(phone.get_by_text("Kunjungan lapangan").first).to_be_visible()
    assert sideways(phone) == 0
    phone.get_by_role("button", name="Kirim ke dinas").last.click()
    expect(phone.get_by_text("Menunggu verifikator Kab. Brebes").first).to_be_visible()

    sign_in(desk, "verifikator")
    return_once(desk, assessment)
    mend(phone, assessment)
    decide(desk, assessment)

    assessment = Assessment.objects.with_subject().get(pk=assessment.pk)
    decision = assessment.decision_set.get()
    dossier = open_dossier(assessment)
    result = dossier.result_of(dossier.decision)
    assert as_data(result)["points"]["shown"] == str(decision.total)
    shown = f"{decision.total:.2f}".replace(".", ",")
    for page in (desk, phone):
        page.goto(f"/penilaian/{assessment.pk}/")
        expect(page.get_by_text(f"Setara bintang {decision.star}: {shown} dari 100.").first).to_be_visible()
    expect(desk.get_by_text("Foto menunjukkan dua rancangan baru.").first).to_be_visible()
    call_command("verify_decisions", verbosity=0)


def return_once(page: Page, assessment: Assessment) -> None:
    page.goto(f"/penilaian/{assessment.pk}/")
    press(page.get_by_role("button", name="Mulai meninjau"))
    page.goto(f"/penilaian/{assessment.pk}/kembalikan/")
    field = page.locator("[name='remark-1.2']")
    page.locator("details:has([name='remark-1.2']) > summary").click()
    field.fill("Lampirkan daftar pemasok setahun.")
    page.get_by_role("button", name="Kembalikan").last.click()
    expect(page.get_by_text("Dikembalikan").first).to_be_visible()


def mend(page: Page, assessment: Assessment) -> None:
    page.goto("/")
    expect(page.get_by_text("Lampirkan daftar pemasok setahun.")).to_be_visible()
    page.get_by_role("link", name="Perbaiki penilaian ini").click()
    form = page.locator("form:has([name=section][value=K1])")
    open_fold(page, form, "1.2")
    expect(form.get_by_text("Lampirkan daftar pemasok setahun.").first).to_be_visible()
    form.locator("[name='1.2-file']").set_input_files(photo("daftar-pemasok", "wheat"))
    save_section(page, "K1")
    page.goto(f"/penilaian/{assessment.pk}/lembar/")
    page.get_by_role("button", name="Kirim ke dinas").last.click()
    expect(page.get_by_text("Menunggu verifikator Kab. Brebes").first).to_be_visible()


def decide(page: Page, assessment: Assessment) -> None:
    page.goto(f"/penilaian/{assessment.pk}/")
    press(page.get_by_role("button", name="Mulai meninjau"))
    page.goto(f"/penilaian/{assessment.pk}/lembar/?i=3.4")
    page.locator("[name=level][value='3']").check()
    page.fill("[name=reason]", "Foto menunjukkan dua rancangan baru.")
    press(page.get_by_role("button", name=re.compile("Simpan")).first)
    page.goto(f"/penilaian/{assessment.pk}/")
    page.locator("summary", has_text="Putuskan").click()
    page.get_by_role("dialog").get_by_role("button", name="Putuskan").click()
    expect(page.get_by_text(re.compile("Setara bintang")).first).to_be_visible()
