from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Duty
from assessment.models import Assessment, Round, Score
from outbox.uuid7 import uuid7
from sentra.models import Certificate
from tests import factories
from tests.assessment.factories import make_instrument, make_round, move_to, start_assessment

State = Assessment.State
CREATE = reverse("assessment:create")


@pytest.fixture
def product(areas):
    """A product of food whose maker has a NIB, in a sentra of one unit."""
    make_round()
    maker = factories.make_ikm(name="Sale Bu Warsih", nib="9120004170009", sentra=factories.make_sentra())
    return factories.make_product(name="Sale pisang", ikm=maker)


@pytest.fixture
def client(client, officer):
    """The client, signed in as the officer of Kabupaten Brebes."""
    client.force_login(officer)
    return client


def of(product, **more) -> str:
    return reverse("assessment:create", query={"produk": str(product.pk)} | more)


def form(**entries) -> dict:
    return {"idempotency_key": str(uuid7()), "id": str(uuid7())} | entries


def test_page_shows_product_round_and_requirements(client, product):
    page = client.get(of(product))

    outlook = page.context["outlook"]
    assert page.context["indicator_count"] == 4
    assert [requirement.name for requirement in outlook.passed] == ["NIB ada"]
    assert [requirement.name for requirement in outlook.failed] == ["Sertifikat halal berlaku"]
    assert [requirement.name for requirement in outlook.later] == [
        "Bukti wajib lengkap",
        "Dua penilai",
        "Kunjungan tercatat",
    ]
    content = page.content.decode()
    assert "Akibat bila halal tidak ada." in content
    assert "Lengkapi halal." in content
    assert "Putaran tetap" in content
    assert not Assessment.objects.exists()


def test_page_sees_a_certificate_of_the_maker(client, product):
    factories.make_certificate(ikm=product.ikm, kind=Certificate.Kind.HALAL)

    outlook = client.get(of(product)).context["outlook"]

    assert outlook.failed == ()
    assert outlook.sentence == "Semua syarat yang sudah dapat dilihat terpenuhi."


def test_requirements_are_those_of_the_scope(client, product):
    cloth = factories.make_product(ikm=product.ikm, scope=factories.make_scope("tenun"))

    page = client.get(of(cloth))

    assert page.context["outlook"].failed == ()
    assert page.context["indicator_count"] == 3


def test_post_starts_an_assessment(client, product, officer):
    entries = form()

    response = client.post(of(product), entries)

    assessment = Assessment.objects.get(pk=entries["id"])
    assert (response.status_code, response.url) == (303, reverse("assessment:sheet", args=[assessment.pk]))
    assert (assessment.officer, assessment.state, assessment.wilayah_id) == (officer, State.DRAFT, product.wilayah_id)
    assert Score.objects.filter(sheet__assessment=assessment).count() == 4


def test_double_submit_starts_one(client, product):
    entries = form()

    first, second = client.post(of(product), entries), client.post(of(product), entries)

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Assessment.objects.count() == 1


def test_same_key_with_another_id_is_refused(client, product):
    entries = form()
    client.post(of(product), entries)

    assert client.post(of(product), entries | {"id": str(uuid7())}).status_code == 409


def test_second_start_is_told_about_the_open_one(client, product):
    client.post(of(product), form())

    page = client.get(of(product))
    response = client.post(of(product), form())

    assert "Produk ini sedang dinilai." in page.content.decode()
    assert Assessment.objects.get().get_absolute_url() in page.content.decode()
    assert response.status_code == 422
    assert Assessment.objects.count() == 1


def test_start_is_led_to_the_draft_an_officer_left_behind(client, product):
    """The open draft of an officer who had moved away blocked its product, and no page said so."""
    gone = factories.make_user("pindah", ("officer", "33.29"), name="Bu Siti")
    left = start_assessment(officer=gone, product=product)
    gone.duty_set.update(wilayah="33.28")

    page = client.get(of(product))

    assert "petugasnya, Bu Siti, tidak lagi bertugas di wilayah ini" in page.content.decode()
    assert page.context["open_assessment"] == left
    assert [offered.name for offered in client.get(CREATE).context["products"]] == ["Sale pisang"]
    assert client.get(left.get_absolute_url()).status_code == 200


def test_id_that_exists_is_refused(client, product):
    taken = start_assessment(officer=factories.make_user("", ("officer", "33.29")))

    response = client.post(of(product), form(id=str(taken.pk)))

    assert response.status_code == 422
    assert Assessment.objects.get() == taken


@pytest.mark.parametrize("entries", [{"id": "x"}, {"id": ""}])
def test_bad_id_is_refused(client, product, entries):
    assert client.post(of(product), form(**entries)).status_code == 422


def test_missing_key_is_a_bad_request(client, product):
    assert client.post(of(product), {"id": str(uuid7())}).status_code == 400


def test_product_without_maker_is_told_what_to_do(client, product):
    shared = factories.make_product(sentra=factories.make_sentra())

    page = client.get(of(shared))

    assert "Produk ini belum punya IKM pembuat." in page.content.decode()


