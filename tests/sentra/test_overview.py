from datetime import timedelta

import pytest
from django.utils import timezone

from sentra.catalogue import Recognition, Units
from sentra.models import IKM
from sentra.overview import (
    members_of,
    number_word,
    papers_of,
    photos_of,
    recognition_sentence,
    unit_boxes,
    units_sentence,
    units_source,
)
from tests.factories import make_certificate, make_file, make_ikm, make_photo, make_product, make_sentra, make_user

BENTAR, KALIERANG = "33.29.01.2002", "33.29.03.2005"


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Belum ada unit usaha, syaratnya lima"),
        (3, "Baru tiga unit usaha, kurang dua dari syarat lima"),
        (5, "Lima unit usaha, syarat lima terpenuhi"),
        (6, "Enam unit usaha, syarat lima terpenuhi"),
        (1463, "1.463 unit usaha, syarat lima terpenuhi"),
    ],
)
def test_units_in_a_sentence(count, sentence):
    assert units_sentence(Units(count)) == sentence


def test_where_the_units_come_from():
    assert units_source(Units(6)) == "Dihitung dari IKM anggota yang aktif."
    assert (
        units_source(Units(1463, year=2024, ikm=3)) == "Menurut angka tahunan 2024; IKM anggota yang tercatat aktif: 3."
    )


@pytest.mark.parametrize(
    ("count", "kinds"),
    [
        (0, ["off"] * 5),
        (3, ["on"] * 3 + ["off"] * 2),
        (6, ["on"] * 5 + ["plus"]),
        (500, ["on"] * 5 + ["plus"] * 5),
    ],
)
def test_unit_boxes_show_five_and_at_most_ten(count, kinds):
    assert list(unit_boxes(Units(count))) == list(enumerate(kinds, start=1))


@pytest.mark.parametrize(
    ("count", "has_decree", "sentence"),
    [
        (5, True, "Keduanya ada."),
        (5, False, "Yang belum ada: surat keputusan (SK) kepala daerah."),
        (4, True, "Yang belum ada: satu unit usaha lagi."),
        (2, False, "Yang belum ada: tiga unit usaha lagi dan surat keputusan (SK) kepala daerah."),
    ],
)
def test_recognition_names_what_is_wanting(count, has_decree, sentence):
    assert recognition_sentence(Recognition(Units(count), has_decree)) == sentence


def test_members_begin_with_the_anchor_and_carry_their_products(officer):
    sentra = make_sentra(wilayah=BENTAR)
    plain, anchor, bare = (
        make_ikm(sentra=sentra, name="Alfa"),
        make_ikm(sentra=sentra, name="Zeta", is_anchor=True),
        make_ikm(sentra=sentra, name="Beta", state=IKM.State.CLOSED),
    )
    sale, keripik = make_product(ikm=anchor, name="Sale"), make_product(ikm=anchor, name="keripik")
    dodol, own = make_product(ikm=plain), make_product(sentra=sentra)

    members = members_of(sentra, officer)

    assert [(ikm, ikm.products) for ikm in members.with_products] == [(anchor, [keripik, sale]), (plain, [dodol])]
    assert (members.without_products, members.own, members.others, members.unseen) == ([bare], [own], 0, 0)


def test_members_outside_the_duty_are_counted_and_not_named(areas):
    officer = make_user("salem", ("officer", "33.29.01"))
    sentra = make_sentra(wilayah="33.29")
    inside, _outside = make_ikm(sentra=sentra, wilayah=BENTAR), make_ikm(sentra=sentra, wilayah=KALIERANG)

    members = members_of(sentra, officer)

    assert (members.without_products, members.unseen) == ([inside], 1)


def test_papers_of_a_sentra_are_those_of_its_members_too_the_most_urgent_first(officer):
    today = timezone.localdate()
    sentra = make_sentra(wilayah=BENTAR)
    ikm = make_ikm(sentra=sentra, wilayah=BENTAR)
    product = make_product(ikm=ikm)
    endless = make_certificate(sentra=sentra, kind="sk_sentra")
    soon = make_certificate(ikm=ikm, kind="p_irt", expires=today + timedelta(30))
    lapsed = make_certificate(product=product, expires=today - timedelta(1))
    make_certificate(ikm=make_ikm(wilayah=BENTAR))

    papers = papers_of(sentra, officer)

    assert [(paper, paper.urgency.state, paper.subject_name) for paper in papers] == [
        (lapsed, "bad", product.name),
        (soon, "soon", ikm.name),
        (endless, "good", sentra.name),
    ]


def test_papers_of_a_product_are_those_that_speak_for_it(officer):
    sentra = make_sentra(wilayah=BENTAR)
    ikm = make_ikm(sentra=sentra, wilayah=BENTAR)
    product, sibling = make_product(ikm=ikm), make_product(ikm=ikm)
    expected = {
        make_certificate(product=product),
        make_certificate(ikm=ikm, kind="p_irt"),
        make_certificate(sentra=sentra, kind="sk_sentra"),
    }
    make_certificate(product=sibling)

    assert set(papers_of(product, officer)) == expected


def test_photos_are_of_the_record_itself_the_newest_first(officer):
    sentra = make_sentra()
    older, newer = (make_photo(sentra=sentra, file=make_file(by=officer)) for _number in range(2))
    make_photo(ikm=make_ikm(sentra=sentra), file=make_file(by=officer))

    assert photos_of(sentra) == [newer, older]


@pytest.mark.parametrize(("number", "words"), [(0, "nol"), (3, "tiga"), (10, "sepuluh"), (11, "11"), (1463, "1.463")])
def test_small_numbers_are_words(number, words):
    assert number_word(number) == words
