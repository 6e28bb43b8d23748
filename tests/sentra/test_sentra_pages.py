"""Pages of the sentra: what is shown to whom, and the answers to nonsense in an address."""

import pytest

from outbox.uuid7 import uuid7
from sentra.models import Sentra
from tests.factories import make_certificate, make_figures, make_ikm, make_product, make_sentra, make_user
from tests.sentra.filling import page_text

BENTAR, BENTARSARI, SLAWI_KULON = "33.29.01.2002", "33.29.01.2003", "33.28.10.2004"
NEW = "/sentra/baru/"

pytestmark = pytest.mark.usefixtures("areas")


def edit(sentra: Sentra) -> str:
    return f"/sentra/{sentra.pk}/ubah/"


# List


def test_list_counts_in_a_sentence_and_shows_what_is_seen(signed_in, officer):
    make_sentra(name="Sale Pisang", wilayah=BENTARSARI)
    make_sentra(name="Teh Slawi", wilayah=SLAWI_KULON)

    response = signed_in(officer).get("/sentra/")

    assert response.context["heading"] == "1 sentra di Kab. Brebes"
    assert [row.name for row in response.context["listing"].page] == ["Sale Pisang"]
    assert "Desa Bentarsari, Kec. Salem, Kab. Brebes" in page_text(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_rows_as_for_one(signed_in, officer, django_assert_num_queries, rows):
    for _number in range(rows):
        sentra = make_sentra(wilayah=BENTAR)
        make_product(ikm=make_ikm(sentra=sentra))
        make_certificate(sentra=sentra, kind="sk_sentra")

    client = signed_in(officer)

    with django_assert_num_queries(9):
        client.get("/sentra/")


def test_list_of_nobody_says_whom_to_ask(signed_in, assessor):
    make_sentra()

    person, panel = signed_in(make_user()).get("/sentra/"), signed_in(assessor).get("/sentra/")

    assert person.context["listing"].count == panel.context["listing"].count == 0
    assert "Akun Anda belum punya tugas" in page_text(person)


def test_empty_list_says_what_to_do_next(signed_in, officer, leader):
    assert page_text(signed_in(officer).get("/sentra/")).count('href="/sentra/baru/"') == 1
    leaders = page_text(signed_in(leader).get("/sentra/"))
    assert "Sentra muncul di sini setelah dicatat oleh petugas lapangan" in leaders
    assert "/sentra/baru/" not in leaders


def test_list_emptied_by_a_filter_says_by_which(signed_in, officer):
    make_sentra(name="Sale Pisang")

    response = signed_in(officer).get("/sentra/?q=sale&keadaan=tutup")

    assert response.context["heading"] == "Tidak ada sentra yang cocok"
    assert "Lepas saringan Keadaan: 1 tampil" in page_text(response)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=1000000000", "Halaman ini tidak ada. Halaman terakhir daftar ini nomor 1."),
        ("page=x", "Nomor halaman tidak dikenali."),
        ("page=-1", "Halaman ini tidak ada."),
        ("wilayah=xx", "Saringan belum bisa dipakai"),
        ("keadaan=%27+OR+1%3D1", "Saringan belum bisa dipakai"),
        ("q=" + "a" * 5000, "Saringan belum bisa dipakai"),
    ],
)
def test_nonsense_in_the_address_gets_a_sentence_and_no_rows(signed_in, officer, query, sentence):
    make_sentra(name="Sale Pisang")

    response = signed_in(officer).get(f"/sentra/?{query}")

    assert response.status_code == 200
    assert sentence in page_text(response)
    assert list(response.context["listing"].page) == []


@pytest.mark.parametrize("address", ["/sentra/?q=a%00b", "/sentra/%00/", "/sentra/?wilayah=%00"])
def test_null_byte_is_refused(signed_in, officer, address):
    assert signed_in(officer).get(address).status_code in (400, 404)


def test_pages_need_a_sign_in(client):
    sentra = make_sentra()

    for address in ("/sentra/", NEW, sentra.get_absolute_url(), edit(sentra)):
        response = client.get(address)
        assert (response.status_code, response["Location"].startswith("/masuk/")) == (302, True)


# Detail


