"""Pages of the products: their maker, their result, and what other rooms add."""

import pytest

from outbox.uuid7 import uuid7
from sentra import panels
from sentra.forms import choices
from sentra.models import Product
from sentra.panels import Mark, Panel
from tests.factories import make_certificate, make_ikm, make_product, make_scope, make_sentra, make_user
from tests.sentra.filling import open_form, page_text, send

BENTAR, SLAWI_KULON = "33.29.01.2002", "33.28.10.2004"
NEW = "/produk/baru/"
TYPED = {"name": "Sale pisang gulung", "scope": "makanan", "price": "Rp 12.500", "price_unit": "bungkus 250 g"}
JUDGED = {"star": 4, "star_authority": "kabkota", "star_until": "2999-11-27"}

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture(autouse=True)
def scope(areas):
    return make_scope()


@pytest.fixture
def no_other_rooms(monkeypatch):
    monkeypatch.setattr(panels, "_product_panels", {})
    monkeypatch.setattr(panels, "_product_marks", {})


def edit(product: Product) -> str:
    return f"/produk/{product.pk}/ubah/"


# List and detail


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_rows_as_for_one(signed_in, officer, django_assert_num_queries, rows):
    for _number in range(rows):
        make_product(ikm=make_ikm(sentra=make_sentra()))
    client = signed_in(officer)

    with django_assert_num_queries(11):
        response = client.get("/produk/")

    assert response.context["heading"] == f"{rows} produk di Kab. Brebes"


@pytest.mark.usefixtures("no_other_rooms")
@pytest.mark.parametrize("rows", [1, 3])
def test_detail_asks_as_often_for_three_papers_as_for_one(signed_in, officer, django_assert_num_queries, rows):
    product = make_product(ikm=make_ikm(sentra=make_sentra()))
    for _number in range(rows):
        make_certificate(product=product)
    client = signed_in(officer)

    with django_assert_num_queries(6):
        client.get(product.get_absolute_url())


def test_detail_with_the_panels_of_all_rooms_stays_below_twelve_queries(
    signed_in, officer, django_assert_max_num_queries
):
    product = make_product(ikm=make_ikm(sentra=make_sentra()))
    client = signed_in(officer)

    with django_assert_max_num_queries(12):
        client.get(product.get_absolute_url())


@pytest.mark.parametrize(
    ("result", "sentences"),
    [
        ({}, ["Belum ada nilai yang berlaku"]),
        (
            JUDGED,
            [
                "Setara bintang 4",
                "Penilaian Dinas perindustrian Kabupaten Brebes, berlaku sampai 27 November 2999.",
            ],
        ),
        (JUDGED | {"star": 0}, ["Dinilai, belum berbintang"]),
        (
            JUDGED | {"star_until": "2020-01-31", "star_authority": "provinsi"},
            ["Penilaian Dinas perindustrian Provinsi Jawa Tengah, lewat masa berlakunya sejak 31 Januari 2020."],
        ),
        (JUDGED | {"star_authority": "kementerian"}, ["Setara bintang 4", "Penilaian Kementerian Perindustrian"]),
    ],
)
def test_result_is_said_in_words(signed_in, officer, result, sentences):
    product = make_product(**result)

    text = page_text(signed_in(officer).get(product.get_absolute_url()))

    assert [sentence for sentence in sentences if sentence not in text] == []
    assert "Bintang OVOP" not in text


@pytest.mark.usefixtures("no_other_rooms")
def test_other_rooms_add_panels_and_marks(signed_in, officer):
    product = make_product()
    panels.register_product_panel("test", lambda user, product: Panel("ui/back_link.html", {}))
    panels.register_product_marks("test", lambda user, products: {products[0].pk: [Mark("Sedang ditinjau")]})
    client = signed_in(officer)

    assert client.get(product.get_absolute_url()).context["panels"] == [Panel("ui/back_link.html", {})]
    listed = page_text(client.get("/produk/"))
    assert "Sedang ditinjau" in listed
    assert "Belum ada nilai</span>" not in listed


def test_product_of_a_sentra_says_that_it_cannot_be_judged(signed_in, officer):
    product = make_product(sentra=make_sentra())

    assert "Hanya produk sebuah IKM yang dapat dinilai." in page_text(
        signed_in(officer).get(product.get_absolute_url())
    )


