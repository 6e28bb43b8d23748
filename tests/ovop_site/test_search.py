"""`/cari/`: what it finds, for whom, and what it says when it finds nothing."""

import pytest

from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_ikm, make_product, make_sentra

SALEM, KUNINGAN = "33.29.01.2003", "32.08.01.2005"


def found(response):
    """The names of the rows by the key of their list."""
    assert response.status_code == 200
    return {group.declared.key: [str(row) for row in group.rows] for group in response.context["results"].groups}


@pytest.fixture
def warsih(areas):
    return make_ikm(name="Sale Bu Warsih", wilayah=SALEM, nib="9120004171234")


def test_one_word_finds_records_of_every_list(signed_in, officer, warsih):
    make_sentra(name="Sentra Sale Bentarsari", wilayah=SALEM)
    product = make_product(name="Sale pisang gulung", ikm=warsih)
    assessment = start_assessment(officer=officer, product=product)

    response = signed_in(officer).get("/cari/", {"q": "sale"})

    assert found(response) == {
        "sentra": ["Sentra Sale Bentarsari"],
        "ikm": ["Sale Bu Warsih"],
        "produk": ["Sale pisang gulung"],
        "penilaian": [str(assessment)],
    }


@pytest.mark.parametrize("words", ["sale warssih", "sal warsih", "SALE  bu warsih", "9120 0041 7123 4"])
def test_name_is_found_in_spite_of_typing_errors_and_by_its_nib(signed_in, officer, warsih, words):
    assert found(signed_in(officer).get("/cari/", {"q": words})) == {"ikm": ["Sale Bu Warsih"]}


def test_best_fitting_names_come_first(signed_in, officer, areas):
    for name in ("Aneka Sale", "Balai Sale", "Citra Sale", "Dapur Sale", "Eka Sale", "Sale Warsih", "Sale"):
        make_ikm(name=name, wilayah=SALEM)

    assert found(signed_in(officer).get("/cari/", {"q": "sale"}))["ikm"][:3] == ["Sale", "Sale Warsih", "Aneka Sale"]


def test_records_outside_the_duties_are_not_found(signed_in, stranger, officer, warsih):
    make_ikm(name="Sale Kuningan", wilayah=KUNINGAN)

    assert found(signed_in(officer).get("/cari/", {"q": "sale"})) == {"ikm": ["Sale Bu Warsih"]}
    assert found(signed_in(stranger).get("/cari/", {"q": "sale"})) == {"ikm": ["Sale Kuningan"]}


def test_draft_of_somebody_else_is_not_found(signed_in, officer, verifier, warsih):
    product = make_product(name="Sale pisang gulung", ikm=warsih)
    assessment = start_assessment(officer=officer, product=product)
    assert "penilaian" not in found(signed_in(verifier).get("/cari/", {"q": "gulung"}))

    move_to(assessment, "submitted", verifier=verifier)

    assert "penilaian" in found(signed_in(verifier).get("/cari/", {"q": "gulung"}))


def test_more_than_five_lead_to_their_list(signed_in, officer, areas):
    for number in range(6):
        make_ikm(name=f"Tenun {number}", wilayah=SALEM)

    response = signed_in(officer).get("/cari/", {"q": "tenun"})

    assert len(found(response)["ikm"]) == 5
    assert 'href="/ikm/?q=tenun"' in response.content.decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("zzzzq", "Tidak ada yang cocok"),
        ("ab", "Tulis paling sedikit tiga huruf."),
        ("\u200bab\u3164", "Tulis paling sedikit tiga huruf."),
        ("x" * 5000, "Tidak ada yang cocok"),
    ],
)
def test_search_that_finds_nothing_says_why(signed_in, officer, warsih, words, sentence):
    response = signed_in(officer).get("/cari/", {"q": words})

    assert found(response) == {}
    assert sentence in response.content.decode()


def test_page_without_words_offers_the_field(signed_in, officer, areas):
    page = signed_in(officer).get("/cari/").content.decode()

    assert "Tidak ada yang cocok" not in page and 'id="cari-semua"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_as_often_for_three_rows_as_for_one(signed_in, officer, areas, django_assert_num_queries, rows):
    for number in range(rows):
        sentra = make_sentra(name=f"Sentra Sale {number}", wilayah=SALEM)
        ikm = make_ikm(name=f"Sale {number}", wilayah=SALEM, sentra=sentra)
        start_assessment(officer=officer, product=make_product(name=f"Sale gulung {number}", ikm=ikm))
    client = signed_in(officer)

    with django_assert_num_queries(12):
        assert len(found(client.get("/cari/", {"q": "sale"}))["ikm"]) == rows


def test_field_stands_on_every_page_of_who_can_find_something(signed_in, officer, assessor):
    assert "data-search-key" in signed_in(officer).get("/").content.decode()
    assert "data-search-key" not in signed_in(assessor).get("/").content.decode()
