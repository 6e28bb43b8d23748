"""`/penilaian/<uuid>/langkah/<action>/`: the answer to every step, from every state, by everybody."""

import re
import threading
from uuid import uuid4

import pytest
from django.db import connections, transaction

from assessment import chain, review
from assessment.models import Assessment, Decision, Score, Step
from assessment.workflow import TRANSITIONS
from tests.assessment.factories import move_to, start_assessment
from tests.assessment.stepping import address, page, step
from tests.clients import PersonClient
from tests.factories import hidden_fields, make_user
from tests.wilayah_factory import make_wilayah_tree

pytestmark = pytest.mark.django_db

State = Assessment.State

SOURCES = {
    "kirim": {State.DRAFT, State.RETURNED},
    "tarik": {State.DRAFT, State.RETURNED},
    "tinjau": {State.SUBMITTED},
    "kembalikan": {State.SUBMITTED, State.IN_REVIEW},
    "putuskan": {State.IN_REVIEW},
    "gugurkan": {State.IN_REVIEW},
    "cabut": {State.DECIDED},
}
CLOSED = {State.DECIDED, State.ELIMINATED, State.REVOKED}
# Withdrawn by the factory from a draft, so never seen by a verifier.
SENT = set(State) - {State.DRAFT, State.WITHDRAWN}
SEEN_BY = {
    "officer": set(State),
    "colleague": CLOSED,
    "verifier": SENT,
    "other_verifier": SENT,
    "leader": CLOSED,
    "stranger": set(),
}


def expected_status(state, action, role):
    if state not in SEEN_BY[role]:
        return 404
    acts = {"officer"} if action in ("kirim", "tarik") else {"verifier", "other_verifier"}
    if action == "cabut" and state in (State.DECIDED, State.REVOKED):
        acts = {"other_verifier"}
    if role not in acts:
        return 403
    # The draft is empty, and nothing in the sheet under review eliminates.
    is_possible = state in SOURCES[action] and (state, action) not in {
        (State.DRAFT, "kirim"),
        (State.IN_REVIEW, "gugurkan"),
    }
    return 303 if is_possible else 409


@pytest.fixture
def people(officer, verifier, other_verifier, leader, stranger):
    return {
        "officer": officer,
        "colleague": make_user("petugas_lain", ("officer", "33.29")),
        "verifier": verifier,
        "other_verifier": other_verifier,
        "leader": leader,
        "stranger": stranger,
    }


@pytest.fixture
def in_state(officer, verifier):
    def make(state):
        return move_to(start_assessment(officer=officer), state, verifier=verifier)

    return make


@pytest.mark.parametrize("state", list(State))
def test_every_action_by_every_role_gets_its_status(in_state, people, client, state):
    assessment = in_state(state)
    found = {}

    for role, person in people.items():
        client.force_login(person)
        for action in TRANSITIONS:
            savepoint = transaction.savepoint()
            answer = step(client, assessment, action, **{"note": "Alasan uji.", "remark-1.1": "Lampirkan SK."})
            found[action, role] = answer.status_code
            transaction.savepoint_rollback(savepoint)

    assert found == {(action, role): expected_status(state, action, role) for action in TRANSITIONS for role in people}


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 403), ("colleague", 303), ("verifier", 303), ("leader", 404), ("stranger", 404)],
)
def test_orphaned_one_is_withdrawn_by_who_stands_in(in_state, people, client, state, role, status):
    assessment = in_state(state)
    people["officer"].duty_set.update(valid_from="2020-01-01", valid_until="2021-01-01")
    client.force_login(people[role])

    answer = step(client, assessment, "tarik", note="Petugasnya pindah.")

    assert answer.status_code == status
    if status == 303:
        assert client.get(answer.url).status_code == 200


def test_orphaned_one_says_why_it_is_blocked_and_asks_for_the_reason(in_state, signed_in, people):
    assessment = in_state(State.DRAFT)
    people["officer"].duty_set.update(wilayah="33.28")
    client = signed_in(people["verifier"])

    shown, refused = page(client.get(assessment.get_absolute_url())), step(client, assessment, "tarik", note=" ")

    assert f"{people['officer'].name} tidak lagi bertugas di wilayah ini" in shown
    assert "Tarik dengan alasannya" in shown
    assert refused.status_code == 422
    assert "Tulis alasannya" in page(refused)
    assert "Baca lembar penilaian" in shown
    assert "Kirim ke dinas" not in shown