# Who may open what


def test_product_of_another_kabupaten_is_not_there(signed_in, officer):
    foreign = make_product(ikm=make_ikm(wilayah=SLAWI_KULON))
    client = signed_in(officer)

    assert [client.get(address).status_code for address in (foreign.get_absolute_url(), edit(foreign))] == [404, 404]


def test_product_that_is_seen_and_not_inside_the_duty_cannot_be_changed(signed_in):
    wider = make_product(ikm=make_ikm(wilayah="33.29"))
    client = signed_in(make_user("", ("officer", "33.29.01")))

    assert [client.get(wider.get_absolute_url()).status_code, client.get(edit(wider)).status_code] == [200, 403]
    assert client.post(edit(wider), {"idempotency_key": uuid7()}).status_code == 403


# Adding


def test_new_product_of_an_ikm(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)

    response = client.post(NEW, open_form(client, f"{NEW}?ikm={ikm.pk}", **TYPED))

    product = Product.objects.get()
    assert (response.status_code, response["Location"]) == (303, product.get_absolute_url())
    assert (product.ikm, product.wilayah_id, product.price, product.created_by) == (ikm, BENTAR, 12500, officer)


def test_new_product_of_a_sentra(signed_in, officer):
    sentra = make_sentra(wilayah=BENTAR)

    response = send(signed_in(officer), f"{NEW}?sentra={sentra.pk}", **TYPED)

    assert response.status_code == 303
    assert (Product.objects.get().ikm, Product.objects.get().sentra) == (None, sentra)


def test_new_product_leads_back_to_its_maker_also_after_a_refusal(signed_in, officer):
    ikm, client = make_ikm(), signed_in(officer)
    address = f"{NEW}?ikm={ikm.pk}"

    pages = [client.get(address), client.post(address, open_form(client, address, name=""))]

    assert [page.status_code for page in pages] == [200, 422]
    assert all(f'href="{ikm.get_absolute_url()}"' in page.text for page in pages)


def test_maker_in_the_address_must_be_one_that_may_be_edited(signed_in):
    client = signed_in(make_user("", ("officer", "33.29.01")))
    foreign, wider = make_ikm(wilayah=SLAWI_KULON), make_ikm(wilayah="33.29")

    statuses = [client.get(f"{NEW}?ikm={key}").status_code for key in (foreign.pk, wider.pk, uuid7(), "x")]

    assert statuses == [404, 403, 404, 404]


def test_product_without_a_maker_is_told_at_the_field(signed_in, officer):
    make_ikm()

    response = send(signed_in(officer), NEW, **TYPED)

    assert response.status_code == 422
    assert response.context["form"].errors == {"ikm": ["Pilih IKM pembuat atau sentranya."]}


def test_where_nothing_could_make_it_the_page_leads_to_a_new_ikm(signed_in, officer):
    assert 'href="/ikm/baru/"' in page_text(signed_in(officer).get(NEW))


def test_where_too_many_could_make_it_the_page_leads_to_the_search(signed_in, officer, monkeypatch):
    monkeypatch.setattr(choices, "OFFERED", 1)
    for _number in range(2):
        make_ikm()

    text = page_text(signed_in(officer).get(NEW))

    assert "Mulai dari pembuatnya" in text
    assert 'action="/ikm/"' in text


def test_result_cannot_be_sent_with_the_form(signed_in, officer):
    product = make_product()

    send(signed_in(officer), edit(product), star="5", star_authority="kementerian", star_until="2999-01-01")

    product.refresh_from_db()
    assert (product.star, product.star_authority) == (None, "")


def test_change_keeps_the_result(signed_in, officer):
    product = make_product(**JUDGED)

    send(signed_in(officer), edit(product), name="Sale gulung")

    product.refresh_from_db()
    assert (product.name, product.star) == ("Sale gulung", 4)


def test_result_decided_meanwhile_is_not_lost(signed_in, officer):
    product = make_product()
    client = signed_in(officer)
    form = open_form(client, edit(product), name="Sale gulung")
    Product.objects.update(**JUDGED)

    response = client.post(edit(product), form)

    product.refresh_from_db()
    assert (response.status_code, product.name, product.star) == (303, "Sale gulung", 4)
