"""A record taken out of use while its form was open: the form comes back as typed, and says what can be done."""

import pytest

from sentra.models import Certificate, Note, YearlyFigures
from tests.factories import make_certificate, make_ikm, make_product, make_sentra, take_out_of_use
from tests.sentra.filling import filled, open_form, page_text

BENTAR = "33.29.01.2002"

pytestmark = pytest.mark.usefixtures("areas")


def refused(response, record, verifier) -> bool:
    text = page_text(response).replace("&quot;", '"')
    said = f"{record} dinonaktifkan {verifier} pada"
    return response.status_code == 409 and said in text and "Isian Anda belum tersimpan dan tetap di bawah ini." in text


@pytest.mark.parametrize("make", [make_sentra, make_ikm, make_product])
def test_what_was_typed_over_a_record_comes_back(signed_in, officer, verifier, make):
    record = make()
    client, address = signed_in(officer), f"{record.get_absolute_url()}ubah/"
    data = open_form(client, address, name="Nama Yang Baru")
    take_out_of_use(record, by=verifier)

    response = client.post(address, data)

    assert refused(response, record, verifier)
    assert 'value="Nama Yang Baru"' in response.text
    record.refresh_from_db()
    assert record.name != "Nama Yang Baru"


def test_it_is_saved_once_the_record_is_in_use_again(signed_in, officer, verifier):
    ikm = make_ikm(wilayah=BENTAR)
    client, address = signed_in(officer), f"{ikm.get_absolute_url()}ubah/"
    data = open_form(client, address, name="Nama Yang Baru")
    take_out_of_use(ikm, by=verifier)
    again = filled(client.post(address, data).context["form"])
    type(ikm).objects.update(deactivated_at=None, deactivated_by=None, deactivation_reason="")

    assert client.post(address, again).status_code == 303
    ikm.refresh_from_db()
    assert ikm.name == "Nama Yang Baru"


@pytest.mark.parametrize(
    ("page", "typed", "shown"),
    [
        ("sertifikat/baru/", {"kind": "halal", "number": "ID-77"}, 'value="ID-77"'),
        ("catatan/baru/", {"text": "Atapnya bocor."}, "Atapnya bocor."),
        ("angka/", {}, "Simpan angka"),
    ],
)
def test_what_was_typed_about_a_record_comes_back(signed_in, officer, verifier, page, typed, shown):
    ikm = make_ikm(wilayah=BENTAR)
    client, address = signed_in(officer), f"{ikm.get_absolute_url()}{page}"
    data = open_form(client, address, **typed)
    take_out_of_use(ikm, by=verifier)

    response = client.post(address, data)

    assert refused(response, ikm, verifier)
    assert shown in response.text
    assert [model.objects.count() for model in (Certificate, Note, YearlyFigures)] == [0, 0, 0]


def test_a_paper_out_of_use_and_one_of_a_record_out_of_use(signed_in, officer, verifier):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)
    for record in (make_certificate(ikm=ikm, number="A-1"), ikm):
        paper = make_certificate(ikm=ikm, number=f"B-{record.pk}") if record is ikm else record
        address = f"{paper.get_absolute_url()}ubah/"
        data = open_form(client, address, number="Z-9")
        take_out_of_use(record, by=verifier)

        response = client.post(address, data)

        assert refused(response, record, verifier)
        assert 'value="Z-9"' in response.text
        paper.refresh_from_db()
        assert paper.number != "Z-9"


def test_who_only_sees_the_record_is_still_refused(signed_in, leader, verifier):
    ikm = make_ikm(wilayah=BENTAR)
    take_out_of_use(ikm, by=verifier)

    response = signed_in(leader).post(f"{ikm.get_absolute_url()}ubah/", {"idempotency_key": str(ikm.pk)})

    assert response.status_code == 403
