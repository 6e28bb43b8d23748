import pytest
from django.urls import reverse

from assessment import panels
from assessment.models import Assessment
from tests import factories
from tests.assessment.factories import make_round, move_to, start_assessment

State = Assessment.State


@pytest.fixture
def product(areas):
    make_round()
    return factories.make_product(name="Sale pisang", ikm=factories.make_ikm(nib="9120004170009"))


def test_officer_may_start_what_was_never_assessed(officer, product):
    panel = panels.product_panel(officer, product)

    assert panel.context == {"assessments": [], "may_start": True, "obstacle": "", "appealable": None}


def test_officer_is_told_why_it_cannot_begin(officer, product):
    assessment = start_assessment(officer=officer, product=product)

    panel = panels.product_panel(officer, product)

    assert panel.context["assessments"] == [assessment]
    assert panel.context["obstacle"].startswith("Produk ini sedang dinilai.")


def test_decided_one_can_be_appealed(officer, verifier, product):
    decided = move_to(start_assessment(officer=officer, product=product), State.DECIDED, verifier=verifier)

    assert panels.product_panel(officer, product).context["appealable"] == decided


def test_others_see_the_panel_only_with_something_in_it(officer, verifier, leader, product):
    assert panels.product_panel(leader, product) is None

    move_to(start_assessment(officer=officer, product=product), State.DECIDED, verifier=verifier)

    panel = panels.product_panel(leader, product)
    assert (panel.context["may_start"], len(panel.context["assessments"])) == (False, 1)


def test_product_page_shows_the_panel(signed_in, officer, verifier, product):
    decided = move_to(start_assessment(officer=officer, product=product), State.DECIDED, verifier=verifier)

    content = signed_in(officer).get(product.get_absolute_url()).content.decode()

    assert decided.get_absolute_url() in content
    assert "Nilai kesiapan OVOP 80,00 dari 100" in content
    assert f"{reverse('assessment:create')}?produk={product.pk}&amp;sanggah={decided.pk}" in content


def test_product_being_assessed_is_marked_for_who_may_know(officer, verifier, product):
    start_assessment(officer=officer, product=product)

    assert [mark.text for mark in panels.product_marks(officer, [product])[product.pk]] == ["Sedang dinilai"]
    assert panels.product_marks(verifier, [product]) == {}


@pytest.mark.parametrize(
    ("states", "marks"),
    [
        ([State.ELIMINATED], ["Gugur"]),
        ([State.REVOKED], ["Dicabut"]),
        ([State.REVOKED, State.ELIMINATED], ["Gugur"]),
        ([State.ELIMINATED, State.WITHDRAWN], ["Gugur"]),
        ([State.ELIMINATED, State.DRAFT], ["Gugur", "Sedang dinilai"]),
        ([State.ELIMINATED, State.DECIDED], None),
        ([State.DECIDED, State.ELIMINATED], None),
        ([State.WITHDRAWN], None),
    ],
)
def test_product_without_a_result_says_how_its_last_assessment_ended(officer, verifier, product, states, marks):
    """The list said "Belum dinilai" of products that had been eliminated or whose decision had been revoked."""
    for state in states:
        move_to(start_assessment(officer=officer, product=product), state, verifier=verifier)
    product.refresh_from_db()

    found = panels.product_marks(officer, [product])

    assert found == {} if marks is None else [mark.text for mark in found[product.pk]] == marks


@pytest.mark.parametrize("state", [State.ELIMINATED, State.REVOKED])
def test_list_of_products_says_so_and_counts_no_more_queries(
    signed_in, officer, verifier, state, django_assert_num_queries
):
    client = signed_in(officer)
    for count in (1, 3):
        for _ in range(count):
            move_to(start_assessment(officer=officer), state, verifier=verifier)
        with django_assert_num_queries(11):
            page = client.get("/produk/").content.decode()
        assert str(State(state).label) in page
        assert "Belum ada nilai</span>" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_costs_the_same(officer, verifier, product, rows, django_assert_num_queries):
    for _ in range(rows):
        move_to(start_assessment(officer=officer, product=product), State.DECIDED, verifier=verifier)

    with django_assert_num_queries(4):
        panels.product_panel(officer, product)
