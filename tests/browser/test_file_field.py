"""Choosing a file: in our words, and not lost because another field was forgotten."""

import pytest
from playwright.sync_api import Page, expect

from sentra.models import Photo
from tests.browser.test_sign_in import sign_in
from tests.factories import make_product, make_user
from tests.files.samples import jpeg
from tests.wilayah_factory import make_wilayah_tree

PHOTO = {"name": "sale.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}


@pytest.fixture
def form(phone) -> Page:
    """The form of a new photo, its script running."""
    make_wilayah_tree()
    product = make_product()
    make_user("petugas", ("officer", "33.29"))
    sign_in(phone, "petugas")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.goto(f"/produk/{product.pk}/foto/baru/")
    expect(phone.locator(".so-pick")).to_have_count(2)
    return phone


def test_label_opens_the_files_and_names_what_was_chosen(form):
    with form.expect_file_chooser() as chooser:
        form.get_by_text("Pilih foto yang sudah ada").tap()
    chooser.value.set_files(PHOTO)

    expect(form.get_by_text("sale.jpg, 0,1 MB")).to_be_visible()


def test_forgotten_caption_keeps_the_chosen_photo(form):
    form.set_input_files("[name=file]", PHOTO)
    form.get_by_role("button", name="Simpan foto").tap()

    caption = form.get_by_label("Keterangan foto")
    expect(caption).to_be_focused()
    expect(form.get_by_text("sale.jpg, 0,1 MB")).to_be_visible()
    caption.fill("Sale dijemur")
    form.get_by_role("button", name="Simpan foto").tap()

    expect(form.get_by_text("Foto tersimpan.")).to_be_visible()
    assert [photo.caption for photo in Photo.objects.all()] == ["Sale dijemur"]


def test_form_without_a_file_is_answered_by_the_server(form):
    form.get_by_role("button", name="Simpan foto").tap()

    expect(form.get_by_role("alert")).to_contain_text("2 hal perlu diperbaiki")
    expect(form.get_by_role("link", name="Keterangan foto: Isi keterangan foto")).to_be_visible()
