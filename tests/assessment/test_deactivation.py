"""What a deactivation says about assessments, and what it may not do while one is open."""

import pytest

from assessment import starting
from assessment.models import Assessment
from sentra import deactivation
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_certificate, take_out_of_use

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.mark.parametrize("state", State)
def test_open_assessment_stops_its_product(officer, verifier, state):
    assessment = move_to(start_assessment(officer=officer), state, verifier=verifier)
    effects = deactivation.effects_of(assessment.product)

    assert any(effect.stops for effect in effects) == (state in Assessment.OPEN)
    kept = "1 penilaian yang sudah selesai tetap tersimpan dan dapat dibuka."
    assert (kept in [effect.sentence for effect in effects]) == (state not in Assessment.OPEN)


def test_product_out_of_use_cannot_be_assessed(officer, verifier):
    assessment = move_to(start_assessment(officer=officer), State.WITHDRAWN, verifier=verifier)
    take_out_of_use(assessment.product, by=verifier)

    assert "sudah dinonaktifkan" in starting.obstacle(assessment.product)


def test_certificate_stays_evidence(officer):
    assessment = start_assessment(officer=officer)
    certificate = make_certificate(product=assessment.product)

    assert not any(effect.stops for effect in deactivation.effects_of(certificate))
