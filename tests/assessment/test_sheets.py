from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assessment import sheets
from assessment.models import Assessment, CheckAnswer, Evidence, EvidenceTie, Indicator, Score
from files import intake
from files.models import StoredFile
from tests import factories
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.files.samples import jpeg, upload

State = Assessment.State


@pytest.fixture
def assessment(officer) -> Assessment:
    return start_assessment(officer=officer)


def save(assessment: Assessment, code: str, **entry) -> None:
    sheets.save_entries(assessment, {code: sheets.Entry(**{"level": None} | entry)}, by=assessment.officer)


def row(assessment: Assessment, code: str) -> Score:
    return Score.objects.get(sheet__assessment=assessment, sheet__kind="proposal", indicator__code=code)


def indicator(assessment: Assessment, code: str) -> Indicator:
    return Indicator.objects.get(criterion__instrument=assessment.instrument_id, code=code)


def tied(assessment: Assessment, code: str) -> list[Evidence]:
    return [tie.evidence for tie in EvidenceTie.objects.filter(evidence__assessment=assessment, indicator__code=code)]


def test_save_entries_writes_level_note_and_checks(assessment):
    save(assessment, "2.1", level=4, note="Renyah.", checks={"2.1-benda-asing": 0, "2.1-rasa": 5})

    score = row(assessment, "2.1")
    answers = CheckAnswer.objects.filter(sheet=score.sheet).values_list("check_line__code", "value")
    assert (score.level, score.note) == (4, "Renyah.")
    assert dict(answers) == {"2.1-benda-asing": 0, "2.1-rasa": 5}


def test_save_entries_touches_nothing_that_stays(assessment):
    save(assessment, "2.1", level=4, note="Renyah.", checks={"2.1-rasa": 5})
    before = row(assessment, "2.1")

    save(assessment, "2.1", level=4, note="Renyah.", checks={"2.1-rasa": 5})

    after = row(assessment, "2.1")
    assert (after.revision, after.changed_at) == (before.revision, before.changed_at)


def test_changed_check_marks_its_indicator_as_changed(assessment):
    save(assessment, "2.1", level=4, checks={"2.1-rasa": 5})
    before = row(assessment, "2.1").revision

    save(assessment, "2.1", level=4, checks={"2.1-rasa": 2})

    assert row(assessment, "2.1").revision == before + 1


def test_check_is_taken_back(assessment):
    save(assessment, "2.1", checks={"2.1-rasa": 5})

    save(assessment, "2.1", checks={"2.1-rasa": None})

    assert not CheckAnswer.objects.filter(sheet__assessment=assessment).exists()


def test_unknown_level_is_refused_by_the_database(assessment):
    with pytest.raises(IntegrityError), transaction.atomic():
        save(assessment, "1.1", level=9)


def test_save_entries_adds_and_takes_away_evidence(assessment, officer):
    old = attach(assessment, "1.1")
    photo = intake.check(upload(jpeg()))

    save(
        assessment,
        "1.1",
        removals=[old],
        additions=[
            sheets.Addition(upload=photo, caption="Nota pemasok", position=(Decimal("-7.16"), Decimal("108.9"))),
            sheets.Addition(link="https://contoh.id/a"),
        ],
    )

    assert [(str(row), bool(row.file), row.latitude, row.longitude) for row in tied(assessment, "1.1")] == [
        ("Nota pemasok", True, Decimal("-7.16"), Decimal("108.9")),
        ("https://contoh.id/a", False, None, None),
    ]
    assert not Evidence.objects.filter(pk=old.pk).exists()
    assert not StoredFile.objects.filter(pk=old.file_id).exists()


def test_certificate_brings_its_file_and_its_name(assessment, officer):
    paper = factories.make_certificate(product=assessment.product, number="ID331", file=factories.make_file(by=officer))

    save(assessment, "1.1", additions=[sheets.Addition(certificate=paper)])

    (evidence,) = tied(assessment, "1.1")
    assert (evidence.file_id, evidence.certificate_id, evidence.caption) == (paper.file_id, paper.pk, "Halal ID331")


def test_another_caption_marks_all_indicators_of_the_evidence(assessment, officer):
    evidence = attach(assessment, "1.1", caption="nota.jpg")
    sheets.tie(evidence, by=officer, indicator=indicator(assessment, "1.2"))
    before = {code: row(assessment, code).revision for code in ("1.1", "1.2", "2.1")}

    save(assessment, "1.1", captions=[(evidence, "Nota pemasok")])

    evidence.refresh_from_db()
    assert evidence.caption == "Nota pemasok"
    raised = [code for code, revision in before.items() if row(assessment, code).revision > revision]
    assert raised == ["1.1", "1.2"]


def test_certificate_without_a_caption_goes_by_its_name(assessment, officer):
    paper = factories.make_certificate(product=assessment.product, number="ID331", file=factories.make_file(by=officer))
    evidence = attach(assessment, "1.1", certificate=paper)

    sheets.describe(evidence, "", by=officer)

    assert evidence.caption == "Halal ID331"


