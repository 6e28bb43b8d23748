"""What was rated stays once its assessment is closed, and what was said stays said: plain SQL is refused too."""

import pytest
from django.db import DatabaseError, connection, transaction

from assessment.models import Assessment, CheckAnswer, Evidence
from tests.assessment.factories import attach, fill_all, move_to, start_assessment

pytestmark = pytest.mark.django_db

State = Assessment.State
CHANGES = [
    "UPDATE assessment_score SET level = 1 WHERE sheet_id = %(sheet)s",
    "DELETE FROM assessment_score WHERE sheet_id = %(sheet)s",
    "UPDATE assessment_checkanswer SET value = 1 WHERE sheet_id = %(sheet)s",
    "DELETE FROM assessment_checkanswer WHERE sheet_id = %(sheet)s",
    "UPDATE assessment_evidence SET caption = 'Lain' WHERE assessment_id = %(assessment)s",
    "DELETE FROM assessment_evidencetie WHERE evidence_id = %(evidence)s",
]
MOVES = [
    "UPDATE assessment_score SET sheet_id = %(other_sheet)s WHERE sheet_id = %(sheet)s",
    "UPDATE assessment_checkanswer SET sheet_id = %(other_sheet)s WHERE sheet_id = %(sheet)s",
    "UPDATE assessment_evidence SET assessment_id = %(other)s WHERE assessment_id = %(assessment)s",
    "UPDATE assessment_evidencetie SET evidence_id = %(other_evidence)s WHERE evidence_id = %(evidence)s",
]


def refusal_of(statement, params=()) -> str:
    """The constraint by which the database refuses `statement`, else its message; empty where it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
    except DatabaseError as error:
        return error.__cause__.diag.constraint_name or error.__cause__.diag.message_primary
    return ""


def parts_of(assessment, kind="proposal") -> dict:
    return {
        "assessment": assessment.pk,
        "sheet": assessment.sheet_set.get(kind=kind).pk,
        "evidence": Evidence.objects.filter(assessment=assessment).first().pk,
    }


@pytest.fixture
def draft(officer):
    draft = start_assessment(officer=officer)
    fill_all(draft)
    return draft


@pytest.mark.parametrize("state", [state for state in State if state not in Assessment.EDITABLE])
def test_proposal_is_neither_changed_nor_moved_out_once_it_was_sent(draft, officer, verifier, state):
    """A row that moves was looked at by its new place alone: it could leave a decided assessment."""
    closed = move_to(draft, state, verifier=verifier)
    other = start_assessment(officer=officer)
    attach(other, "1.1")
    named = parts_of(closed) | {f"other_{name}": pk for name, pk in parts_of(other).items()} | {"other": other.pk}

    assert {refusal_of(statement, named) for statement in CHANGES + MOVES} == {"assessment_closed"}


def test_proposal_of_a_draft_is_free(draft):
    named = parts_of(draft)

    assert {refusal_of(statement, named) for statement in CHANGES} == {""}


def test_decision_sheet_is_free_during_the_review_and_closed_afterwards(draft, verifier):
    in_review = move_to(draft, State.IN_REVIEW, verifier=verifier)
    named = parts_of(in_review, "decision")
    before = refusal_of(CHANGES[0], named)
    Assessment.objects.filter(pk=draft.pk).update(state=State.DECIDED)

    assert (before, refusal_of(CHANGES[0], named)) == ("", "assessment_closed")


@pytest.mark.parametrize("table", ["step", "remark", "decision"])
def test_what_was_said_is_neither_changed_nor_deleted(draft, officer, verifier, table):
    returned = move_to(draft, State.RETURNED, verifier=verifier)
    move_to(returned, State.DECIDED, verifier=verifier)

    for statement in (f"UPDATE assessment_{table} SET id = id", f"DELETE FROM assessment_{table}"):
        assert "Cannot update or delete rows" in refusal_of(statement)


@pytest.mark.parametrize(
    ("line", "offered"),
    [("2.1-benda-asing", {0, 1}), ("2.1-rasa", {1, 2, 3, 4, 5})],
)
def test_answer_is_one_that_its_line_offers(draft, line, offered):
    """Three to "Ada benda asing" was stored, and counted as an answer that is not bad."""
    answer = CheckAnswer.objects.get(check_line__code=line)
    statement = "UPDATE assessment_checkanswer SET value = %s WHERE id = %s"

    refusals = {value: refusal_of(statement, [value, answer.pk]) for value in range(7)}

    assert {value for value, refusal in refusals.items() if not refusal} == offered
    assert set(refusals.values()) == {"", "check_answer_offered"}
