"""`/penilaian/<uuid>/`: the overview of an open assessment, and the decision."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment import decisions, review, workflow
from assessment.models import Assessment, Decision, Score
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.factories import make_user

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture
def draft(officer):
    return start_assessment(officer=officer)


@pytest.fixture
def in_state(officer, verifier):
    def make(state):
        return move_to(start_assessment(officer=officer), state, verifier=verifier)

    return make


def text_of(response):
    """What a reader sees: without tags, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def actions(response):
    return [offer.action for offer in response.context["offers"]]


def test_begins_with_what_it_waits_for(in_state, signed_in, officer):
    answer = signed_in(officer).get(in_state(State.SUBMITTED).get_absolute_url())

    (heading,) = re.findall(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert heading.strip() == "Menunggu verifikator Kab. Brebes sejak hari ini"
    assert "Tidak ada yang perlu Anda lakukan sampai dinas menjawab." in text_of(answer)


@pytest.mark.parametrize(
    ("state", "officer_may", "verifier_may"),
    [
        (State.DRAFT, ["tarik"], None),
        (State.SUBMITTED, [], ["tinjau", "kembalikan"]),
        (State.IN_REVIEW, [], ["kembalikan", "putuskan"]),
        (State.RETURNED, ["kirim", "tarik"], []),
        (State.WITHDRAWN, [], None),
        (State.DECIDED, [], []),
        (State.ELIMINATED, [], []),
        (State.REVOKED, [], []),
    ],
)
def test_offers_the_steps_of_the_reader(in_state, signed_in, officer, verifier, state, officer_may, verifier_may):
    assessment = in_state(state)

    assert actions(signed_in(officer).get(assessment.get_absolute_url())) == officer_may
    answer = signed_in(verifier).get(assessment.get_absolute_url())
    assert (answer.status_code == 404) if verifier_may is None else actions(answer) == verifier_may


def test_only_another_verifier_is_offered_to_revoke(in_state, signed_in, other_verifier):
    answer = signed_in(other_verifier).get(in_state(State.DECIDED).get_absolute_url())

    assert actions(answer) == ["cabut"]
    assert "Cabut keputusan ini?" in text_of(answer)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_REVIEW, State.RETURNED])
