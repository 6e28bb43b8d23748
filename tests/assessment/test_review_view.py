"""The verifier's review of one indicator, at the address of the sheet."""

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment, Check, Score
from outbox.uuid7 import uuid7
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.assessment.page_forms import fields_of

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def assessment(officer, verifier) -> Assessment:
    """The officer has proposed level 4 throughout; the verifier has begun the review."""
    return move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifier)


@pytest.fixture
def client(client, verifier):
    client.force_login(verifier)
    return client


def address(assessment: Assessment, code: str = "") -> str:
    return reverse("assessment:sheet", args=[assessment.pk]) + (f"?i={code}" if code else "")


def filled_in(client, assessment: Assessment, code: str, **entries) -> dict:
    """What a browser sends from the page of the indicator `code`, with `entries` typed over it."""
    return fields_of(client.get(address(assessment, code)), form_id="tinjau") | entries


def send(client, assessment: Assessment, code: str, **entries):
    return client.post(address(assessment), filled_in(client, assessment, code, **entries))


def row(assessment: Assessment, code: str) -> Score:
    return Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code=code)


def judged(assessment: Assessment, code: str) -> tuple[int, str, str | None]:
    """Level, reason, and who looked at it."""
    score = row(assessment, code)
    return score.level, score.reason, score.reviewed_by and score.reviewed_by.username


def test_first_indicator_that_nobody_looked_at_is_shown(client, assessment, verifier):
    send(client, assessment, "1.1")

    page = client.get(address(assessment))

    assert page.context["rule"].code == "1.2"
    assert [card.number for card in page.context["cards"] if card.is_proposed] == [4]


def test_unknown_indicator_in_the_address_shows_the_first_open_one(client, assessment):
    assert client.get(address(assessment, "9.9")).context["rule"].code == "1.1"


def test_agreeing_is_one_press_and_leads_to_the_next(client, assessment, verifier):
    response = send(client, assessment, "1.1")

    assert (response.status_code, response.url) == (303, address(assessment, "1.2"))
    assert judged(assessment, "1.1") == (4, "", verifier.username)


def test_other_level_is_kept_with_its_reason(client, assessment, verifier):
    send(client, assessment, "1.2", level="2", reason=" Nota hanya satu. ")

    assert judged(assessment, "1.2") == (2, "Nota hanya satu.", verifier.username)


def test_other_level_without_a_reason_is_told_at_the_field(client, assessment):
    response = send(client, assessment, "1.2", level="2", note="Lampirkan nota.")

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]
    assert response.context["form"]["note"].value() == "Lampirkan nota."
    assert judged(assessment, "1.2") == (4, "", None)


@pytest.mark.parametrize("level", ["", "0", "9", "x", "9" * 40])
def test_no_level_of_the_indicator_is_told_at_the_field(client, assessment, level):
    response = send(client, assessment, "1.2", level=level)

    assert response.status_code == 422
    assert "level" in response.context["form"].errors
    assert judged(assessment, "1.2") == (4, "", None)


def test_indicator_that_is_not_there_is_a_clear_answer(client, assessment):
    response = send(client, assessment, "1.2", indicator="9.9")

    assert response.status_code == 400
    assert "Indikator ini tidak ada pada penilaian." in response.content.decode()


def test_own_answer_to_a_test_line(client, assessment):
    send(client, assessment, "2.1", **{"2.1-benda-asing-value": str(Check.YES)})

    answers = assessment.sheet_set.get(kind="decision").check_answer_set
    assert answers.get(check_line__code="2.1-benda-asing").value == Check.YES


def test_two_verifiers_at_one_indicator_see_both_versions(client, assessment, other_verifier):
    fields = filled_in(client, assessment, "1.2", level="3", reason="Nota lama.")
    client.force_login(other_verifier)
    send(client, assessment, "1.2", level="2", reason="Nota hanya satu.")

    first = client.post(address(assessment), fields)
    again = fields_of(first, form_id="tinjau") | {"idempotency_key": uuid7()}
    second = client.post(address(assessment), again)

    shown = [(difference.theirs, difference.mine) for difference in first.context["form"].differences]
    assert first.status_code == 409
    assert ("Nota hanya satu.", "Nota lama.") in shown
    assert second.status_code == 303
    assert judged(assessment, "1.2") == (3, "Nota lama.", other_verifier.username)


def test_double_submit_is_one_judgement(client, assessment):
    fields = filled_in(client, assessment, "1.2", level="2", reason="Nota hanya satu.")

    answers = [client.post(address(assessment), fields) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(303, answers[0].url)] * 2
    assert row(assessment, "1.2").revision == 2


@pytest.mark.parametrize("action", ["kembalikan", "putuskan"])
def test_what_came_too_late_can_be_copied(client, assessment, other_verifier, action):
    """Once it was a page that said this was none of one's duties, and what was typed was gone."""
    fields = filled_in(client, assessment, "1.2", level="2", reason="Nota hanya satu.")
    workflow.advance(assessment, action, by=other_verifier, note="Lengkapi.")

    response = client.post(address(assessment), fields)
    asked_by_script = client.post(address(assessment), fields, headers={"Accept": "application/json"})

    assert response.status_code == 409
    assert response.context["typed"] == ["Nota hanya satu."]
    assert f"statusnya “{assessment.get_state_display()}”" in response.content.decode()
    assert asked_by_script.status_code == 409
    assert judged(assessment, "1.2")[0] == 4


def test_nobody_else_reviews(client, assessment, officer, leader, stranger):
    fields = filled_in(client, assessment, "1.2", level="2", reason="Nota hanya satu.")

    answers = {}
    for person in (officer, leader, stranger):
        client.force_login(person)
        answers[person.username] = client.post(address(assessment), fields).status_code

    assert answers == {officer.username: 409, leader.username: 404, stranger.username: 404}
    assert judged(assessment, "1.2") == (4, "", None)


def test_verifier_does_not_review_an_own_proposal(client, verifier, other_verifier):
    """Four eyes, also where somebody is officer and verifier of the same area."""
    verifier.duty_set.create(role="officer", wilayah_id=verifier.duty_set.get().wilayah_id)
    own = start_assessment(officer=verifier)
    fill_all(own)
    workflow.advance(own, "kirim", by=verifier)
    workflow.advance(own, "tinjau", by=other_verifier)

    page = client.get(address(own))
    response = client.post(address(own), {"idempotency_key": uuid7(), "indicator": "1.1", "level": "5", "reason": "x"})

    assert page.templates[0].name == "assessment/sheet_read.html"
    assert response.status_code == 409
    assert judged(own, "1.1") == (4, "", None)


def test_evidence_asked_for_is_shown(client, officer, verifier):
    assessment = start_assessment(officer=officer)
    first, second = attach(assessment, "1.1"), attach(assessment, "1.1")
    move_to(assessment, State.IN_REVIEW, verifier=verifier)

    shown = [
        client.get(address(assessment, "1.1") + f"&b={wanted}").context["shown"].row
        for wanted in (second.pk, first.pk, "x")
    ]

    assert shown == [second, first, first]