def test_without_a_round_the_page_says_so(client, product):
    Round.objects.all().delete()

    page = client.get(of(product))

    assert "Tidak ada putaran penilaian yang terbuka untuk wilayah ini." in page.content.decode()
    assert client.post(of(product), form()).status_code == 422


def test_round_of_the_area_comes_first(client, product):
    make_round(name="Putaran Brebes", wilayah_id="33.29", instrument=make_instrument(version="2"))

    assert client.get(of(product)).context["round"].name == "Putaran Brebes"


@pytest.mark.parametrize("product_key", ["x", "01a20bed-1032-7476-a6d5-717956430d91", "00000000-0000-0000"])
def test_unknown_product_is_not_found(client, product, product_key):
    assert client.get(CREATE, {"produk": product_key}).status_code == 404
    assert client.post(f"{CREATE}?produk={product_key}", form()).status_code == 404


def test_product_of_another_kabupaten_is_not_found(client, product, stranger):
    client.force_login(stranger)

    assert client.get(of(product)).status_code == 404
    assert client.post(of(product), form()).status_code == 404


@pytest.mark.parametrize("role", [Duty.Role.VERIFIER, Duty.Role.LEADER])
def test_who_sees_the_product_but_is_no_officer_is_refused(client, product, role):
    client.force_login(factories.make_user("lain", (role, "33.29")))

    for response in (client.get(of(product)), client.post(of(product), form()), client.get(CREATE)):
        assert response.status_code == 403
        assert "petugas lapangan" in response.content.decode()


def test_officer_of_a_kecamatan_cannot_start_for_the_kabupaten(client, product):
    wide = factories.make_product(ikm=factories.make_ikm(wilayah="33.29"))
    client.force_login(factories.make_user("salem", ("officer", "33.29.01")))

    assert client.get(of(wide)).status_code == 403
    assert client.get(of(product)).status_code == 200


def test_post_without_product_is_a_bad_request(client, product):
    assert client.post(CREATE, form()).status_code == 400


# Choosing


def test_products_that_can_be_assessed_are_offered(client, product):
    factories.make_product(sentra=factories.make_sentra())
    factories.make_product(ikm=factories.make_ikm(wilayah="32.08.01.2001"))
    client.post(of(factories.make_product(ikm=product.ikm)), form())

    page = client.get(CREATE)

    assert [offered.name for offered in page.context["products"]] == ["Sale pisang"]
    assert of(product) in page.content.decode()


def test_search_finds_by_name(client, product):
    factories.make_product(name="Keripik", ikm=product.ikm)

    assert [found.name for found in client.get(CREATE, {"q": "sale"}).context["products"]] == ["Sale pisang"]
    assert "Tidak ada produk dengan nama itu" in client.get(CREATE, {"q": "batik"}).content.decode()


def test_nothing_to_assess_says_what_to_do(client, areas):
    assert "Belum ada produk yang dapat dinilai" in client.get(CREATE).content.decode()


def test_long_list_asks_to_search(client, product):
    for number in range(20):
        factories.make_product(name=f"Produk {number}", ikm=product.ikm)

    page = client.get(CREATE)

    assert (len(page.context["products"]), page.context["has_more"]) == (20, True)


# Appeals


@pytest.mark.parametrize("state", Assessment.CLOSED_BY_DECISION)
def test_appeal_is_linked_to_the_decided_assessment(client, product, officer, verifier, state):
    decided = move_to(start_assessment(officer=officer, product=product), state, verifier=verifier)
    entries = form()

    page = client.get(of(product, sanggah=str(decided.pk)))
    response = client.post(of(product, sanggah=str(decided.pk)), entries)

    assert "Sanggahan" in page.content.decode()
    assert response.status_code == 303
    assert Assessment.objects.get(pk=entries["id"]).appeal_of == decided


def test_appeal_against_another_product_or_an_open_one_is_not_found(client, product, officer, verifier):
    other = move_to(start_assessment(officer=officer), State.DECIDED, verifier=verifier)
    withdrawn = move_to(start_assessment(officer=officer, product=product), State.WITHDRAWN, verifier=verifier)

    for wrong in (other.pk, withdrawn.pk, uuid4(), "x"):
        assert client.get(of(product, sanggah=str(wrong))).status_code == 404
        assert client.post(of(product, sanggah=str(wrong)), form()).status_code == 404


@pytest.mark.parametrize("certificates", [1, 3])
def test_page_costs_the_same_whatever_there_is(client, product, certificates, django_assert_num_queries):
    for _ in range(certificates):
        factories.make_certificate(product=product)
    client.get(of(product))

    with django_assert_num_queries(8):
        client.get(of(product))


@pytest.mark.parametrize("products", [1, 3])
def test_choosing_costs_the_same(client, product, products, django_assert_num_queries):
    for number in range(products - 1):
        factories.make_product(name=f"Produk {number}", ikm=product.ikm)

    with django_assert_num_queries(4):
        client.get(CREATE)