def test_certificate_of_another_product_is_refused(assessment, officer):
    foreign = factories.make_certificate(product=factories.make_product(), file=factories.make_file(by=officer))

    with pytest.raises(ValueError, match="no evidence"):
        attach(assessment, "1.1", certificate=foreign)


def test_certificate_without_file_is_refused(assessment):
    with pytest.raises(ValueError, match="no evidence"):
        attach(assessment, "1.1", certificate=factories.make_certificate(product=assessment.product))


def test_evidence_speaks_for_a_second_indicator_once(assessment):
    evidence = attach(assessment, "1.1")

    for _ in range(2):
        save(assessment, "1.2", additions=[sheets.Addition(evidence=evidence)])

    assert tied(assessment, "1.1") == tied(assessment, "1.2") == [evidence]
    assert Evidence.objects.filter(assessment=assessment).count() == 1


def test_evidence_goes_with_its_last_indicator(assessment, officer):
    evidence = attach(assessment, "1.1")
    sheets.tie(evidence, by=officer, indicator=indicator(assessment, "1.2"))

    save(assessment, "1.1", removals=[evidence])
    assert tied(assessment, "1.2") == [evidence]

    save(assessment, "1.2", removals=[evidence])
    assert not Evidence.objects.filter(assessment=assessment).exists()


def test_file_goes_with_its_evidence_unless_a_certificate_has_it(assessment, officer):
    """Who takes away a scan that shows too much expects it to be gone."""
    paper = factories.make_certificate(product=assessment.product, file=factories.make_file(by=officer))
    for evidence in (attach(assessment, "1.1"), attach(assessment, "1.1", certificate=paper)):
        save(assessment, "1.1", removals=[evidence])

    assert list(StoredFile.objects.all()) == [paper.file]


def test_evidence_marks_its_indicator_as_changed(assessment):
    before = row(assessment, "1.1").revision

    evidence = attach(assessment, "1.1")
    after_adding = row(assessment, "1.1").revision
    sheets.detach(evidence, by=assessment.officer)

    assert before < after_adding < row(assessment, "1.1").revision


def test_visit_is_recorded_and_taken_back(assessment, officer):
    sheets.record_visit(assessment, by=officer, visited_on=date(2026, 11, 8))
    assessment.refresh_from_db()
    assert (assessment.visited_on, assessment.visited_by) == (date(2026, 11, 8), officer)

    sheets.record_visit(assessment, by=officer, visited_on=None)
    assessment.refresh_from_db()
    assert (assessment.visited_on, assessment.visited_by) == (None, None)


@pytest.mark.parametrize("state", [state for state in State if state not in Assessment.EDITABLE])
def test_nothing_is_changed_in_a_closed_state(assessment, verifier, state):
    evidence = attach(assessment, "1.1")
    assessment = move_to(assessment, state, verifier=verifier)
    officer = assessment.officer

    for write in (
        lambda: save(assessment, "1.1", level=1),
        lambda: sheets.editable(assessment.pk, by=officer),
        lambda: attach(assessment, "1.1"),
        lambda: sheets.tie(evidence, by=officer, indicator=indicator(assessment, "1.2")),
        lambda: sheets.detach(Evidence.objects.get(pk=evidence.pk), by=officer),
        lambda: sheets.record_visit(assessment, by=officer, visited_on=date(2026, 11, 8)),
    ):
        with pytest.raises(sheets.NotEditable, match=str(assessment.get_state_display())):
            write()


def test_database_keeps_ties_of_a_closed_assessment(assessment, verifier):
    """Evidence that a decision rests on cannot be moved to another indicator behind the functions."""
    evidence = attach(assessment, "1.1")
    move_to(assessment, State.DECIDED, verifier=verifier)

    for write in (
        lambda: EvidenceTie.objects.filter(evidence=evidence).delete(),
        lambda: EvidenceTie.objects.create(evidence=evidence, indicator=indicator(assessment, "1.2")),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_only_the_own_officer_saves(assessment, verifier, officer):
    colleague = factories.make_user("rekan", ("officer", "33.29"))

    for other in (verifier, colleague):
        with pytest.raises(PermissionDenied):
            sheets.save_entries(assessment, {"1.1": sheets.Entry(level=1)}, by=other)
    with pytest.raises(Assessment.DoesNotExist):
        sheets.editable(assessment.pk, by=colleague)


def test_filled_sheet_is_complete(assessment):
    fill_all(assessment)

    assert not Score.objects.filter(sheet__assessment=assessment, level=None).exists()


@pytest.mark.parametrize(("latitude", "longitude"), [(-7, None), (None, 109), (91, 109), (-7, 181)])
def test_the_database_keeps_no_half_or_impossible_position(assessment, latitude, longitude):
    evidence = attach(assessment, "1.1")

    with pytest.raises(IntegrityError, match="evidence_position_whole"):
        type(evidence).objects.filter(pk=evidence.pk).update(latitude=latitude, longitude=longitude)
