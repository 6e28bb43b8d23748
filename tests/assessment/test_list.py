from datetime import timedelta

import pytest
from django.urls import reverse

from assessment.models import Assessment
from tests import factories
from tests.assessment.factories import move_to, start_assessment

State = Assessment.State
LIST = reverse("assessment:list")


def make(officer, *, product: str = "Sale pisang", maker: str = "Sale Bu Warsih", **ikm) -> Assessment:
    ikm = factories.make_ikm(name=maker, **ikm)
    return start_assessment(officer=officer, product=factories.make_product(name=product, ikm=ikm))


def shown(response) -> list[str]:
    return [assessment.product.name for assessment in response.context["listing"].page]


def waiting_since(assessment: Assessment, days: int) -> None:
    since = assessment.state_since - timedelta(days=days)
    Assessment.objects.filter(pk=assessment.pk).update(state_since=since)


def test_officer_sees_the_own_with_what_they_wait_for(signed_in, officer, verifier):
    draft = make(officer)
    sent = move_to(make(officer, product="Keripik"), State.SUBMITTED, verifier=verifier)
    waiting_since(sent, 3)

    page = signed_in(officer).get(LIST)

    content = " ".join(page.content.decode().split())
    assert shown(page) == ["Sale pisang", "Keripik"]
    assert page.context["heading"] == "2 penilaian di Kab. Brebes"
    assert "Menunggu verifikator Kab. Brebes sejak 3 hari" in content
    assert reverse("assessment:sheet", args=[draft.pk]) in content
    assert f'href="{sent.get_absolute_url()}"' in content


def test_verifier_sees_what_was_ever_sent(signed_in, officer, verifier):
    make(officer, product="Draf")
    move_to(make(officer, product="Kembali"), State.RETURNED, verifier=verifier)
    move_to(make(officer, product="Ditarik"), State.WITHDRAWN, verifier=verifier)

    assert shown(signed_in(verifier).get(LIST)) == ["Kembali"]


def test_leader_sees_decided_ones_with_their_result(signed_in, officer, verifier, leader):
    move_to(make(officer, product="Draf"), State.SUBMITTED, verifier=verifier)
    move_to(make(officer), State.DECIDED, verifier=verifier)

    page = signed_in(leader).get(LIST)

    content = " ".join(page.content.decode().split())
    assert shown(page) == ["Sale pisang"]
    assert "80,00 dari 100" in content
    assert "Unggulan 48,00 dari 60; Mutu 32,00 dari 40" in content


def test_revoked_result_is_not_shown_as_one(signed_in, officer, verifier):
    move_to(make(officer), State.REVOKED, verifier=verifier)

    content = signed_in(officer).get(LIST).content.decode()

    assert "Tidak berlaku lagi" in content
    assert "80,00" not in content


def test_stranger_sees_nothing(signed_in, officer, verifier, stranger):
    move_to(make(officer), State.DECIDED, verifier=verifier)

    page = signed_in(stranger).get(LIST)

    assert shown(page) == []
    assert "Belum ada penilaian di sini" in page.content.decode()


@pytest.mark.parametrize("text", ["sale", "PISANG sale", "warsih", "sale pisag"])
def test_search_by_product_or_maker(signed_in, officer, text):
    make(officer)
    make(officer, product="Batik ukel", maker="Ayu")

    assert shown(signed_in(officer).get(LIST, {"q": text})) == ["Sale pisang"]


def test_filter_by_state_and_area(signed_in, officer, verifier):
    make(officer, product="Draf Salem", wilayah="33.29.01.2001")
    move_to(make(officer, product="Kirim Salem", wilayah="33.29.01.2001"), State.SUBMITTED, verifier=verifier)
    move_to(make(officer, product="Kirim Bumiayu", wilayah="33.29.03.2002"), State.SUBMITTED, verifier=verifier)

    page = signed_in(officer).get(LIST, {"keadaan": "submitted", "wilayah": "33.29.01"})

    assert shown(page) == ["Kirim Salem"]
    assert page.context["heading"] == "1 penilaian di Kec. Salem"


@pytest.mark.parametrize(
    ("name", "value"), [("keadaan", "entah"), ("wilayah", "99.99"), ("wilayah", "' or 1=1"), ("q", "a" * 101)]
)
def test_nonsense_in_a_filter_is_said_and_shows_no_rows(signed_in, officer, name, value):
    make(officer)

    page = signed_in(officer).get(LIST, {name: value})

    assert page.status_code == 200
    assert shown(page) == []
    assert "Saringan belum bisa dipakai" in page.content.decode()


@pytest.mark.parametrize("number", ["1000000000", "0", "-1", "dua"])
def test_page_that_does_not_exist_is_a_sentence(signed_in, officer, number):
    make(officer)

    page = signed_in(officer).get(LIST, {"page": number})

    assert page.status_code == 200
    assert page.context["listing"].problem


def test_filter_without_rows_names_the_way_out(signed_in, officer):
    make(officer)

    page = signed_in(officer).get(LIST, {"q": "sale", "keadaan": "decided"})

    assert [way.count for way in page.context["ways_out"]] == [1]


def test_only_an_officer_is_offered_to_begin(signed_in, officer, verifier):
    begin = reverse("assessment:create")

    assert signed_in(officer).get(LIST).content.decode().count(begin) == 1
    assert begin not in signed_in(verifier).get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(signed_in, officer, verifier, rows, django_assert_num_queries):
    for _ in range(rows):
        move_to(make(officer), State.DECIDED, verifier=verifier)
    client = signed_in(officer)

    with django_assert_num_queries(11):
        client.get(LIST)
