"""A page out of the browser's history: the same form again is one record, another content is another record."""

import pytest
from playwright.sync_api import expect

from sentra.models import Certificate
from tests.browser.test_sign_in import sign_in
from tests.factories import make_ikm, make_user
from tests.wilayah_factory import make_wilayah_tree


@pytest.fixture
def form(phone):
    """The page of a new certificate, filled in."""
    make_wilayah_tree()
    make_user("petugas", ("officer", "33.29"))
    ikm = make_ikm(name="Sale Dukuh")
    sign_in(phone, "petugas")
    phone.goto(f"/ikm/{ikm.pk}/sertifikat/baru/")
    fill(phone, "ID-1")
    return phone


def fill(page, number):
    page.get_by_label("Jenis sertifikat").select_option("halal")
    page.get_by_label("Nomor").fill(number)


def save(page):
    page.get_by_role("button", name="Simpan surat").click()


def saved(page, number):
    """Waits until the page of the IKM says that the certificate is stored."""
    expect(page.get_by_role("status").get_by_text(f"Halal {number} tersimpan.")).to_be_visible()


def numbers():
    return sorted(Certificate.objects.values_list("number", flat=True))


def test_other_content_from_a_page_out_of_the_history_is_another_record(form):
    save(form)
    saved(form, "ID-1")

    form.go_back()
    fill(form, "ID-2")
    save(form)

    saved(form, "ID-2")
    assert numbers() == ["ID-1", "ID-2"]
    assert {id.version for id in Certificate.objects.values_list("pk", flat=True)} == {7}


def test_same_content_from_a_page_out_of_the_history_is_the_same_record(form):
    save(form)
    saved(form, "ID-1")

    form.go_back()
    fill(form, "ID-1")
    save(form)

    expect(form.get_by_role("heading", level=1)).to_have_text("Sale Dukuh")
    assert numbers() == ["ID-1"]


def test_form_whose_answer_was_lost_is_one_record_when_sent_again(form):
    lost = []

    def lose_the_first_answer(route):
        if route.request.method == "GET" or lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    form.route("**/sertifikat/baru/", lose_the_first_answer)
    save(form)
    expect(form.get_by_role("button", name="Simpan surat")).to_have_count(0)
    assert (lost, numbers()) == ([303], ["ID-1"])

    form.reload()

    expect(form.get_by_role("heading", level=1)).to_have_text("Sale Dukuh")
    assert numbers() == ["ID-1"]
