"""Out of use and back: what stops it, what it does, who may, and what the pages say."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from sentra import deactivation
from sentra.deactivation import NotPossible
from sentra.models import IKM, Certificate
from tests.factories import (
    make_certificate,
    make_figures,
    make_ikm,
    make_product,
    make_sentra,
    make_user,
    take_out_of_use,
)
from tests.sentra.filling import open_form, page_text, send

pytestmark = pytest.mark.usefixtures("areas")

REASON = "Tercatat dua kali."


def sentences(effects) -> list[str]:
    return [effect.sentence for effect in effects]


def stopping(record) -> list[str]:
    return sentences(effect for effect in deactivation.effects_of(record) if effect.stops)


@pytest.mark.parametrize("make", [make_sentra, make_ikm, make_product, lambda: make_certificate(ikm=make_ikm())])
def test_verifier_takes_out_of_use_and_brings_back(verifier, make):
    record = make()

    deactivation.deactivate(record=record, reason=REASON, by=verifier)

    record.refresh_from_db()
    assert (record.deactivated_by, record.deactivation_reason, record.is_in_use) == (verifier, REASON, False)
    assert record.deactivated_at is not None

    deactivation.bring_back(record=record, by=verifier)

    record.refresh_from_db()
    assert (record.deactivated_at, record.deactivated_by, record.deactivation_reason) == (None, None, "")


@pytest.mark.parametrize("role", ["officer", "assessor", "leader"])
def test_only_a_verifier_of_the_area_may(verifier, role):
    sentra = make_sentra()
    for user in (make_user("", (role, "33.29")), make_user("", ("verifier", "32.08"))):
        with pytest.raises(PermissionDenied):
            deactivation.deactivate(record=sentra, reason=REASON, by=user)

    take_out_of_use(sentra, by=verifier)
    with pytest.raises(PermissionDenied):
        deactivation.bring_back(record=sentra, by=make_user("", (role, "33.29")))


def test_members_and_own_products_stop_a_sentra(verifier):
    sentra = make_sentra()
    make_ikm(sentra=sentra, state=IKM.State.CLOSED)
    make_product(sentra=sentra)
    take_out_of_use(make_ikm(sentra=sentra), by=verifier)

    assert stopping(sentra) == [
        "1 IKM masih tercatat di sentra ini. Pindahkan ke sentra lain, atau nonaktifkan dahulu.",
        "1 produk bersama masih tercatat di sentra ini. Nonaktifkan dahulu produknya.",
    ]
    with pytest.raises(NotPossible):
        deactivation.deactivate(record=sentra, reason=REASON, by=verifier)
    assert sentra.is_in_use


def test_ikm_says_what_its_sentra_loses(verifier):
    sentra = make_sentra(name="Sentra Sale Bentarsari")
    for _number in range(4):
        make_ikm(sentra=sentra)
    anchor = make_ikm(sentra=sentra, is_anchor=True, nib="1234567890123")
    make_certificate(ikm=anchor)

    assert sentences(deactivation.effects_of(anchor)) == [
        "IKM aktif Sentra Sale Bentarsari berkurang dari 5 menjadi 4, di bawah syarat 5 unit.",
        "Sentra Sale Bentarsari tidak lagi punya IKM penghela.",
        "NIB 1234567890123 dapat dicatat pada IKM lain.",
        "1 suratnya ikut tersembunyi dan tampil lagi bila data ini diaktifkan.",
    ]


def test_products_stop_their_ikm(verifier):
    product = make_product()

    assert len(stopping(product.ikm)) == 1

    take_out_of_use(product, by=verifier)
    assert stopping(product.ikm) == []


def test_result_in_force_is_named(verifier):
    product = make_product(star=4, star_authority="kabkota", star_until=date(2099, 1, 1))

    assert sentences(deactivation.effects_of(product)) == [
        "Hasil penilaiannya masih berlaku, tetapi tidak lagi dihitung. Keputusannya tetap tersimpan."
    ]


def test_decree_names_the_recognition(verifier):
    decree = make_certificate(sentra=make_sentra(name="Sale"), kind=Certificate.Kind.SK_SENTRA)

    assert sentences(deactivation.effects_of(decree)) == ["SK ini tidak lagi dihitung untuk pengakuan Sale."]


def test_what_it_stands_on_comes_back_first(verifier):
    sentra = make_sentra(name="Sale")
    ikm = make_ikm(sentra=sentra)
    paper = make_certificate(ikm=ikm)
    for record in (paper, ikm, sentra):
        take_out_of_use(record, by=verifier)

    assert sentences(deactivation.obstacles_to_return(ikm)) == ["Sale juga dinonaktifkan. Aktifkan dahulu yang itu."]
    for record in (ikm, paper):
        with pytest.raises(NotPossible):
            deactivation.bring_back(record=record, by=verifier)


def test_nib_taken_meanwhile_keeps_the_ikm_out_of_use(verifier):
    ikm = make_ikm(nib="1234567890123")
    take_out_of_use(ikm, by=verifier)
    make_ikm(nib="1234567890123", wilayah="32.08")

    with pytest.raises(NotPossible, match="NIB 1234567890123 sudah tercatat pada IKM lain"):
        deactivation.bring_back(record=ikm, by=verifier)


def test_number_of_a_paper_taken_meanwhile(verifier):
    ikm = make_ikm()
    paper = make_certificate(ikm=ikm, number="A-1")
    take_out_of_use(paper, by=verifier)
    make_certificate(ikm=ikm, number="A-1")

    with pytest.raises(NotPossible, match="sudah tercatat lagi"):
        deactivation.bring_back(record=paper, by=verifier)


def test_anchor_comes_back_as_a_member_where_there_is_another(verifier):
    sentra = make_sentra()
    anchor = make_ikm(sentra=sentra, is_anchor=True)
    take_out_of_use(anchor, by=verifier)
    make_ikm(sentra=sentra, is_anchor=True)

    deactivation.bring_back(record=anchor, by=verifier)

    anchor.refresh_from_db()
    assert anchor.is_in_use and not anchor.is_anchor


def test_database_refuses_what_nobody_asked(verifier):
    """Whoever writes past the pages finds the same rules, also at the same moment."""
    sentra, ikm = make_sentra(), make_ikm()
    member, product = make_ikm(sentra=sentra), make_product(ikm=ikm)

    with pytest.raises(IntegrityError, match="rows in use"):
        take_out_of_use(sentra, by=verifier)
    assert (member.is_in_use, product.is_in_use) == (True, True)


@pytest.mark.parametrize("makes", [lambda sentra: make_ikm(sentra=sentra), lambda sentra: make_product(sentra=sentra)])
def test_database_lets_nothing_new_stand_on_what_is_out_of_use(verifier, makes):
    sentra = make_sentra()
    take_out_of_use(sentra, by=verifier)

    with pytest.raises(IntegrityError, match="out of use"):
        makes(sentra)


def test_page_says_what_happens_and_asks_for_a_reason(verifier, signed_in):
    ikm = make_ikm(name="Sari Rasa", nib="1234567890123")
    client, address = signed_in(verifier), f"/ikm/{ikm.pk}/nonaktifkan/"

    assert "NIB 1234567890123 dapat dicatat pada IKM lain." in page_text(client.get(address))
    assert send(client, address, reason="  ").status_code == 422

    response = client.post(address, open_form(client, address, reason=REASON), follow=True)

    text = page_text(response)
    assert "Sari Rasa dinonaktifkan." in text
    assert "Tidak dipakai lagi" in text and f"Alasannya: {REASON}" in text and "Dinonaktifkan Orang" in text
    assert "Ubah data" not in text


def test_page_of_a_record_that_is_stood_on_has_no_button(verifier, signed_in):
    sentra = make_sentra()
    make_ikm(sentra=sentra)
    client, address = signed_in(verifier), f"/sentra/{sentra.pk}/nonaktifkan/"

    page = client.get(address)
    assert "Belum dapat dinonaktifkan" in page_text(page)
    assert "btn-danger" not in page.content.decode()

    refused = client.post(address, open_form(client, address, reason=REASON))
    sentra.refresh_from_db()
    assert refused.status_code == 409 and sentra.is_in_use


def test_form_seen_before_a_change_is_refused(verifier, signed_in):
    ikm = make_ikm()
    client, address = signed_in(verifier), f"/ikm/{ikm.pk}/nonaktifkan/"
    typed = open_form(client, address, reason=REASON)
    IKM.objects.update(address="Dusun baru")

    response = client.post(address, typed)

    assert response.status_code == 409 and REASON in page_text(response)


def test_bring_back_over_the_page(verifier, signed_in):
    paper = make_certificate(ikm=make_ikm(), number="A-1")
    take_out_of_use(paper, by=verifier)
    client, address = signed_in(verifier), f"/sertifikat/{paper.pk}/aktifkan/"

    assert "Tercatat ganda." in page_text(client.get(address))

    response = client.post(address, open_form(client, address), follow=True)

    assert "dipakai lagi." in page_text(response)
    assert Certificate.objects.in_use().get() == paper


def test_page_of_the_step_already_taken_leads_to_the_record(verifier, signed_in):
    ikm = make_ikm()
    client = signed_in(verifier)

    assert client.get(f"/ikm/{ikm.pk}/aktifkan/").url == ikm.get_absolute_url()

    take_out_of_use(ikm, by=verifier)
    assert client.get(f"/ikm/{ikm.pk}/nonaktifkan/").url == ikm.get_absolute_url()


def test_officer_is_told_who_may(officer, signed_in):
    response = signed_in(officer).get(f"/ikm/{make_ikm().pk}/nonaktifkan/")

    assert response.status_code == 403
    assert "Hanya verifikator wilayah ini yang menonaktifkan" in page_text(response)


@pytest.mark.parametrize("kind", ["sentra", "ikm"])
def test_years_of_figures_are_counted(kind):
    record = {"sentra": make_sentra, "ikm": make_ikm}[kind]()
    for year in (2023, 2024):
        make_figures(**{kind: record}, year=year)

    said = sentences(deactivation.effects_of(record))

    assert said == ["Angkanya dari 2 tahun tetap tersimpan, tetapi tidak lagi dijumlahkan."]
