"""Figures that looked wrong and are right: ticked once, quiet until they change, remembered with who and why."""

import pytest
from django.utils import timezone

from accounts.versions import versions_of
from outbox.uuid7 import uuid7
from tests.factories import make_figures, make_ikm, make_sentra, take_out_of_use
from tests.sentra.filling import filled, page_text

BENTAR, SLAWI_KULON = "33.29.01.2002", "33.28.10.2004"
LAST = timezone.localdate().year - 1
HINT = "Nilai bahan baku (900.000) lebih besar daripada nilai produksi (500.000)."

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture(params=[make_ikm, make_sentra])
def subject(request):
    subject = request.param(wilayah=BENTAR)
    kind = subject._meta.model_name
    make_figures(**{kind: subject}, year=LAST, production_value=500_000, material_value=900_000)
    return subject


def address_of(subject) -> str:
    return f"{subject.get_absolute_url()}angka/periksa/"


def tick(client, subject, *, data=None, **entries):
    data = data or filled(client.get(address_of(subject)).context["form"])
    return client.post(address_of(subject), data | {"chosen": [f"{LAST} {HINT}"], "reason": ""} | entries)


def test_a_hint_that_was_checked_is_quiet_on_both_pages(signed_in, officer, subject):
    client = signed_in(officer)
    pages = (subject.get_absolute_url(), f"{subject.get_absolute_url()}angka/")
    before = [HINT in page_text(client.get(page)) for page in pages]

    response = tick(client, subject, reason="Stok bahan untuk dua tahun.")

    assert (before, response.status_code) == ([True, True], 303)
    assert [HINT in page_text(client.get(page)) for page in pages] == [False, False]
    said = page_text(client.get(address_of(subject)))
    assert HINT in said
    assert f"Terakhir diperiksa {officer}," in said
    assert "Stok bahan untuk dua tahun." in said
    newest = versions_of(subject.figures.get()).first()
    assert (newest.hints_checked, newest.hints_reason) == (HINT, "Stok bahan untuk dua tahun.")


def test_it_speaks_again_once_the_figures_change(signed_in, officer, subject):
    client = signed_in(officer)
    tick(client, subject)

    subject.figures.update(material_value=800_000)

    assert HINT.replace("900.000", "800.000") in page_text(client.get(subject.get_absolute_url()))


def test_a_tick_over_figures_that_changed_meanwhile_is_refused(signed_in, officer, subject):
    client = signed_in(officer)
    data = filled(client.get(address_of(subject)).context["form"])
    subject.figures.update(material_value=800_000)

    response = tick(client, subject, data=data, reason="Sudah ditanyakan.")

    assert response.status_code == 409
    assert "Angkanya berubah sejak Anda membuka halaman ini." in page_text(response)
    assert "Sudah ditanyakan." in response.text
    assert subject.figures.get().hints_checked == ""


def test_a_tick_about_a_record_out_of_use_comes_back_as_typed(signed_in, officer, verifier, subject):
    client = signed_in(officer)
    data = filled(client.get(address_of(subject)).context["form"])
    take_out_of_use(subject, by=verifier)

    response = tick(client, subject, data=data, reason="Sudah ditanyakan.")

    assert response.status_code == 409
    assert f"{subject} dinonaktifkan {verifier} pada" in page_text(response).replace("&quot;", '"')
    assert "Sudah ditanyakan." in response.text and "checked" in response.text
    assert subject.figures.get().hints_checked == ""


def test_nothing_ticked_is_asked_for(signed_in, officer, subject):
    response = tick(signed_in(officer), subject, chosen=[])

    assert response.status_code == 422
    assert "Pilih paling sedikit satu." in page_text(response)


def test_what_one_may_not_edit_cannot_be_ticked(signed_in, officer, leader):
    far = make_ikm(wilayah=SLAWI_KULON)
    near = make_ikm(wilayah=BENTAR)
    key = {"idempotency_key": str(uuid7())}

    assert signed_in(officer).post(address_of(far), key).status_code == 404
    assert signed_in(leader).post(address_of(near), key).status_code == 403
    assert signed_in(leader).get(address_of(near)).status_code == 403


@pytest.mark.parametrize("years", [1, 3])
def test_the_page_asks_as_often_for_three_years_as_for_one(signed_in, officer, years, django_assert_num_queries):
    ikm = make_ikm(wilayah=BENTAR)
    for number in range(years):
        make_figures(ikm=ikm, year=LAST - number, production_value=5, material_value=9)
    client = signed_in(officer)
    client.get("/")

    with django_assert_num_queries(5):
        client.get(address_of(ikm))
