"""What a decision froze, read back: equal to the score on that day, whatever changes afterwards."""

import json

import pytest

from assessment import decided, decisions, review, scoring, workflow
from assessment.dossier import open_dossier
from assessment.models import Assessment, Decision, Score
from sentra.models import Product
from tests.assessment.factories import move_to, start_assessment

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture
def in_review(officer, verifier):
    return move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifier)


def judge(assessment, code, level, reason, *, by):
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code=code)
    review.judge(score, level=level, reason=reason, by=by, proposed=4)


def decide(assessment, *, by):
    workflow.advance(assessment, "putuskan", by=by)
    return decided.read(Decision.objects.get(assessment=assessment))


def test_frozen_result_is_the_score_at_the_decision(in_review, verifier):
    judge(in_review, "1.2", 3, "Nota kurang.", by=verifier)
    expected = decisions.preview(in_review, by=verifier)

    content = decide(in_review, by=verifier)

    assert content.result == expected
    assert (str(content.result.points.shown), content.result.star) == ("72.00", 3)
    assert content.decision.total == content.result.points.shown


def test_frozen_rules_and_facts_are_those_of_the_day(in_review, verifier):
    dossier = open_dossier(in_review)
    decisions.preview_of(dossier, by=verifier)

    content = decide(in_review, by=verifier)

    assert content.rules == dossier.rules
    assert content.facts == dossier.facts()
    assert content.facts.assessor_count == 1


def test_frozen_sheets_keep_points_of_proposal_and_decision(in_review, verifier):
    judge(in_review, "1.2", 3, "Nota kurang.", by=verifier)

    content = decide(in_review, by=verifier)

    assert {code: str(points) for code, points in content.proposal.points.items()} == {"K1": "48.00", "K2": "32.00"}
    assert {code: str(points) for code, points in content.decided.points.items()} == {"K1": "40.00", "K2": "32.00"}
    assert (str(content.proposal.total), str(content.decided.total)) == ("80.00", "72.00")
    assert content.decided.reviewed == {"1.2"}


def test_names_stay_those_of_the_day(in_review, verifier):
    before = in_review.product.name
    content = decide(in_review, by=verifier)

    Product.objects.filter(pk=in_review.product_id).update(name="Nama baru")

    again = decided.read(Decision.objects.get())
    assert (again.product, content.product) == (before, before)
    assert again.judge == "Dinas perindustrian Kabupaten Brebes"


def test_changes_are_told_with_their_reasons(in_review, verifier):
    judge(in_review, "1.2", 3, "Nota kurang.", by=verifier)

    content = decide(in_review, by=verifier)

    assert content.changes(decided.reasons_of(content.decision)) == [
        decided.Change("1.2", "Bahan baku lokal", 4, 3, "Nota kurang.")
    ]


def test_reason_that_is_not_the_frozen_one_is_not_passed_off(in_review, verifier):
    judge(in_review, "1.2", 3, "Nota kurang.", by=verifier)
    content = decide(in_review, by=verifier)

    (change,) = content.changes({"1.2": "Alasan yang diganti."})

    assert change.reason is None


def test_elimination_is_read_too(officer, verifier):
    assessment = move_to(start_assessment(officer=officer), State.ELIMINATED, verifier=verifier)

    content = decided.read(Decision.objects.get(assessment=assessment))

    assert content.result.eliminated
    assert content.result.star is None


@pytest.mark.parametrize(
    "broken",
    [
        "{}",
        "[]",
        '{"sheets": []}',
        '{"sheets": [{"kind": "decision", "scores": null}]}',
        '{"sheets": [{"kind": "decision", "scores": {}, "total": "banyak"}]}',
    ],
)
def test_text_of_another_form_is_refused(in_review, verifier, broken):
    decide(in_review, by=verifier)
    decision = Decision.objects.get()
    decision.canonical = broken

    with pytest.raises(decided.Unreadable, match="nomor 1 tidak dapat dibaca"):
        decided.read(decision)


def test_stored_text_is_not_computed_again(in_review, verifier):
    """Whatever the text says is shown, also where today's code would find other figures."""
    content = decide(in_review, by=verifier)
    stored = json.loads(content.decision.canonical)
    stored["result"]["points"] = {"exact": "50", "shown": "50.00"}
    content.decision.canonical = json.dumps(stored)

    assert decided.read(content.decision).result.points == scoring.Points(50, content.result.points.shown * 0 + 50)