@pytest.mark.parametrize(
    ("state", "action", "role"),
    [
        (State.DRAFT, "tarik", "officer"),
        (State.SUBMITTED, "tinjau", "verifier"),
        (State.SUBMITTED, "kembalikan", "verifier"),
        (State.IN_REVIEW, "putuskan", "verifier"),
        (State.DECIDED, "cabut", "other_verifier"),
    ],
)
def test_step_meant_for_another_assessment_is_refused(in_state, people, client, state, action, role):
    assessment = in_state(state)
    client.force_login(people[role])

    answer = step(client, assessment, action, id=str(uuid4()), note="Alasan uji.")

    assert answer.status_code == 422
    assert "Isian ini milik data lain. Buka lagi halamannya, lalu isi lagi." in page(answer)
    assessment.refresh_from_db()
    assert assessment.state == state


@pytest.mark.parametrize(("lacking", "status"), [("id", 422), ("revision", 409)])
def test_step_without_what_it_was_pressed_on_is_refused(in_state, signed_in, verifier, lacking, status):
    assessment = in_state(State.SUBMITTED)
    form = hidden_fields(assessment)
    del form[lacking]

    answer = signed_in(verifier).post(address(assessment, "tinjau"), form)

    assert answer.status_code == status
    assessment.refresh_from_db()
    assert assessment.state == State.SUBMITTED


def test_unknown_action_is_404(in_state, signed_in, officer):
    assert step(signed_in(officer), in_state(State.DRAFT), "setujui").status_code == 404


def test_step_is_only_posted(in_state, signed_in, officer):
    assert signed_in(officer).get(address(in_state(State.DRAFT), "kirim")).status_code == 405


def test_step_without_key_is_asked_for_again(in_state, signed_in, verifier):
    assessment = in_state(State.SUBMITTED)

    assert signed_in(verifier).post(address(assessment, "tinjau")).status_code == 400
    assessment.refresh_from_db()
    assert assessment.state == State.SUBMITTED


def test_step_leads_back_to_assessment_with_a_sentence(in_state, signed_in, officer):
    assessment = in_state(State.RETURNED)

    answer = signed_in(officer).post(address(assessment, "kirim"), hidden_fields(assessment), follow=True)

    assert answer.redirect_chain == [(assessment.get_absolute_url(), 303)]
    assert "Penilaian dikirim ke dinas. Berikutnya verifikator Kab. Brebes meninjaunya." in page(answer)


def test_script_gets_receipt(in_state, signed_in, verifier):
    assessment = in_state(State.SUBMITTED)
    form = hidden_fields(assessment)

    answer = signed_in(verifier).post(address(assessment, "tinjau"), form, headers={"accept": "application/json"})

    assert answer.json() == {"receipt": form["idempotency_key"], "location": assessment.get_absolute_url()}


def test_double_submit_takes_one_step_and_gets_the_same_answer(in_state, signed_in, verifier):
    assessment, client = in_state(State.SUBMITTED), signed_in(verifier)
    form = hidden_fields(assessment)

    answers = [client.post(address(assessment, "tinjau"), form) for _ in range(2)]

    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [
        (303, assessment.get_absolute_url())
    ] * 2
    assert Step.objects.filter(assessment=assessment, action="tinjau").count() == 1


def test_same_key_with_other_content_is_409(in_state, signed_in, other_verifier):
    assessment, client = in_state(State.DECIDED), signed_in(other_verifier)
    form = hidden_fields(assessment)
    client.post(address(assessment, "cabut"), form | {"note": "Sertifikat palsu."})

    answer = client.post(address(assessment, "cabut"), form | {"note": "Alasan lain."})

    assert answer.status_code == 409
    assert Step.objects.filter(assessment=assessment, action="cabut").get().note == "Sertifikat palsu."


def test_incomplete_draft_says_what_is_missing(in_state, signed_in, officer):
    assessment = in_state(State.DRAFT)

    answer = step(signed_in(officer), assessment, "kirim")

    assert answer.status_code == 409
    assert "Belum bisa dikirim: 4 indikator belum dinilai, 1 butir uji belum dijawab." in page(answer)


def test_reason_is_asked_for_at_its_field(in_state, signed_in, other_verifier):
    assessment = in_state(State.DECIDED)

    answer = step(signed_in(other_verifier), assessment, "cabut", note="  ")

    assert answer.status_code == 422
    assert 'id="cabut-note_error"' in page(answer)
    assessment.refresh_from_db()
    assert assessment.state == State.DECIDED


@pytest.mark.parametrize(
    ("state", "role", "optional"), [(State.DRAFT, "officer", True), (State.DECIDED, "verifier", False)]
)
def test_a_reason_is_called_optional_only_where_it_is(in_state, signed_in, state, role, optional):
    """Revoking asked for its reason with the words "(boleh kosong)" beside it."""
    assessment = in_state(state)
    person = assessment.officer if role == "officer" else make_user("", (role, "33.29"))

    html = page(signed_in(person).get(assessment.get_absolute_url()))

    label = re.search(r"Alasan di(?:tarik|cabut)(.*?)</label>", html)[1]
    assert ("(boleh kosong)" in label) is optional


