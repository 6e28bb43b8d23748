from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_certificate, make_file, make_ikm, make_product, make_sentra

LIST = reverse("certificate:list")


@pytest.fixture
def certificates(officer, verifier):
    today = timezone.localdate()
    ikm = make_ikm(name="Sale Bu Warsih")
    make_certificate(ikm=ikm, number="LAMA-1", expires=today - timedelta(days=1))
    make_certificate(ikm=ikm, number="HARI-INI", expires=today)
    make_certificate(
        product=make_product(ikm=ikm), kind="p_irt", number="BULAN DEPAN/7", expires=today + timedelta(days=60)
    )
    sentra = make_sentra(name="Sentra Sale", wilayah="33.29.03.2005")
    checked = {"checked_by": verifier, "checked_at": timezone.now(), "file": make_file(by=officer)}
    make_certificate(sentra=sentra, kind="sk_sentra", number="SK-TETAP", **checked)
    make_certificate(ikm=make_ikm(wilayah="32.08"), number="JAUH")


def shown(page) -> list[str]:
    return [certificate.number for certificate in page.context["listing"].page]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, ["LAMA-1", "HARI-INI", "BULAN DEPAN/7", "SK-TETAP"]),
        ({"urut": "-habis"}, ["SK-TETAP", "BULAN DEPAN/7", "HARI-INI", "LAMA-1"]),
        ({"masa": "berlaku"}, ["HARI-INI", "BULAN DEPAN/7", "SK-TETAP"]),
        ({"masa": "30"}, ["HARI-INI"]),
        ({"masa": "90"}, ["HARI-INI", "BULAN DEPAN/7"]),
        ({"masa": "kedaluwarsa"}, ["LAMA-1"]),
        ({"masa": "tanpa"}, ["SK-TETAP"]),
        ({"jenis": "halal"}, ["LAMA-1", "HARI-INI"]),
        ({"milik": "product"}, ["BULAN DEPAN/7"]),
        ({"diperiksa": "ya"}, ["SK-TETAP"]),
        ({"diperiksa": "belum", "jenis": "p_irt"}, ["BULAN DEPAN/7"]),
        ({"berkas": "ada"}, ["SK-TETAP"]),
        ({"wilayah": "33.29.03"}, ["SK-TETAP"]),
        ({"q": "depan 7"}, ["BULAN DEPAN/7"]),
        ({"q": "jauh"}, []),
        ({"masa": "7"}, []),
        ({"jenis": "entah"}, []),
    ],
)
def test_filters_and_orders(certificates, signed_in, officer, query, numbers):
    assert shown(signed_in(officer).get(LIST, query)) == numbers


def test_line_says_whose_it_is_and_how_long_it_holds(certificates, signed_in, leader):
    content = " ".join(signed_in(leader).get(LIST, {"milik": "sentra"}).content.decode().split())

    assert "Sentra Sale" in content
    assert "tanpa batas waktu" in content
    assert "Sudah diperiksa" in content


def test_assessor_sees_none(certificates, signed_in, assessor):
    assert shown(signed_in(assessor).get(LIST)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_rows_as_for_one(signed_in, officer, rows, django_assert_num_queries):
    for _number in range(rows):
        make_certificate(product=make_product(ikm=make_ikm()))
    client = signed_in(officer)

    with django_assert_num_queries(8):
        client.get(LIST)