def test_detail_checks_the_five_units_and_explains_the_recognition(signed_in, officer):
    sentra = make_sentra(name="Sale Pisang")
    for number in range(5):
        make_ikm(sentra=sentra, name=f"IKM {number}")
    make_certificate(sentra=sentra, kind="sk_sentra", number="530/214/2024")

    text = page_text(signed_in(officer).get(sentra.get_absolute_url()))

    assert "Lima unit usaha, syarat lima terpenuhi" in text
    assert "Keduanya ada." in text
    assert "530/214/2024" in text


def test_detail_shows_position_with_accuracy_and_a_geo_link(signed_in, officer):
    sentra = make_sentra(
        latitude="-7.168420",
        longitude="108.805170",
        accuracy=8,
        position_source="gps",
        position_at="2026-11-12T02:42Z",
    )

    text = page_text(signed_in(officer).get(sentra.get_absolute_url()))

    assert "\N{MINUS SIGN}7,16842; 108,80517" in text
    assert "± 8 m, baik" in text
    assert 'href="geo:-7.168420,108.805170;u=8"' in text
    assert "12 Nov 2026, 09.42 WIB" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_asks_as_often_for_three_members_as_for_one(signed_in, officer, django_assert_num_queries, rows):
    sentra = make_sentra()
    for _number in range(rows):
        product = make_product(ikm=make_ikm(sentra=sentra))
        make_certificate(product=product)

    client = signed_in(officer)

    with django_assert_num_queries(11):
        client.get(sentra.get_absolute_url())


def test_detail_shows_buttons_only_to_those_who_may(signed_in, officer, leader):
    sentra = make_sentra()

    officers = page_text(signed_in(officer).get(sentra.get_absolute_url()))
    leaders = page_text(signed_in(leader).get(sentra.get_absolute_url()))

    buttons = [edit(sentra), f"/ikm/baru/?sentra={sentra.pk}", f"/sentra/{sentra.pk}/foto/baru/"]
    assert [button in officers for button in buttons] == [True] * 3
    assert [button in leaders for button in buttons] == [False] * 3


# Who may open what


def test_sentra_of_another_kabupaten_is_not_there(signed_in, officer):
    foreign = make_sentra(wilayah=SLAWI_KULON)
    client = signed_in(officer)

    assert client.get(foreign.get_absolute_url()).status_code == 404
    assert client.get(edit(foreign)).status_code == 404
    assert client.post(edit(foreign), {"idempotency_key": uuid7()}).status_code == 404


def test_sentra_that_is_seen_and_not_inside_the_duty_cannot_be_changed(signed_in, areas):
    wider = make_sentra(wilayah="33.29")
    client = signed_in(make_user("", ("officer", "33.29.01")))

    assert client.get(wider.get_absolute_url()).status_code == 200
    assert client.get(edit(wider)).status_code == 403
    assert client.post(edit(wider), {"idempotency_key": uuid7()}).status_code == 403


def test_leader_sees_and_changes_nothing(signed_in, leader):
    sentra = make_sentra()
    client = signed_in(leader)

    assert [client.get(address).status_code for address in (sentra.get_absolute_url(), edit(sentra), NEW)] == [
        200,
        403,
        403,
    ]
    assert client.post(NEW, {"idempotency_key": uuid7()}).status_code == 403


def test_page_shows_its_own_figures_or_the_sum_of_its_ikm_and_says_which(signed_in, officer):
    sentra = make_sentra()
    make_figures(sentra=sentra, year=2023, units=9, workers_men=20, workers_women=11)
    for _number in range(2):
        make_figures(ikm=make_ikm(sentra=sentra), year=2024, workers_men=1, workers_women=2, production_value=5_000_000)

    response = signed_in(officer).get(sentra.get_absolute_url())

    table = response.context["figures"]["table"]
    assert table.years == [2024, 2023]
    assert {row.title: row.values for row in table.rows} == {
        "Unit usaha": ["2", "9"],
        "Tenaga kerja": ["6", "31"],
        "Tenaga kerja laki-laki": ["", "20"],
        "Tenaga kerja perempuan": ["", "11"],
        "Nilai produksi": ["10.000.000", ""],
        "Asal angka": ["jumlah 2 IKM", "sentra sendiri"],
    }
    assert "Tenaga kerja (orang): 2023 31; 2024 6." in page_text(response)
