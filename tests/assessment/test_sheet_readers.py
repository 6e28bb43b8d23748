"""Who gets which sheet behind the one address, and what each costs."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment import sheets
from assessment.models import Assessment, Score
from outbox.uuid7 import uuid7
from tests import factories
from tests.assessment.factories import attach, move_to, start_assessment
from tests.assessment.page_forms import address, filled_in, proposed_levels

State = Assessment.State


@pytest.fixture
def assessment(officer) -> Assessment:
    return start_assessment(officer=officer)


@pytest.fixture
def client(client, assessment):
    """The client, signed in as the officer of `assessment`."""
    client.force_login(assessment.officer)
    return client


def test_unknown_assessment_is_not_found(client):
    assert client.get(reverse("assessment:sheet", args=[uuid4()])).status_code == 404


def test_foreign_assessment_is_not_found(client, assessment, stranger):
    fields = filled_in(client, assessment, "K1", **{"1.1-level": "4"})
    client.force_login(stranger)

    assert client.get(address(assessment)).status_code == 404
    assert client.post(address(assessment), fields).status_code == 404
    assert proposed_levels(assessment)["1.1"] is None


@pytest.mark.parametrize("state", [state for state in State if state not in Assessment.EDITABLE])
def test_own_sheet_that_is_closed_is_read_and_not_written(client, assessment, verifier, state):
    """What was typed once got lost, under the headline that this was none of the officer's duties."""
    fields = filled_in(client, assessment, "K1", **{"1.1-level": "1", "1.1-note": "Nota terlampir."})
    assessment = move_to(assessment, state, verifier=verifier)

    page = client.get(address(assessment))
    response = client.post(address(assessment), fields)

    assert page.status_code == 200
    assert 'method="post" enctype' not in page.content.decode()
    assert response.status_code == 409
    assert f"tidak dapat diubah lagi: statusnya “{State(state).label}”" in response.content.decode()
    assert response.context["typed"] == ["Nota terlampir."]


def test_own_sheet_is_read_only_after_the_duty_ended(client, assessment):
    assessment.officer.duty_set.update(valid_until=timezone.localdate() - timedelta(days=1))

    page = client.get(address(assessment))

    assert page.templates[0].name == "assessment/sheet_read.html"


def test_verifier_reads_a_returned_sheet(client, assessment, verifier):
    assessment = move_to(assessment, State.RETURNED, verifier=verifier)
    client.force_login(verifier)

    page = client.get(address(assessment))

    assert page.templates[0].name == "assessment/sheet_read.html"
    assert "Lampirkan SK-nya." in page.content.decode()
    assert client.post(address(assessment), {"idempotency_key": uuid7(), "section": "K1"}).status_code == 403


def test_verifier_gets_the_review_while_reviewing(client, assessment, verifier):
    assessment = move_to(assessment, State.IN_REVIEW, verifier=verifier)

    client.force_login(verifier)
    reviewing = client.get(address(assessment))
    client.force_login(assessment.officer)
    own = client.get(address(assessment))

    assert reviewing.templates[0].name != "assessment/sheet_read.html"
    assert own.templates[0].name == "assessment/sheet_read.html"


def test_officer_does_not_see_a_review_that_goes_on(client, assessment, verifier):
    assessment = move_to(assessment, State.IN_REVIEW, verifier=verifier)
    Score.objects.filter(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2").update(
        level=1, reason="Baru separuh."
    )

    page = client.get(address(assessment))

    assert page.context["is_decided"] is False
    assert "Baru separuh." not in page.content.decode()


def test_leader_reads_a_decided_sheet_but_opens_no_certificate(client, assessment, verifier, leader, officer):
    paper = factories.make_certificate(product=assessment.product, file=factories.make_file(by=officer))
    attach(assessment, "1.2", certificate=paper, caption="")
    photo = attach(assessment, "1.2", caption="Penjemuran")
    assessment = move_to(assessment, State.DECIDED, verifier=verifier)
    client.force_login(leader)

    page = client.get(address(assessment))

    content = page.content.decode()
    assert page.context["is_decided"] is True
    assert "Hanya dibuka petugas dan verifikator" in content
    assert reverse("files:file", args=[paper.file_id]) not in content
    assert reverse("files:file", args=[photo.file_id]) in content


def well_filled(officer, *, evidence_count: int) -> Assessment:
    """An assessment of a product in a sentra, with a visit and so many pieces of evidence."""
    maker = factories.make_ikm(sentra=factories.make_sentra(), nib="9120004170002")
    assessment = start_assessment(officer=officer, product=factories.make_product(ikm=maker))
    for _ in range(evidence_count):
        attach(assessment, "1.1")
    sheets.record_visit(assessment, by=officer, visited_on=date(2026, 11, 8))
    return assessment


@pytest.mark.parametrize("evidence_count", [1, 3])
def test_sheet_costs_the_same_whatever_is_on_it(client, officer, evidence_count, django_assert_num_queries):
    assessment = well_filled(officer, evidence_count=evidence_count)
    client.get(address(assessment))

    with django_assert_num_queries(9):
        client.get(address(assessment))


@pytest.mark.parametrize("evidence_count", [1, 3])
def test_returned_sheet_costs_the_same(client, officer, verifier, evidence_count, django_assert_num_queries):
    assessment = move_to(well_filled(officer, evidence_count=evidence_count), State.RETURNED, verifier=verifier)
    client.get(address(assessment))

    with django_assert_num_queries(11):
        client.get(address(assessment))


def test_decided_sheet_keeps_its_points_when_the_facts_change(client, assessment, verifier):
    """The page once computed the score again; a paper that lapsed later would have moved what was decided."""
    assessment = move_to(assessment, State.DECIDED, verifier=verifier)
    before = client.get(address(assessment)).context["outlook"]
    assessment.product.ikm.nib = ""
    assessment.product.ikm.save()

    after = client.get(address(assessment))

    assert after.context["outlook"] == before == "Setara bintang 4: 80,00 dari 100. Kurang 10,00 untuk bintang 5."


@pytest.mark.parametrize("evidence_count", [1, 3])
def test_read_sheet_costs_the_same(client, officer, verifier, leader, evidence_count, django_assert_num_queries):
    assessment = move_to(well_filled(officer, evidence_count=evidence_count), State.DECIDED, verifier=verifier)
    client.force_login(leader)
    client.get(address(assessment))

    with django_assert_num_queries(9):
        client.get(address(assessment))