def test_open_assessment_is_not_for_leader_and_stranger(in_state, signed_in, leader, stranger, state):
    assessment = in_state(state)

    assert signed_in(leader).get(assessment.get_absolute_url()).status_code == 404
    assert signed_in(stranger).get(assessment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("state", [State.DECIDED, State.ELIMINATED, State.REVOKED])
def test_decision_is_for_leader_not_for_stranger(in_state, signed_in, leader, stranger, state):
    assessment = in_state(state)

    assert signed_in(leader).get(assessment.get_absolute_url()).status_code == 200
    assert signed_in(stranger).get(assessment.get_absolute_url()).status_code == 404


# Before sending


def test_draft_says_what_stops_the_sending(draft, signed_in, officer):
    said = text_of(signed_in(officer).get(draft.get_absolute_url()))

    assert "Belum bisa dikirim: 4 indikator belum dinilai, 1 butir uji belum dijawab." in said
    assert "Sebelum dikirim" in said


def test_full_draft_says_what_it_costs_and_offers_to_send(draft, signed_in, officer):
    fill_all(draft, evidence=False)

    answer = signed_in(officer).get(draft.get_absolute_url())

    assert actions(answer) == ["kirim", "tarik"]
    assert "Kurang 2 dokumen bukti wajib." in text_of(answer)
    assert "Semua indikator sudah dinilai." in text_of(answer)


def test_returned_says_which_remarks_are_mended(in_state, signed_in, officer):
    assessment, client = in_state(State.RETURNED), signed_in(officer)
    before = client.get(assessment.get_absolute_url())
    attach(assessment, "1.1", caption="SK bupati")

    after = client.get(assessment.get_absolute_url())

    assert "1 catatan verifikator belum ditindaklanjuti." in text_of(before)
    assert "Lampirkan SK-nya." in text_of(before)
    assert [is_mended for _remark, is_mended in before.context["remarks"]] == [False]
    assert [is_mended for _remark, is_mended in after.context["remarks"]] == [True]
    assert "Semua catatan verifikator sudah ditindaklanjuti." in text_of(after)


def test_proposer_with_both_duties_learns_why_nothing_is_offered(signed_in, areas):
    both = make_user("rangkap", ("officer", "33.29"), ("verifier", "33.29"))
    assessment = move_to(start_assessment(officer=both), State.SUBMITTED, verifier=both)

    assert actions(signed_in(both).get(assessment.get_absolute_url())) == []


# In review


def test_verifier_sees_what_would_be_decided(in_state, signed_in, verifier):
    assessment = in_state(State.IN_REVIEW)

    answer = signed_in(verifier).get(assessment.get_absolute_url())

    said = text_of(answer)
    assert "0 dari 4 indikator selesai ditinjau" in said
    assert str(answer.context["headline"]) == "Setara bintang 4: 80,00 dari 100. Kurang 10,00 untuk bintang 5."
    assert "4 indikator belum Anda tinjau satu per satu; levelnya mengikuti usulan petugas." in said
    assert "Panel penilai belum ada, jadi satu verifikator yang menilai." in said


def test_officer_does_not_see_the_decision_sheet(in_state, signed_in, officer, verifier):
    assessment = in_state(State.IN_REVIEW)
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2")
    review.judge(score, level=1, reason="Nota tidak ada.", by=verifier, proposed=4)

    answer = signed_in(officer).get(assessment.get_absolute_url())

    assert str(answer.context["headline"]).startswith("Setara bintang 4: 80,00 dari 100.")
    assert "Nota tidak ada." not in text_of(answer)


def test_steps_name_people_duties_and_local_time(in_state, signed_in, verifier):
    answer = signed_in(verifier).get(in_state(State.IN_REVIEW).get_absolute_url())

    lines = answer.context["steps"]
    assert [line.title for line in lines] == ["Dibuat", "Dikirim ke dinas", "Mulai ditinjau"]
    assert [line.acted_as for line in lines][-1] == "Verifikator, Kab. Brebes"
    assert [line.current for line in lines] == [False, False, True]
    assert re.search(r"\d{2}\.\d{2}\s*WIB", text_of(answer))


def test_second_sending_is_named_so(in_state, signed_in, officer):
    assessment = in_state(State.RETURNED)
    workflow.advance(assessment, "kirim", by=officer)

    lines = signed_in(officer).get(assessment.get_absolute_url()).context["steps"]

    assert [line.title for line in lines] == ["Dibuat", "Dikirim ke dinas", "Dikembalikan, 1 catatan", "Dikirim lagi"]


# The decision


def test_decision_shows_the_figures_of_the_score(in_state, signed_in, leader, verifier):
    assessment = in_state(State.IN_REVIEW)
    score = Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2")
    review.judge(score, level=3, reason="Nota <kurang>.", by=verifier, proposed=4)
    expected = decisions.preview(assessment, by=verifier)
    workflow.advance(assessment, "putuskan", by=verifier)

    answer = signed_in(leader).get(assessment.get_absolute_url())

    said = text_of(answer)
    assert answer.context["result"] == expected
    assert [(row.code, str(row.proposed), str(row.decided)) for row in answer.context["criteria"]] == [
        ("K1", "48.00", "40.00"),
        ("K2", "32.00", "32.00"),
    ]
    assert "Setara bintang 3: 72,00 dari 100. Kurang 8,00 untuk bintang 4." in said
    assert "Jumlah 80,00 72,00 100" in said
    assert "1.2 Bahan baku lokal, dari 4 menjadi 3: “Nota &lt;kurang&gt;.”" in said
    assert "Jalan ke bintang 4" in said


def test_decision_says_readiness_never_a_star_of_the_ministry(in_state, signed_in, leader):
    said = text_of(signed_in(leader).get(in_state(State.DECIDED).get_absolute_url()))

    assert "Nilai kesiapan OVOP, penilaian Dinas perindustrian Kabupaten Brebes" in said
    assert "Bintang resmi hanya ditetapkan Menteri Perindustrian." in said
    assert "Bintang OVOP" not in said


def test_decision_explains_caps_gates_and_nominations(in_state, signed_in, leader):
    said = text_of(signed_in(leader).get(in_state(State.DECIDED).get_absolute_url()))

    assert "Paling tinggi bintang 4, karena: Dua penilai: baru 1." in said
    assert "Panel penilai belum ada, jadi satu verifikator yang menilai." in said
    assert "Syarat yang terpenuhi NIB ada" in said
    assert "Belum dapat diusulkan ke provinsi dan kementerian: Sertifikat halal berlaku: belum." in said


def test_decision_keeps_its_place_in_the_chain(in_state, signed_in, leader):
    assessment = in_state(State.DECIDED)
    decision = Decision.objects.get()

    said = text_of(signed_in(leader).get(assessment.get_absolute_url()))

    assert "Keputusan nomor 1 dalam rantai keputusan. Isinya cocok dengan sidiknya." in said
    assert decision.sha256[:4] + " " + decision.sha256[4:8] in said


def test_tampered_decision_is_not_shown_as_sound(in_state, signed_in, leader):
    assessment = in_state(State.DECIDED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assessment_decision DISABLE TRIGGER USER")
        cursor.execute("UPDATE assessment_decision SET canonical = replace(canonical, 'Orang', 'Orung') || ' '")
        cursor.execute("ALTER TABLE assessment_decision ENABLE TRIGGER USER")

    said = text_of(signed_in(leader).get(assessment.get_absolute_url()))

    assert "Keputusan ini tidak utuh" in said
    assert "Isi keputusan nomor 1 tidak cocok dengan sidiknya." in said
    assert "Isinya cocok" not in said


def test_revoked_says_so_first_with_reason(in_state, signed_in, officer):
    answer = signed_in(officer).get(in_state(State.REVOKED).get_absolute_url())

    said = text_of(answer)
    assert said.index("nilai ini tidak berlaku lagi") < said.index("Setara bintang 4")
    assert "“Alasan uji.”" in said
    assert "dicabut oleh nomor 2" in said


def test_expired_says_so_first(in_state, signed_in, officer, monkeypatch):
    assessment = in_state(State.DECIDED)
    until = Decision.objects.get().valid_until
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: until + timedelta(days=1))

    said = text_of(signed_in(officer).get(assessment.get_absolute_url()))

    assert said.index("Masa berlakunya berakhir") < said.index("Setara bintang 4")


def test_last_day_of_validity_still_counts(in_state, signed_in, officer, monkeypatch):
    assessment = in_state(State.DECIDED)
    until = Decision.objects.get().valid_until
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: until)

    assert "Masa berlakunya berakhir" not in text_of(signed_in(officer).get(assessment.get_absolute_url()))


