"""A form that a colleague's change overtook, and a record brought back from its history; on phone and desk."""

import pytest
from playwright.sync_api import Page, expect

from sentra.models import IKM, Contact
from tests.browser.test_sign_in import sign_in
from tests.factories import make_branch, make_ikm, make_user
from tests.wilayah_factory import make_wilayah_tree

# Said here, since the server is asked for only while the test begins.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["phone", "desk"])
def page(request) -> Page:
    """The form of an IKM, opened by an officer of Kabupaten Brebes."""
    page = request.getfixturevalue(request.param)
    make_wilayah_tree()
    make_branch()
    make_user("petugas", ("officer", "33.29"))
    ikm = make_ikm(name="Sale Warsih", address="RT 1")
    Contact.objects.create(ikm=ikm, phone="081111111111")
    sign_in(page, "petugas")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"/ikm/{ikm.pk}/ubah/")
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Simpan IKM").click()


def test_a_stale_form_is_merged_and_asks_where_both_changed_one_thing(page):
    IKM.objects.update(name="Nama rekan", address="RT 2")
    Contact.objects.update(phone="082222222222")
    page.fill("[name=name]", "Nama saya")
    page.fill("[name=owner]", "Warsih")

    save(page)
    question = page.get_by_role("group", name="Nama IKM")
    expect(question).to_contain_text("Sale Warsih")
    expect(page.get_by_text("tetap dipakai pada: Alamat, Telepon.")).to_be_visible()
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)

    save(page)
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)

    question.get_by_role("radio", name="Pakai punya mereka").check()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nama rekan")

    ikm, contact = IKM.objects.get(), Contact.objects.get()
    assert (ikm.name, ikm.address, contact.phone, contact.owner) == ("Nama rekan", "RT 2", "082222222222", "Warsih")


def test_a_record_is_restored_from_its_history(page):
    page.fill("[name=name]", "Salah ketik")
    page.fill("[name=phone]", "089999999999")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Salah ketik")

    page.get_by_role("link", name="Lihat riwayat").click()
    page.get_by_role("link", name="Bandingkan dengan sekarang").first.click()
    expect(page.get_by_role("row", name="Nama IKM")).to_contain_text("Sale Warsih")
    page.get_by_role("button", name="Kembalikan ke versi ini").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sale Warsih")
    assert (IKM.objects.get().name, Contact.objects.get().phone) == ("Sale Warsih", "081111111111")
    page.get_by_role("link", name="Lihat riwayat").click()
    expect(page.get_by_role("heading", name="Diubah")).to_have_count(3)