def test_stale_page_is_told_and_keeps_what_was_typed(in_state, signed_in, other_verifier):
    assessment = in_state(State.DECIDED)

    answer = step(signed_in(other_verifier), assessment, "cabut", note="Sertifikat palsu.", revision=1)

    assert answer.status_code == 409
    assert "Penilaian ini berubah sejak Anda membuka halamannya." in page(answer)
    assert "Sertifikat palsu.</textarea>" in page(answer)
    assert f'name="revision" value="{assessment.revision}"' in page(answer)


def test_second_press_on_stale_page_goes_through(in_state, signed_in, other_verifier):
    assessment, client = in_state(State.DECIDED), signed_in(other_verifier)
    step(client, assessment, "cabut", note="Sertifikat palsu.", revision=1)

    answer = step(client, assessment, "cabut", note="Sertifikat palsu.", revision=assessment.revision)

    assert answer.status_code == 303


def test_deciding_another_result_than_the_one_seen_is_refused(in_state, signed_in, verifier, other_verifier):
    """A second verifier changes a level between the page and the press: the first must see the new result."""
    assessment, client = in_state(State.IN_REVIEW), signed_in(verifier)
    offer = next(o for o in client.get(assessment.get_absolute_url()).context["offers"] if o.action == "putuskan")
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2")
    review.judge(score, level=1, reason="Nota tidak ada.", by=other_verifier, proposed=4)
    sent = {"revision": offer.form["revision"].value(), "seen": offer.form["seen"].value()}

    refused = step(client, assessment, "putuskan", **sent)
    shown = refused.context["form"]["seen"].value()
    accepted = step(client, assessment, "putuskan", **sent | {"seen": shown})

    assert (sent["seen"], shown) == ("80.00/4", "56.00/1")
    assert (refused.status_code, accepted.status_code) == (409, 303)
    assert str(Decision.objects.get().total) == "56.00"


def test_what_was_typed_is_shown_where_its_step_is_gone(in_state, signed_in, verifier, other_verifier):
    assessment = in_state(State.REVOKED)

    answer = step(signed_in(make_user("", ("verifier", "33.29"))), assessment, "cabut", note="Sertifikat palsu.")

    assert answer.status_code == 409
    assert "Yang Anda tulis, belum tersimpan" in page(answer)
    assert "Sertifikat palsu." in page(answer)


def test_four_eyes_are_named(signed_in, areas):
    both = make_user("rangkap", ("officer", "33.29"), ("verifier", "33.29"))
    assessment = move_to(start_assessment(officer=both), State.SUBMITTED, verifier=both)

    answer = step(signed_in(both), assessment, "tinjau")

    assert answer.status_code == 403
    assert "verifikator lain yang meninjau dan memutuskannya" in page(answer)


def test_who_decided_does_not_revoke(in_state, signed_in, verifier):
    answer = step(signed_in(verifier), in_state(State.DECIDED), "cabut", note="Keliru.")

    assert answer.status_code == 403
    assert "hanya verifikator lain yang dapat mencabutnya" in page(answer)


def test_foreign_body_leads_to_elimination_only(officer, verifier, signed_in):
    assessment = start_assessment(officer=officer)
    assessment = move_to(assessment, State.SUBMITTED, verifier=verifier)
    client = signed_in(verifier)
    step(client, assessment, "tinjau")
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code="2.1")
    line = score.indicator.check_set.get(code="2.1-benda-asing")
    review.judge(score, level=4, reason="", by=verifier, proposed=4, checks={line.pk: 1})

    offered = [offer.action for offer in client.get(assessment.get_absolute_url()).context["offers"]]
    decided = step(client, assessment, "putuskan")
    eliminated = step(client, assessment, "gugurkan", note="Rambut pada contoh kedua.")

    assert offered == ["kembalikan", "gugurkan"]
    assert (decided.status_code, eliminated.status_code) == (409, 303)
    assert Decision.objects.get().kind == Decision.Kind.ELIMINATION


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_verifiers_deciding_at_once_make_one_decision():
    """The second waits for the first, then learns in a sentence that it is decided."""
    make_wilayah_tree()
    officer, verifiers = make_user("", ("officer", "33.29")), [make_user("", ("verifier", "33.29")) for _ in range(2)]
    assessment = move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifiers[0])
    barrier, answers = threading.Barrier(2), []

    def decide(verifier):
        try:
            client = PersonClient()
            client.force_login(verifier)
            barrier.wait()
            answers.append(step(client, assessment, "putuskan"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=[verifier]) for verifier in verifiers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "penilaian sudah berstatus “Diputuskan”" in page(late)
    assert Decision.objects.count() == 1
    assert chain.first_break() is None
