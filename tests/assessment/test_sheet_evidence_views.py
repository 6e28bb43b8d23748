"""Evidence and the visit, kept on the page of the score sheet."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessment.models import Assessment, Evidence
from tests import factories
from tests.assessment.factories import attach, start_assessment
from tests.assessment.page_forms import address, fields_of, filled_in, send

State = Assessment.State


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def assessment(officer) -> Assessment:
    return start_assessment(officer=officer)


@pytest.fixture
def client(client, assessment):
    """The client, signed in as the officer of `assessment`."""
    client.force_login(assessment.officer)
    return client


def test_caption_is_changed_from_the_page(client, assessment):
    evidence = attach(assessment, "1.1", caption="")

    send(client, assessment, "K1", {f"1.1-{evidence.pk}-caption": "SK bupati"})

    evidence.refresh_from_db()
    assert evidence.caption == "SK bupati"


def test_caption_that_is_too_long_is_refused_at_its_field(client, assessment):
    evidence = attach(assessment, "1.1", caption="SK")

    response = send(client, assessment, "K1", {f"1.1-{evidence.pk}-caption": "a" * 151})

    assert response.status_code == 422
    assert f'href="#k1-1.1-{evidence.pk}-caption">1.1 SK: ' in response.content.decode()
    assert Evidence.objects.get().caption == "SK"


def test_evidence_is_taken_away(client, assessment):
    evidence = attach(assessment, "1.1")

    send(client, assessment, "K1", {"1.1-remove": [str(evidence.pk)]})

    assert not Evidence.objects.exists()


def test_evidence_of_another_assessment_is_not_touched(client, assessment, officer):
    foreign = attach(start_assessment(officer=officer), "1.1")

    response = send(client, assessment, "K1", {"1.1-remove": [str(foreign.pk)]})

    assert response.status_code == 422
    assert Evidence.objects.filter(pk=foreign.pk).exists()


def test_certificate_of_another_product_is_refused(client, assessment, officer):
    foreign = factories.make_certificate(product=factories.make_product(), file=factories.make_file(by=officer))

    response = send(client, assessment, "K1", {"1.1-stored": f"sertifikat:{foreign.pk}"})

    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_visit_is_saved(client, assessment):
    response = send(client, assessment, "kunjungan", {"visited_on": "2026-11-08"})

    assert (response.status_code, response.url) == (303, f"{address(assessment)}?k=kirim#kirim")
    assessment.refresh_from_db()
    assert (assessment.visited_on, assessment.visited_by) == (date(2026, 11, 8), assessment.officer)


def test_visit_that_has_not_come_yet_is_refused(client, assessment):
    tomorrow = timezone.localdate() + timedelta(days=2)

    response = send(client, assessment, "kunjungan", {"visited_on": tomorrow.isoformat()})

    assert response.status_code == 422
    assert "Tanggal ini belum tiba." in response.content.decode()
    assert fields_of(response, section="kunjungan")["visited_on"] == [tomorrow.isoformat()]


@pytest.mark.parametrize("typed", ["kemarin dulu", "0026-11-08"])
def test_nonsense_for_a_date_is_said_and_kept(client, assessment, typed):
    response = send(client, assessment, "kunjungan", {"visited_on": typed})

    assert response.status_code == 422
    assert fields_of(response, section="kunjungan")["visited_on"] == [typed]


def test_visit_changed_in_another_tab_shows_both(client, assessment):
    old_tab = filled_in(client, assessment, "kunjungan", visited_on="2026-11-08")
    send(client, assessment, "kunjungan", {"visited_on": "2026-11-09"})

    response = client.post(address(assessment), old_tab)

    assert response.status_code == 409
    assessment.refresh_from_db()
    assert assessment.visited_on == date(2026, 11, 9)
