from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from outbox.uuid7 import uuid7
from sentra.listing.declared import list_named
from sentra.listing.layout import layout_of
from sentra.models import ListLayout
from tests.factories import make_ikm

pytestmark = pytest.mark.django_db

LAYOUT = reverse("listing:layout", args=["ikm"])
USUAL = ["nama", "sentra", "cabang", "nib", "produk", "keadaan"]


def layout(user, query: str = "") -> tuple[list[str], str]:
    found = layout_of(list_named("ikm"), user, QueryDict(query))
    return [column.key for column in found.columns], found.sorting.parameter


def post(client, **fields):
    return client.post(LAYOUT, {"idempotency_key": uuid7(), "urutan": "nama"} | fields)


def test_list_is_shown_as_declared_at_first(officer):
    assert layout(officer) == (USUAL, "nama")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kolom=nib,diubah&urut=-diubah", (["nama", "nib", "diubah"], "-diubah")),
        ("kolom=diubah,nib", (["nama", "nib", "diubah"], "nama")),
        ("kolom=entah,nib&urut=entah", (["nama", "nib"], "nama")),
        ("kolom=entah", (["nama"], "nama")),
        ("kolom=&urut=--nama", (USUAL, "nama")),
        ("kolom=,,&urut=-tempat", (USUAL, "-tempat")),
    ],
)
def test_address_goes_first_and_nonsense_is_passed_over(officer, query, expected):
    assert layout(officer, query) == expected


def test_choice_is_remembered_for_oneself_alone(signed_in, officer, verifier):
    client = signed_in(officer)

    answer = post(client, kolom=["nib", "diubah"], urutan="-diubah", alamat="nib=tanpa&urut=nama&kolom=sentra&page=4")

    assert (answer.status_code, answer["Location"]) == (303, "/ikm/?nib=tanpa")
    assert layout(officer) == (["nama", "nib", "diubah"], "-diubah")
    assert layout(verifier) == (USUAL, "nama")
    assert layout_of(list_named("sentra"), officer, QueryDict()).sorting.parameter == "nama"


def test_no_column_at_all_leaves_the_name(signed_in, officer):
    post(signed_in(officer))

    assert layout(officer) == (["nama"], "nama")


def test_list_goes_back_to_how_it_is_declared(signed_in, officer):
    ListLayout.objects.create(user=officer, list_key="ikm", columns=["nib"], order="-nama")

    answer = post(signed_in(officer), semula="1", alamat="nib=tanpa")

    assert (answer.status_code, answer["Location"]) == (303, "/ikm/?nib=tanpa")
    assert layout(officer) == (USUAL, "nama")


@pytest.mark.parametrize(("field", "value"), [("kolom", ["entah"]), ("urutan", "entah"), ("urutan", "")])
def test_nonsense_is_refused_at_its_field(signed_in, officer, field, value):
    page = post(signed_in(officer), **{field: value})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not ListLayout.objects.exists()


@pytest.mark.parametrize(
    "alamat", ["//example.org", "https://example.org/", "nib=entah", "x" * 5000, "wilayah=33.29&" * 99]
)
def test_the_way_back_is_always_the_list(signed_in, officer, alamat):
    answer = post(signed_in(officer), alamat=alamat)

    assert answer.status_code == 303
    assert answer["Location"].partition("?")[0] == "/ikm/"


def test_a_long_filter_is_come_back_to(signed_in, officer):
    """The address was once kept in 300 letters, and the list came back without its filter."""
    query = urlencode({"q": "é" * 100})

    answer = post(signed_in(officer), kolom=["nib"], alamat=query)

    assert len(query) > 600
    assert (answer.status_code, answer["Location"]) == (303, f"/ikm/?{query}")


def test_headings_say_how_the_list_is_sorted_and_lead_to_other_orders(signed_in, officer):
    make_ikm()

    page = signed_in(officer).get("/ikm/?nib=tanpa&kolom=nib,diubah&urut=-diubah&page=1")

    assert [(heading.label, heading.href, heading.state) for heading in page.context["headings"]] == [
        ("IKM", "?nib=tanpa&kolom=nib%2Cdiubah&urut=nama", ""),
        ("NIB", "", ""),
        ("Diubah", "?nib=tanpa&kolom=nib%2Cdiubah&urut=diubah", "descending"),
    ]
    assert 'aria-sort="descending"' in page.content.decode()


@pytest.mark.parametrize("key", ["sentra", "ikm", "produk", "sertifikat", "penilaian"])
def test_every_column_of_every_list_is_drawn(signed_in, officer, key):
    declared = list_named(key)
    every = ",".join(column.key for column in declared.columns)

    page = signed_in(officer).get(declared.address, {"kolom": every})

    assert [drawn.column for drawn in page.context["columns"]] == list(declared.columns)
    assert {column.order for column in declared.columns} - {""} <= {order.key for order in declared.orders}