def test_eliminated_says_why_and_gives_no_star(in_state, signed_in, officer):
    answer = signed_in(officer).get(in_state(State.ELIMINATED).get_absolute_url())

    said = text_of(answer)
    assert "Gugur: tidak mendapat bintang. Butir uji: Ada benda asing." in said
    assert "Alasan uji." in said
    assert "Jalan ke" not in said
    assert "dari 5 bintang" not in answer.content.decode()


def test_withdrawn_says_it_ended_without_result(in_state, signed_in, officer):
    said = text_of(signed_in(officer).get(in_state(State.WITHDRAWN).get_absolute_url()))

    assert "Ditarik" in said
    assert "Penilaian ini berakhir tanpa hasil." in said


# Queries


def queries(client, assessment):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(assessment.get_absolute_url()).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("state", "count"),
    [(State.RETURNED, 11), (State.IN_REVIEW, 10), (State.DECIDED, 10), (State.REVOKED, 10)],
)
def test_queries_do_not_grow_with_evidence_and_steps(draft, signed_in, officer, verifier, state, count):
    fill_all(draft)
    for action in ("kirim", "kembalikan"):
        workflow.advance(draft, action, by=officer if action == "kirim" else verifier, remarks={"1.1": "Lengkapi."})
    few = move_to(start_assessment(officer=officer), state, verifier=verifier)
    for round_ in range(2):
        attach(draft, "1.1", caption=f"Bukti {round_}", link="https://contoh.id/surat")
        workflow.advance(draft, "kirim", by=officer)
        workflow.advance(draft, "kembalikan", by=verifier, remarks={"1.2": "Lagi.", "2.1": "Foto."})
    many = draft
    if state != State.RETURNED:
        workflow.advance(many, "kirim", by=officer)
        workflow.advance(many, "tinjau", by=verifier)
    if state in (State.DECIDED, State.REVOKED):
        workflow.advance(many, "putuskan", by=verifier)
    if state == State.REVOKED:
        workflow.advance(many, "cabut", by=make_user("", ("verifier", "33.29")), note="Keliru.")
    client = signed_in(verifier)

    assert [queries(client, few), queries(client, many)] == [count, count]


@pytest.mark.parametrize("state", Assessment.CLOSED_BY_DECISION)
def test_decision_offers_to_appeal_to_who_may_begin(draft, signed_in, officer, verifier, state):
    closed = move_to(draft, state, verifier=verifier)
    link = f"sanggah={closed.pk}"

    assert link in signed_in(officer).get(closed.get_absolute_url()).content.decode()
    assert link not in signed_in(verifier).get(closed.get_absolute_url()).content.decode()
