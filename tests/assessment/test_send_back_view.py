"""Sending an assessment back: the page of its remarks and the step."""

import pytest
from django.urls import reverse

from assessment import review
from assessment.models import Assessment, Remark, Score
from tests.assessment.factories import move_to, start_assessment
from tests.assessment.stepping import page, step

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture
def in_state(officer, verifier):
    def make(state):
        return move_to(start_assessment(officer=officer), state, verifier=verifier)

    return make


def test_return_without_any_remark_is_422(in_state, signed_in, verifier):
    answer = step(signed_in(verifier), in_state(State.SUBMITTED), "kembalikan", **{"remark-1.1": "  "})

    assert answer.status_code == 422
    assert "Tulis paling sedikit satu catatan" in page(answer)


def test_return_with_too_long_remark_keeps_all_texts(in_state, signed_in, verifier):
    long, assessment = "x" * 2001, in_state(State.SUBMITTED)

    answer = step(signed_in(verifier), assessment, "kembalikan", **{"remark-1.1": long, "remark-2.1": "Foto buram."})

    assert answer.status_code == 422
    assert "Catatan untuk 1.1 terlalu panjang." in page(answer)
    assert f"{long}</textarea>" in page(answer)
    assert "Foto buram.</textarea>" in page(answer)


def test_late_return_keeps_all_texts(in_state, signed_in, verifier):
    answer = step(signed_in(verifier), in_state(State.DECIDED), "kembalikan", **{"remark-2.1": "Foto buram."})

    assert answer.status_code == 409
    assert "penilaian sudah berstatus “Diputuskan”" in page(answer)
    assert "Foto buram.</textarea>" in page(answer)


def test_return_page_begins_with_notes_of_review(in_state, signed_in, verifier):
    assessment = in_state(State.IN_REVIEW)
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2")
    review.judge(score, level=4, reason="", note="Nota satu bulan saja.", by=verifier, proposed=4)

    answer = signed_in(verifier).get(reverse("assessment:send_back", args=[assessment.pk]))

    assert answer.context["form"].remarks == {"1.2": "Nota satu bulan saja."}
    assert "Nota satu bulan saja.</textarea>" in page(answer)


def test_notes_are_used_up_by_return(in_state, signed_in, verifier):
    assessment, client = in_state(State.IN_REVIEW), signed_in(verifier)
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2")
    review.judge(score, level=4, reason="", note="Nota satu bulan saja.", by=verifier, proposed=4)

    answer = step(client, assessment, "kembalikan", **{"remark-1.2": "Nota setahun.", "note": "Dua hal kecil."})

    score.refresh_from_db()
    remark = Remark.objects.get(step__assessment=assessment)
    assert answer.status_code == 303
    assert (remark.text, remark.step.note, score.note) == ("Nota setahun.", "Dua hal kecil.", "")


@pytest.mark.parametrize(
    ("role", "state", "status"),
    [
        ("verifier", State.SUBMITTED, 200),
        ("verifier", State.IN_REVIEW, 200),
        ("verifier", State.DECIDED, 302),
        ("officer", State.SUBMITTED, 403),
        ("leader", State.DECIDED, 403),
        ("stranger", State.SUBMITTED, 404),
    ],
)
def test_return_page_is_for_verifiers(request, in_state, leader, stranger, signed_in, role, state, status):
    assessment = in_state(state)

    client = signed_in(request.getfixturevalue(role))

    assert client.get(reverse("assessment:send_back", args=[assessment.pk])).status_code == status
