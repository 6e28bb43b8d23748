"""The table of steps: every state × every action, who may, and what a step leaves behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection

from assessment import sheets, workflow
from assessment.models import Assessment, Remark, Step
from assessment.workflow import TRANSITIONS, TransitionNotAllowed, UnknownAction
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.factories import make_user

pytestmark = pytest.mark.django_db

State = Assessment.State
EXPECTED = {
    (State.DRAFT, "kirim"): State.SUBMITTED,
    (State.RETURNED, "kirim"): State.SUBMITTED,
    (State.DRAFT, "tarik"): State.WITHDRAWN,
    (State.RETURNED, "tarik"): State.WITHDRAWN,
    (State.SUBMITTED, "tinjau"): State.IN_REVIEW,
    (State.SUBMITTED, "kembalikan"): State.RETURNED,
    (State.IN_REVIEW, "kembalikan"): State.RETURNED,
    (State.IN_REVIEW, "putuskan"): State.DECIDED,
    (State.IN_REVIEW, "gugurkan"): State.ELIMINATED,
    (State.DECIDED, "cabut"): State.REVOKED,
}


@pytest.fixture
def draft(officer):
    return start_assessment(officer=officer)


def test_the_table_names_exactly_the_expected_steps():
    named = {
        (source, action): transition.target
        for action, transition in TRANSITIONS.items()
        for source in transition.sources
    }

    assert named == EXPECTED


@pytest.mark.parametrize(
    ("state", "action"),
    [(state, action) for state in State for action in TRANSITIONS if (state, action) not in EXPECTED],
)
def test_a_step_the_table_does_not_name_is_refused(officer, verifier, other_verifier, draft, state, action):
    assessment = move_to(draft, state, verifier=verifier)
    actor = {"kirim": officer, "tarik": officer, "cabut": other_verifier}.get(action, verifier)

    with pytest.raises(TransitionNotAllowed) as refusal:
        workflow.advance(assessment, action, by=actor, note="alasan", remarks={"1.1": "betulkan"})

    assert "tidak mungkin sekarang" in str(refusal.value)
    assessment.refresh_from_db()
    assert assessment.state == state


def test_an_unknown_action_is_named(draft, officer):
    with pytest.raises(UnknownAction):
        workflow.advance(draft, "hapus", by=officer)


def test_a_step_records_who_when_from_to_and_why(officer, draft):
    step = workflow.advance(draft, "tarik", by=officer, note="Salah produk.")

    assert (step.actor, step.acted_as) == (officer, "Petugas lapangan, Kab. Brebes")
    assert (step.from_state, step.to_state, step.note) == (State.DRAFT, State.WITHDRAWN, "Salah produk.")
    assert (draft.state, draft.state_since) == (State.WITHDRAWN, step.at)


def test_sending_asks_for_every_indicator_and_eliminating_line(officer, draft):
    with pytest.raises(TransitionNotAllowed) as refusal:
        workflow.advance(draft, "kirim", by=officer)

    assert str(refusal.value) == "Belum bisa dikirim: 4 indikator belum dinilai, 1 butir uji belum dijawab."
    assert draft.step_set.count() == 1


def test_sending_is_not_stopped_by_missing_compulsory_evidence(officer, draft):
    fill_all(draft, evidence=False)

    workflow.advance(draft, "kirim", by=officer)

    assert draft.state == State.SUBMITTED
    assert draft.submitted_at == draft.state_since


def test_sending_waits_for_announced_files(officer, draft):
    fill_all(draft)
    evidence = attach(draft, "1.1")
    evidence.file.state = "expected"
    evidence.file.save()

    with pytest.raises(TransitionNotAllowed, match="1 berkas belum diterima"):
        workflow.advance(draft, "kirim", by=officer)


def test_only_the_officer_who_began_it_sends(draft, areas):
    colleague = make_user("", ("officer", "33.29"))
    fill_all(draft)

    with pytest.raises(PermissionDenied):
        workflow.advance(draft, "kirim", by=colleague)


def test_an_ended_duty_takes_the_right_to_send(draft, officer):
    fill_all(draft)
    officer.duty_set.update(valid_until="2021-01-01")
    officer = type(officer).objects.get(pk=officer.pk)

    with pytest.raises(PermissionDenied):
        workflow.advance(draft, "kirim", by=officer)
    assert Assessment.objects.visible_to(officer).filter(pk=draft.pk).exists()


def test_an_orphaned_draft_is_withdrawn_in_place_of_its_officer_with_a_reason(draft, officer, verifier):
    """A draft of an officer who had moved away blocked its product for good: only that officer could withdraw it."""
    officer.duty_set.update(wilayah="33.28")
    blocked = type(draft).objects.with_subject().get(pk=draft.pk)

    assert [transition.action for transition in workflow.available(verifier, blocked)] == ["tarik"]
    with pytest.raises(TransitionNotAllowed, match="Tulis alasannya"):
        workflow.advance(blocked, "tarik", by=verifier, note=" ")
    step = workflow.advance(blocked, "tarik", by=verifier, note="Petugasnya pindah.")

    assert (blocked.state, step.actor, step.acted_as) == (State.WITHDRAWN, verifier, "Verifikator, Kab. Brebes")
    assert start_assessment(officer=make_user("", ("officer", "33.29")), product=draft.product).state == State.DRAFT


def test_a_returned_one_is_orphaned_too(draft, officer, verifier):
    returned = move_to(draft, State.RETURNED, verifier=verifier)
    officer.duty_set.update(valid_until="2021-01-01", valid_from="2020-01-01")
    colleague = make_user("", ("officer", "33.29"))

    step = workflow.advance(returned, "tarik", by=colleague, note="Tugasnya berakhir.")

    assert (returned.state, step.acted_as) == (State.WITHDRAWN, "Petugas lapangan, Kab. Brebes")


@pytest.mark.parametrize("role", ["officer", "verifier"])
def test_nobody_withdraws_for_an_officer_who_still_acts_there(draft, verifier, role):
    returned = move_to(draft, State.RETURNED, verifier=verifier)

    with pytest.raises(PermissionDenied, match="Selama petugasnya masih bertugas"):
        workflow.advance(returned, "tarik", by=make_user("", (role, "33.29")), note="Terlalu lama.")


def test_two_who_withdraw_at_once_get_one_step_and_a_sentence(draft, officer, verifier, other_verifier):
    officer.duty_set.all().delete()
    workflow.advance(draft, "tarik", by=verifier, note="Petugasnya pindah.")

    with pytest.raises(TransitionNotAllowed, match="“Ditarik”"):
        workflow.advance(draft, "tarik", by=other_verifier, note="Petugasnya pindah.")


def test_the_proposer_can_neither_review_nor_decide(areas):
    both = make_user("", ("officer", "33.29"), ("verifier", "33.29"))
    verifier = make_user("", ("verifier", "33.29"))
    submitted = move_to(start_assessment(officer=both), State.SUBMITTED, verifier=verifier)

    with pytest.raises(PermissionDenied):
        workflow.advance(submitted, "tinjau", by=both)
    workflow.advance(submitted, "tinjau", by=verifier)
    with pytest.raises(PermissionDenied):
        workflow.advance(submitted, "putuskan", by=both)


def test_a_kecamatan_verifier_reviews_but_does_not_decide_for_the_kabupaten(draft, verifier):
    local = make_user("", ("verifier", "33.29.01"))
    submitted = move_to(draft, State.SUBMITTED, verifier=verifier)

    workflow.advance(submitted, "tinjau", by=local)
    with pytest.raises(PermissionDenied):
        workflow.advance(submitted, "putuskan", by=local)
    workflow.advance(submitted, "putuskan", by=verifier)

    assert submitted.state == State.DECIDED


def test_a_return_needs_a_word_and_keeps_remarks_per_indicator(draft, verifier):
    submitted = move_to(draft, State.SUBMITTED, verifier=verifier)

    with pytest.raises(TransitionNotAllowed, match="paling sedikit satu catatan"):
        workflow.advance(submitted, "kembalikan", by=verifier, remarks={"1.1": "   "})
    with pytest.raises(TransitionNotAllowed, match="9.9"):
        workflow.advance(submitted, "kembalikan", by=verifier, remarks={"9.9": "apa ini"})
    step = workflow.advance(submitted, "kembalikan", by=verifier, remarks={"1.1": " Lampirkan SK. ", "1.2": ""})

    assert [(remark.indicator.code, remark.text) for remark in step.remark_set.select_related("indicator")] == [
        ("1.1", "Lampirkan SK.")
    ]


def test_elimination_only_where_something_eliminates(officer, draft, verifier):
    in_review = move_to(draft, State.IN_REVIEW, verifier=verifier)

    with pytest.raises(TransitionNotAllowed, match="Tidak ada syarat yang menggugurkan"):
        workflow.advance(in_review, "gugurkan", by=verifier, note="Tidak pantas.")


def test_what_eliminates_cannot_be_decided_with_a_star(officer, draft, verifier):
    fill_all(draft)
    entry = sheets.Entry(level=4, checks={"2.1-benda-asing": 1})
    sheets.save_entries(draft, {"2.1": entry}, by=officer)
    workflow.advance(draft, "kirim", by=officer)
    workflow.advance(draft, "tinjau", by=verifier)

    with pytest.raises(TransitionNotAllowed, match="gugur menurut lembar putusan"):
        workflow.advance(draft, "putuskan", by=verifier)
    with pytest.raises(TransitionNotAllowed, match="Tulis alasannya"):
        workflow.advance(draft, "gugurkan", by=verifier)
    workflow.advance(draft, "gugurkan", by=verifier, note="Ada benda asing.")

    assert draft.state == State.ELIMINATED


def test_revoking_needs_another_verifier_and_a_reason(draft, verifier, other_verifier):
    decided = move_to(draft, State.DECIDED, verifier=verifier)

    with pytest.raises(PermissionDenied):
        workflow.advance(decided, "cabut", by=verifier, note="Salah.")
    with pytest.raises(TransitionNotAllowed, match="Tulis alasannya"):
        workflow.advance(decided, "cabut", by=other_verifier, note=" ")
    workflow.advance(decided, "cabut", by=other_verifier, note="Sertifikat palsu.")

    assert decided.state == State.REVOKED


def test_available_steps_follow_state_and_person(officer, verifier, other_verifier, draft):
    def labels(user, assessment):
        return [transition.action for transition in workflow.available(user, assessment)]

    assert labels(officer, draft) == ["kirim", "tarik"]
    submitted = move_to(draft, State.SUBMITTED, verifier=verifier)
    assert labels(officer, submitted) == []
    assert labels(verifier, submitted) == ["tinjau", "kembalikan"]


@pytest.mark.parametrize("model", [Step, Remark])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_steps_and_remarks_refuse_change_and_removal(draft, verifier, model, statement):
    move_to(draft, State.RETURNED, verifier=verifier)

    with pytest.raises(ProgrammingError, match="Cannot update or delete rows"), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))
