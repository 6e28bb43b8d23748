"""The decision sheet: taken over from the proposal, kept over a return, changed only with a reason."""

import pytest

from assessment import review, sheets, workflow
from assessment.models import Assessment, Score
from tests.assessment.factories import attach, move_to, start_assessment

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture
def in_review(officer, verifier):
    return move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifier)


def decided_rows(assessment):
    rows = Score.objects.filter(sheet__assessment=assessment, sheet__kind="decision").select_related(
        "indicator", "sheet"
    )
    return {row.indicator.code: row for row in rows}


def levels(assessment):
    return {code: row.level for code, row in decided_rows(assessment).items()}


def test_a_review_begins_with_the_proposal(in_review, verifier):
    sheet = in_review.sheet_set.get(kind="decision")

    assert levels(in_review) == {"1.1": 4, "1.2": 4, "2.1": 4, "2.2": 4}
    assert sheet.rater == verifier
    assert {answer.check_line.code: answer.value for answer in sheet.check_answer_set.all()} == {
        "2.1-benda-asing": 0,
        "2.1-rasa": 4,
    }


def test_a_level_that_differs_needs_a_reason(in_review, verifier):
    row = decided_rows(in_review)["1.2"]

    with pytest.raises(review.ReasonMissing):
        review.judge(row, level=3, reason="  ", by=verifier, proposed=4)
    review.judge(row, level=3, reason=" Nota kurang. ", by=verifier, proposed=4)

    row.refresh_from_db()
    assert (row.level, row.reason, row.reviewed_by) == (3, "Nota kurang.", verifier)


def test_a_level_that_agrees_drops_the_reason(in_review, verifier):
    row = decided_rows(in_review)["1.2"]
    review.judge(row, level=3, reason="Nota kurang.", by=verifier, proposed=4)

    review.judge(row, level=4, reason="Nota kurang.", by=verifier, proposed=4)

    row.refresh_from_db()
    assert (row.level, row.reason) == (4, "")


def test_after_a_return_only_changed_indicators_are_taken_over_again(in_review, officer, verifier, other_verifier):
    for code, level in (("1.1", 3), ("1.2", 3)):
        review.judge(decided_rows(in_review)[code], level=level, reason="Lebih rendah.", by=verifier, proposed=4)
    workflow.advance(in_review, "kembalikan", by=verifier, remarks={"1.2": "Lampirkan nota."})
    sheets.save_entries(in_review, {"1.2": sheets.Entry(level=5), "2.1": sheets.Entry(level=4)}, by=officer)
    workflow.advance(in_review, "kirim", by=officer)

    workflow.advance(in_review, "tinjau", by=other_verifier)

    rows = decided_rows(in_review)
    assert levels(in_review) == {"1.1": 3, "1.2": 5, "2.1": 4, "2.2": 4}
    assert [code for code, row in rows.items() if row.is_changed] == ["1.2"]
    assert (rows["1.2"].reason, rows["1.2"].reviewed_at) == ("", None)
    assert (rows["1.1"].reason, rows["1.1"].reviewed_by) == ("Lebih rendah.", verifier)
    assert in_review.sheet_set.get(kind="decision").rater == other_verifier


def test_a_change_before_a_second_return_is_taken_over_too(in_review, officer, verifier):
    """Sent back again before anybody looked, the first correction was lost: the sheet kept the level of before."""
    workflow.advance(in_review, "kembalikan", by=verifier, remarks={"1.1": "Lampirkan SK."})
    sheets.save_entries(in_review, {"1.1": sheets.Entry(level=5)}, by=officer)
    workflow.advance(in_review, "kirim", by=officer)
    workflow.advance(in_review, "kembalikan", by=verifier, remarks={"1.2": "Lampirkan nota."})
    sheets.save_entries(in_review, {"1.2": sheets.Entry(level=5)}, by=officer)
    workflow.advance(in_review, "kirim", by=officer)

    workflow.advance(in_review, "tinjau", by=verifier)

    assert levels(in_review) == {"1.1": 5, "1.2": 5, "2.1": 4, "2.2": 4}
    assert [code for code, row in decided_rows(in_review).items() if row.is_changed] == ["1.1", "1.2"]


def test_the_mark_of_a_change_goes_once_it_was_looked_at(in_review, officer, verifier):
    """After a second return, indicators that were changed after the first one were still called changed."""
    for code in ("1.1", "1.2"):
        workflow.advance(in_review, "kembalikan", by=verifier, remarks={code: "Lengkapi."})
        sheets.save_entries(in_review, {code: sheets.Entry(level=5)}, by=officer)
        workflow.advance(in_review, "kirim", by=officer)
        workflow.advance(in_review, "tinjau", by=verifier)
        review.judge(decided_rows(in_review)[code], level=5, reason="", by=verifier, proposed=5)

    assert [code for code, row in decided_rows(in_review).items() if row.is_changed] == ["1.2"]


def test_new_evidence_also_marks_an_indicator_as_changed(in_review, officer, verifier):
    workflow.advance(in_review, "kembalikan", by=verifier, remarks={"1.1": "Lampirkan SK."})
    attach(in_review, "1.1")
    workflow.advance(in_review, "kirim", by=officer)

    workflow.advance(in_review, "tinjau", by=verifier)

    assert [code for code, row in decided_rows(in_review).items() if row.is_changed] == ["1.1"]


def test_removed_evidence_marks_an_indicator_as_changed(in_review, officer, verifier):
    workflow.advance(in_review, "kembalikan", by=verifier, remarks={"1.1": "Ini bukan SK."})
    sheets.detach(in_review.evidence_set.filter(indicators__code="1.1").first(), by=officer)
    workflow.advance(in_review, "kirim", by=officer)

    workflow.advance(in_review, "tinjau", by=verifier)

    assert [code for code, row in decided_rows(in_review).items() if row.is_changed] == ["1.1"]


def test_a_decision_is_refused_while_a_reason_is_missing(in_review, verifier):
    Score.objects.filter(sheet__assessment=in_review, sheet__kind="decision", indicator__code="1.2").update(level=2)

    with pytest.raises(workflow.TransitionNotAllowed, match="Indikator 1.2 berbeda dari usulan tanpa alasan"):
        workflow.advance(in_review, "putuskan", by=verifier)
