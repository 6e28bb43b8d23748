"""The line that says, while a record is being typed, which records may be the same."""

import pytest

from tests.factories import make_ikm, make_product, make_sentra, take_out_of_use

BENTAR, SLAWI_KULON = "33.29.01.2002", "33.28.10.2004"

pytestmark = pytest.mark.usefixtures("areas")


def hits(client, kind, **typed):
    response = client.get(f"/{kind}/mirip/", typed)
    assert response.status_code == 200
    return [hit["name"] for hit in response.json()["hits"]]


def test_name_and_village_find_the_likely_record_with_its_place_and_address_alone(signed_in, officer):
    ikm = make_ikm(name="Sale Warsih", wilayah=BENTAR)

    response = signed_in(officer).get("/ikm/mirip/", {"name": "CV. Sale Warsi", "wilayah": BENTAR})

    assert response.json() == {
        "hits": [{"name": "Sale Warsih", "place": ikm.wilayah.place_name, "address": ikm.get_absolute_url()}]
    }


def test_each_kind_is_asked_by_its_own_fields(signed_in, officer):
    sentra = make_sentra(name="Sentra Sale", commodity="Sale pisang", wilayah=BENTAR)
    ikm = make_ikm(name="Warsih", wilayah=BENTAR)
    make_product(name="Sale pisang madu", ikm=ikm)
    client = signed_in(officer)

    assert hits(client, "sentra", name="Pisang Jaya", commodity="sale pisang", wilayah=BENTAR) == [sentra.name]
    assert hits(client, "produk", name="Sale pisang", ikm=str(ikm.pk)) == ["Sale pisang madu"]


def test_nothing_is_said_of_what_is_not_seen_not_used_or_the_record_itself(signed_in, officer, verifier):
    far = make_ikm(name="Sale Warsih", wilayah=SLAWI_KULON)
    used = make_ikm(name="Sale Warsih", wilayah=BENTAR)
    take_out_of_use(make_ikm(name="Sale Warsih", wilayah=BENTAR), by=verifier)
    client = signed_in(officer)

    assert hits(client, "ikm", name="Sale Warsih", wilayah=SLAWI_KULON) == []
    assert hits(client, "ikm", name="Sale Warsih", wilayah=BENTAR, id=str(used.pk)) == []
    assert hits(client, "produk", name="Sale", ikm=str(far.pk)) == []


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "Sa", "wilayah": BENTAR},
        {"name": "Sale"},
        {"name": "\u200b\u200b\u200b\u200b", "wilayah": BENTAR},
        {"name": "Sale", "wilayah": "%", "branch": "?", "sentra": "x", "id": "x"},
    ],
)
def test_what_makes_no_sense_finds_nothing(signed_in, officer, typed):
    make_ikm(name="Sale", wilayah=BENTAR)

    assert hits(signed_in(officer), "ikm", **typed) == []


def test_at_most_five_are_named_by_as_many_queries_as_one(signed_in, officer, django_assert_num_queries):
    for number in range(7):
        make_ikm(name=f"Sale Warsih {number}", wilayah=BENTAR)
    client = signed_in(officer)
    client.get("/")

    with django_assert_num_queries(5):
        found = hits(client, "ikm", name="Sale Warsih", wilayah=BENTAR)

    assert len(found) == 5


def test_only_who_adds_records_is_answered(signed_in, leader, client):
    assert signed_in(leader).get("/ikm/mirip/", {"name": "Sale"}).status_code == 403
    client.logout()
    assert client.get("/ikm/mirip/", {"name": "Sale"}).status_code in (302, 401)
