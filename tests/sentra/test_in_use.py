"""What is deactivated counts nowhere, is offered nowhere, and cannot be changed; its page stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sentra import catalogue, overview, permissions
from sentra.forms.ikm import IKMForm
from sentra.forms.product import ProductForm
from sentra.models import IKM, Certificate, Product, Sentra
from tests.factories import (
    make_certificate,
    make_ikm,
    make_product,
    make_sentra,
    make_user,
    take_out_of_use,
)

pytestmark = pytest.mark.usefixtures("areas")


def test_reason_who_and_when_come_together_or_not_at_all(verifier):
    sentra = make_sentra()

    with pytest.raises(IntegrityError, match="sentra_deactivation_whole"), transaction.atomic():
        take_out_of_use(sentra, by=verifier, reason="  ")
    with pytest.raises(IntegrityError, match="sentra_deactivation_whole"):
        Sentra.objects.update(deactivation_reason="Tercatat ganda.")


@pytest.mark.parametrize("make", [make_sentra, make_ikm, make_product])
def test_in_use_and_the_predicates_agree(verifier, make):
    kept, gone = make(), make()
    take_out_of_use(gone, by=verifier)
    rows = type(kept).objects

    assert kept in rows.in_use() and gone not in rows.in_use()
    assert kept in rows.editable_by(verifier) and gone not in rows.editable_by(verifier)
    assert permissions.can_edit(verifier, kept) and not permissions.can_edit(verifier, gone)
    assert permissions.can_see(verifier, gone) and gone in rows.visible_to(verifier)
    assert list(rows.deactivated()) == [gone]


def test_units_products_and_stars_of_deactivated_records_do_not_count(verifier):
    sentra = make_sentra()
    kept, gone = make_ikm(sentra=sentra), make_ikm(sentra=sentra)
    starred = make_product(ikm=kept, star=4, star_authority="kabkota", star_until=date(2099, 1, 1))
    take_out_of_use(gone, by=verifier)
    take_out_of_use(starred, by=verifier)

    row = Sentra.objects.with_ikm_count().with_best_star().get()

    assert (row.ikm_count, row.best_star) == (1, None)
    assert catalogue.units_of(sentra).count == 1
    assert IKM.objects.with_product_count().get(pk=kept.pk).product_count == 0


def test_deactivated_decree_recognises_nothing(verifier):
    sentra = make_sentra()
    decree = make_certificate(sentra=sentra, kind="sk_sentra")
    assert catalogue.recognition_of(sentra).has_decree

    take_out_of_use(decree, by=verifier)

    assert not catalogue.recognition_of(sentra).has_decree
    assert not Sentra.objects.with_decree().get().has_decree


def test_paper_is_hidden_with_its_record_and_shown_on_its_page(verifier):
    product = make_product()
    paper = make_certificate(product=product)
    assert list(Certificate.objects.for_product(product)) == overview.papers_of(product.ikm, verifier) == [paper]

    take_out_of_use(product, by=verifier)

    assert not Certificate.objects.in_use().exists()
    assert not Certificate.objects.for_product(product).exists()
    assert overview.papers_of(product.ikm, verifier) == []
    assert overview.papers_of(product, verifier) == [paper]


def test_members_and_their_products_leave_the_page_of_the_sentra(verifier):
    sentra = make_sentra()
    kept, gone = make_ikm(sentra=sentra), make_ikm(sentra=sentra)
    take_out_of_use(make_product(ikm=kept), by=verifier)
    take_out_of_use(gone, by=verifier)

    members = overview.members_of(sentra, verifier)

    assert (members.with_products, members.without_products, members.others, members.unseen) == ([], [kept], 0, 0)


def test_pickers_offer_what_is_in_use(officer, verifier):
    sentra, gone = make_sentra(name="Sale Bentarsari"), make_sentra(name="Sale Lama")
    ikm, gone_ikm = make_ikm(name="Sari Rasa"), make_ikm(name="Sari Lama")
    take_out_of_use(gone, by=verifier)
    take_out_of_use(gone_ikm, by=verifier)

    ikm_form = IKMForm(instance=IKM(), user=officer)
    product_form = ProductForm(instance=Product(), user=officer)

    assert [key for key, _label in ikm_form.fields["sentra"].choices] == ["", sentra.pk]
    assert [key for key, _label in product_form.fields["sentra"].choices] == ["", sentra.pk]
    assert [key for key, _label in product_form.fields["ikm"].choices] == ["", ikm.pk]


def test_nib_anchor_and_number_of_a_deactivated_record_may_be_used_again(verifier):
    sentra = make_sentra()
    double = make_ikm(sentra=sentra, is_anchor=True, nib="1234567890123")
    paper = make_certificate(sentra=sentra, kind="merek", number="IDM-1")
    take_out_of_use(double, by=verifier)
    take_out_of_use(paper, by=verifier)

    make_ikm(sentra=sentra, is_anchor=True, nib="1234567890123")
    make_certificate(sentra=sentra, kind="merek", number="IDM-1")

    with pytest.raises(IntegrityError, match="ikm_nib_unique"):
        make_ikm(nib="1234567890123")


def test_sentra_seen_only_as_leader_takes_no_member():
    """A leader of one kabupaten who is officer of another one could put IKM there into sentra of the first."""
    user = make_user("", ("leader", "33.29"), ("officer", "32.08"))
    led, own = make_sentra(wilayah="33.29"), make_sentra(wilayah="32.08")

    assert permissions.can_see(user, led) and not permissions.can_put_into(user, led)
    assert permissions.can_put_into(user, own)
    assert list(Sentra.objects.open_for_members_of(user)) == [own]
    assert [key for key, _label in IKMForm(instance=IKM(), user=user).fields["sentra"].choices] == ["", own.pk]


def test_page_of_a_sentra_seen_only_as_leader_offers_no_new_member(signed_in):
    user = make_user("", ("leader", "33.29"), ("officer", "32.08"))
    led, own = make_sentra(wilayah="33.29"), make_sentra(wilayah="32.08")
    client = signed_in(user)

    assert client.get(f"/ikm/baru/?sentra={led.pk}").status_code == 404
    assert b"Catat IKM pertama" not in client.get(led.get_absolute_url()).content
    assert b"Catat IKM pertama" in client.get(own.get_absolute_url()).content


@pytest.mark.parametrize("address", ["ubah/", "sertifikat/baru/", "foto/baru/"])
def test_deactivated_record_is_not_changed_and_says_so(officer, verifier, signed_in, address):
    sentra = make_sentra(name="Sale Lama")
    take_out_of_use(sentra, by=verifier)

    response = signed_in(officer).get(sentra.get_absolute_url() + address)

    assert response.status_code == 403
    assert "Sale Lama sudah dinonaktifkan, jadi tidak dapat diubah." in response.content.decode()


def test_nothing_is_made_for_a_deactivated_maker(officer, verifier, signed_in):
    ikm = make_ikm()
    take_out_of_use(ikm, by=verifier)

    assert signed_in(officer).get(f"/produk/baru/?ikm={ikm.pk}").status_code == 403
