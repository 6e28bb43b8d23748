"""`/penilaian/<uuid>/lembar/` for a verifier: one indicator beside its evidence, judged and saved on its own."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment, Score
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.factories import make_certificate, make_file, make_ikm, make_product, make_sentra, make_user

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture
def draft(officer):
    sentra = make_sentra(latitude="-7.100000", longitude="108.900000")
    ikm = make_ikm(nib="9120009990001", sentra=sentra)
    return start_assessment(officer=officer, product=make_product(ikm=ikm))


@pytest.fixture
def in_review(draft, verifier):
    return move_to(draft, State.IN_REVIEW, verifier=verifier)


def address(assessment, code=""):
    return reverse("assessment:sheet", args=[assessment.pk]) + (f"?i={code}" if code else "")


def row(assessment, code):
    return Score.objects.get(sheet__assessment=assessment, sheet__kind="decision", indicator__code=code)


def save(client, assessment, code, **fields):
    sent = {
        "idempotency_key": str(uuid4()),
        "id": str(assessment.pk),
        "indicator": code,
        "revision": row(assessment, code).revision,
        "level": 4,
        "reason": "",
        "note": "",
    }
    return client.post(address(assessment, code), sent | fields)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_begins_with_the_first_indicator_not_looked_at(in_review, signed_in, verifier):
    client = signed_in(verifier)
    save(client, in_review, "1.1")

    answer = client.get(address(in_review))

    assert answer.context["rule"].code == "1.2"
    assert (answer.context["before"], answer.context["after"]) == ("1.1", "2.1")


@pytest.mark.parametrize("code", ["9.9", "%00x", "1.1' OR 1=1"])
def test_nonsense_in_the_address_is_answered_by_the_first(in_review, signed_in, verifier, code):
    answer = signed_in(verifier).get(reverse("assessment:sheet", args=[in_review.pk]), {"i": code})

    assert answer.context["rule"].code == "1.1"


def test_shows_proposal_evidence_and_note_side_by_side(draft, signed_in, officer, verifier):
    fill_all(draft)
    attach(draft, "1.2", caption="Nota Januari")
    Score.objects.filter(sheet__assessment=draft, indicator__code="1.2").update(note="Pemasok dari desa.")
    assessment = move_to_review(draft, officer, verifier)

    answer = signed_in(verifier).get(address(assessment, "1.2"))

    said = text_of(answer)
    assert [card.number for card in answer.context["cards"] if card.is_proposed] == [4]
    assert "Nota Januari" in said
    assert "Pemasok dari desa." in said


def move_to_review(assessment, officer, verifier):
    workflow.advance(assessment, "kirim", by=officer)
    workflow.advance(assessment, "tinjau", by=verifier)
    return Assessment.objects.with_subject().get(pk=assessment.pk)


def test_evidence_tells_its_distance_from_the_sentra(draft, signed_in, officer, verifier):
    fill_all(draft)
    evidence = attach(draft, "1.2")
    evidence.latitude, evidence.longitude = "-7.100100", "108.900000"
    evidence.save()
    assessment = move_to_review(draft, officer, verifier)

    assert "11 m dari posisi sentra" in text_of(signed_in(verifier).get(address(assessment, "1.2")))


def test_certificate_as_evidence_shows_number_and_validity(draft, signed_in, officer, verifier):
    paper = make_certificate(product=draft.product, number="ID3211", expires="2020-01-31", file=make_file(by=officer))
    fill_all(draft)
    attach(draft, "1.2", certificate=paper)
    assessment = move_to_review(draft, officer, verifier)

    said = text_of(signed_in(verifier).get(address(assessment, "1.2")))

    assert "Nomor ID3211" in said
    assert "31 Januari 2020 Kedaluwarsa" in said


def test_second_piece_of_evidence_is_chosen_by_address(draft, signed_in, officer, verifier):
    fill_all(draft)
    attach(draft, "1.2", caption="Pertama")
    second = attach(draft, "1.2", caption="Kedua")
    assessment = move_to_review(draft, officer, verifier)

    answer = signed_in(verifier).get(f"{address(assessment, '1.2')}&b={second.pk}")

    assert answer.context["shown"].tile.title == "Kedua"


def test_each_other_level_says_its_effect(in_review, signed_in, verifier):
    cards = signed_in(verifier).get(address(in_review, "1.2")).context["cards"]

    assert {card.number: card.effect for card in cards} == {
        1: "K1 menjadi 24,00 dari 60, turun 24,00 poin.",
        2: "K1 menjadi 32,00 dari 60, turun 16,00 poin.",
        3: "K1 menjadi 40,00 dari 60, turun 8,00 poin.",
        4: "",
        5: "K1 menjadi 56,00 dari 60, naik 8,00 poin.",
    }


# Saving


def test_agreeing_ticks_the_indicator_and_goes_on(in_review, signed_in, verifier):
    answer = save(signed_in(verifier), in_review, "1.1")

    judged = row(in_review, "1.1")
    assert (answer.status_code, answer.headers["location"]) == (303, address(in_review, "1.2"))
    assert (judged.level, judged.reviewed_by) == (4, verifier)


def test_another_level_needs_a_reason_at_its_field(in_review, signed_in, verifier):
    answer = save(signed_in(verifier), in_review, "1.2", level=3, reason=" ", note="Minta nota.")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]
    assert "Minta nota.</textarea>" in answer.content.decode()
    assert [card.number for card in answer.context["cards"] if card.is_chosen] == [3]
    assert row(in_review, "1.2").reviewed_at is None


def test_another_level_with_reason_is_stored(in_review, signed_in, verifier):
    client = signed_in(verifier)
    save(client, in_review, "1.2", level=3, reason="Nota kurang.", note="Minta nota.")

    judged = row(in_review, "1.2")
    progress = client.get(address(in_review, "2.1")).context["progress"]
    assert (judged.level, judged.reason, judged.note) == (3, "Nota kurang.", "Minta nota.")
    assert progress.counts == "0 sepakat, 1 diubah, 3 belum"
    assert progress.title == "1 dari 4 indikator selesai ditinjau"


@pytest.mark.parametrize("level", ["", "0", "6", "empat", None])
def test_level_that_does_not_exist_is_refused(in_review, signed_in, verifier, level):
    fields = {} if level is None else {"level": level}
    client = signed_in(verifier)

    answer = client.post(
        address(in_review, "1.1"),
        {"idempotency_key": str(uuid4()), "indicator": "1.1", "revision": row(in_review, "1.1").revision} | fields,
    )

    assert answer.status_code == 422
    assert "level" in answer.context["form"].errors


def test_unknown_indicator_is_400(in_review, signed_in, verifier):
    sent = {"idempotency_key": str(uuid4()), "indicator": "9.9", "level": 4}

    assert signed_in(verifier).post(address(in_review), sent).status_code == 400


def test_own_answers_to_test_lines_stand_beside_the_proposed(in_review, signed_in, verifier):
    client = signed_in(verifier)

    before = client.get(address(in_review, "2.1"))
    save(client, in_review, "2.1", **{"2.1-benda-asing-value": 1, "2.1-rasa-value": 2})
    after = client.get(address(in_review, "2.1"))

    assert [check.proposed for check in before.context["form"].checks] == ["Tidak", "4 dari 5"]
    assert [check.form["value"].value() for check in after.context["form"].checks] == [1, 2]
    assert [check.proposed for check in after.context["form"].checks] == ["Tidak", "4 dari 5"]
    assert [offer.action for offer in after.context["offers"]] == ["kembalikan", "gugurkan"]


def test_eliminating_line_cannot_be_left_open(in_review, signed_in, verifier):
    answer = save(signed_in(verifier), in_review, "2.1", **{"2.1-benda-asing-value": "", "2.1-rasa-value": 2})

    assert answer.status_code == 422
    assert "Ada benda asing: Jawab butir uji ini." in text_of(answer)


def test_what_two_verifiers_judged_differently_is_asked_about(in_review, signed_in, verifier, other_verifier):
    revision = row(in_review, "1.2").revision
    save(signed_in(other_verifier), in_review, "1.2", level=2, reason="Nota tidak ada.")
    client = signed_in(verifier)

    stale = save(client, in_review, "1.2", level=3, reason="Nota kurang.", revision=revision)
    (conflict,) = stale.context["form"].conflicts
    asked = {conflict.marker: conflict.since, "revision": stale.context["form"]["revision"].value()}
    unanswered = save(client, in_review, "1.2", level=3, reason="Nota kurang.", **asked)
    mine = save(client, in_review, "1.2", level=3, reason="Nota kurang.", **asked, **{conflict.choice: "saya"})

    assert (stale.status_code, unanswered.status_code, mine.status_code) == (409, 409, 303)
    assert [(line.label, line.base, line.theirs, line.mine) for line in conflict.lines] == [
        ("Level menurut Anda", "4 Kuat", "2 Awal", "3 Cukup"),
        ("Alasan perubahan", "kosong", "Nota tidak ada.", "Nota kurang."),
    ]
    assert f"Data ini diubah {other_verifier} sejak Anda membukanya." in text_of(stale)
    assert "Nota kurang.</textarea>" in stale.content.decode()
    assert (row(in_review, "1.2").level, row(in_review, "1.2").reviewed_by) == (3, verifier)


def test_the_other_verifiers_judgement_can_be_chosen(in_review, signed_in, verifier, other_verifier):
    revision = row(in_review, "1.2").revision
    save(signed_in(other_verifier), in_review, "1.2", level=2, reason="Nota tidak ada.")
    theirs = {"bentrok-level": revision, "pilih-level": "mereka", "revision": row(in_review, "1.2").revision}

    answer = save(signed_in(verifier), in_review, "1.2", level=3, reason="Nota kurang.", **theirs)

    assert answer.status_code == 303
    assert (row(in_review, "1.2").level, row(in_review, "1.2").reason) == (2, "Nota tidak ada.")


def test_what_only_one_of_two_verifiers_changed_is_kept(in_review, signed_in, verifier, other_verifier):
    revision = row(in_review, "1.2").revision
    save(signed_in(other_verifier), in_review, "1.2", level=2, reason="Nota tidak ada.")
    client = signed_in(verifier)

    answer = save(client, in_review, "1.2", note="Lengkapi nota.", revision=revision)

    assert answer.status_code == 303
    kept = row(in_review, "1.2")
    assert (kept.level, kept.reason, kept.note) == (2, "Nota tidak ada.", "Lengkapi nota.")
    said = text_of(client.get(answer.headers["location"]))
    assert f"Perubahan {other_verifier} tetap dipakai pada: Level menurut Anda, Alasan perubahan." in said


@pytest.mark.parametrize(("choice", "kept"), [("saya", 5), ("mereka", 2)])
def test_test_lines_are_merged_one_by_one(in_review, signed_in, verifier, other_verifier, choice, kept):
    revision = row(in_review, "2.1").revision
    lines = {"2.1-benda-asing-value": 0, "2.1-benda-asing-base_value": 0, "2.1-rasa-base_value": 4}
    save(signed_in(other_verifier), in_review, "2.1", **lines | {"2.1-benda-asing-value": 1, "2.1-rasa-value": 2})
    client = signed_in(verifier)

    stale = save(client, in_review, "2.1", **lines | {"2.1-rasa-value": 5}, revision=revision)
    form = stale.context["form"]
    (conflict,) = form.conflicts
    shown = {check.form["value"].html_name: check.form["value"].value() for check in form.checks}
    asked = {conflict.marker: conflict.since, conflict.choice: choice, "revision": form["revision"].value()}
    save(client, in_review, "2.1", **lines | shown | asked)

    assert stale.status_code == 409
    assert [(line.base, line.theirs, line.mine) for line in conflict.lines] == [("4", "2", "5")]
    after = client.get(address(in_review, "2.1")).context["form"]
    assert [check.form["value"].value() for check in after.checks] == [1, kept]


def test_double_submit_saves_once(in_review, signed_in, verifier):
    client, key = signed_in(verifier), str(uuid4())
    revision = row(in_review, "1.2").revision
    sent = {"level": 3, "reason": "Nota kurang.", "idempotency_key": key, "revision": revision}

    answers = [save(client, in_review, "1.2", **sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert row(in_review, "1.2").revision == revision + 1


def test_last_one_leads_back_to_what_was_left_out(in_review, signed_in, verifier):
    client = signed_in(verifier)
    for code in ("1.1", "2.1"):
        save(client, in_review, code, **{"2.1-benda-asing-value": 0, "2.1-rasa-value": 4})

    left_out = save(client, in_review, "2.2")
    last = save(client, in_review, "1.2")

    assert left_out.headers["location"] == address(in_review, "1.2")
    assert last.headers["location"] == address(in_review, "2.1")


def test_whole_review_ends_at_the_assessment(in_review, signed_in, verifier):
    client = signed_in(verifier)
    answers = [
        save(client, in_review, code, **{"2.1-benda-asing-value": 0, "2.1-rasa-value": 4})
        for code in ("1.1", "1.2", "2.1", "2.2")
    ]

    assert answers[-1].headers["location"] == in_review.get_absolute_url()
    assert "belum Anda tinjau satu per satu" not in text_of(client.get(in_review.get_absolute_url()))


def test_deciding_leads_once_everything_was_reviewed(in_review, signed_in, verifier):
    def filled():
        return re.findall(r'class="btn btn-primary"[^>]*>(?:<svg.*?</svg>)?([^<]+)<', page().content.decode())

    def page():
        return client.get(in_review.get_absolute_url())

    client = signed_in(verifier)
    before = filled()
    for code in ("1.1", "1.2", "2.1", "2.2"):
        save(client, in_review, code, **{"2.1-benda-asing-value": 0, "2.1-rasa-value": 4})

    assert before == ["Tinjau indikator", "Putuskan"]
    assert filled() == ["Putuskan", "Putuskan"]


def test_too_late_shows_what_was_typed(in_review, signed_in, verifier, other_verifier):
    client, revision = signed_in(verifier), row(in_review, "1.2").revision
    workflow.advance(in_review, "putuskan", by=other_verifier)

    answer = save(client, in_review, "1.2", level=3, reason="Nota kurang.", note="Minta nota.", revision=revision)

    assert answer.status_code == 409
    said = text_of(answer)
    assert "Penilaian ini tidak sedang ditinjau lagi: statusnya “Diputuskan”." in said
    assert "Nota kurang. Minta nota." in said
    assert row(in_review, "1.2").level == 4


def test_after_a_return_changed_indicators_are_marked(in_review, signed_in, officer, verifier):
    client = signed_in(verifier)
    for code in ("1.1", "1.2"):
        save(client, in_review, code)
    workflow.advance(in_review, "kembalikan", by=verifier, remarks={"1.2": "Minta nota setahun."})
    attach(in_review, "1.2", caption="Nota setahun")
    assessment = move_to_review(in_review, officer, verifier)

    answer = client.get(address(assessment, "1.2"))

    ticks = {tick.code: (str(tick.verdict), tick.is_changed) for tick in answer.context["progress"].ticks}
    assert ticks == {
        "1.1": ("agreed", False),
        "1.2": ("open", True),
        "2.1": ("open", False),
        "2.2": ("open", False),
    }
    assert "Diubah petugas sejak dikembalikan" in text_of(answer)
    assert "Minta nota setahun." in text_of(answer)


def test_there_is_no_button_that_agrees_to_everything(in_review, signed_in, verifier):
    said = text_of(signed_in(verifier).get(address(in_review)))

    assert "Setujui" not in said


def test_officer_reads_the_proposal_meanwhile(in_review, signed_in, officer):
    answer = signed_in(officer).get(address(in_review))

    assert answer.status_code == 200
    assert "Level menurut Anda" not in text_of(answer)


def test_officer_cannot_send_a_review(in_review, signed_in, officer):
    answer = save(signed_in(officer), in_review, "1.1", level=5, reason="Saya yakin.")

    assert answer.status_code == 403
    assert (row(in_review, "1.1").level, row(in_review, "1.1").reviewed_at) == (4, None)


def test_stranger_does_not_see_it(in_review, signed_in, stranger):
    assert signed_in(stranger).get(address(in_review)).status_code == 404


def test_queries_do_not_grow_with_evidence(draft, signed_in, officer, verifier):
    client, counts = signed_in(verifier), []
    for pieces in (1, 3):
        product = make_product(ikm=draft.product.ikm)
        assessment = start_assessment(officer=officer, product=product)
        fill_all(assessment)
        for _ in range(pieces):
            attach(assessment, "1.2")
        move_to_review(assessment, officer, verifier)
        with CaptureQueriesContext(connection) as captured:
            client.get(address(assessment, "1.2"))
        counts.append(len(captured))

    assert counts == [10, 10]


def test_verifier_of_a_kecamatan_learns_who_decides(in_review, signed_in):
    """Deciding needs a duty at the level of the authority; reviewing does not."""
    narrow = make_user("", ("verifier", in_review.wilayah_id[:8]))

    answer = signed_in(narrow).get(address(in_review))

    assert [offer.action for offer in answer.context["offers"]] == ["kembalikan"]
    assert "Yang memutuskan: verifikator Kab. Brebes." in text_of(answer)
