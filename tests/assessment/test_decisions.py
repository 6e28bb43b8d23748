"""What a decision freezes, and the present result of the product that follows from it."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection
from django.utils import timezone

from assessment import chain, decisions, scoring, workflow
from assessment.dossier import open_dossier
from assessment.models import Assessment, Decision
from tests.assessment.factories import fill_all, move_to, start_assessment
from tests.factories import make_certificate

pytestmark = pytest.mark.django_db

State = Assessment.State


@pytest.fixture
def draft(officer):
    return start_assessment(officer=officer)


@pytest.fixture
def decided(draft, verifier):
    return move_to(draft, State.DECIDED, verifier=verifier)


def test_a_decision_agrees_with_the_score(decided):
    decision = decided.decision_set.get()
    dossier = open_dossier(decided)
    result = dossier.result_of(dossier.decision)

    assert (decision.star, decision.total) == (result.star, result.points.shown)
    assert decision.criteria == [
        {"code": "K1", "title": "Unggulan", "points": "48.00", "maximum": "60.00"},
        {"code": "K2", "title": "Mutu", "points": "32.00", "maximum": "40.00"},
    ]
    assert json.loads(decision.canonical)["result"] == scoring.as_data(result)


def test_a_decision_writes_the_present_result_of_the_product(decided):
    product = decided.product
    product.refresh_from_db()
    decision = decided.decision_set.get()

    assert (product.star, product.star_authority, product.star_until) == (4, "kabkota", decision.valid_until)
    assert decision.valid_until == decisions.add_months(timezone.localdate(decision.decided_at), 24)


def test_a_decision_says_names_of_the_day_and_nothing_personal(draft, officer, verifier):
    ikm = draft.product.ikm
    contact = ikm._meta.get_field("contact").related_model
    contact.objects.create(ikm=ikm, owner="Warsih Rahasia", phone="081234567890", email="warsih@example.org")
    decided = move_to(draft, State.DECIDED, verifier=verifier)
    old_name = ikm.name
    type(ikm).objects.filter(pk=ikm.pk).update(name="Nama baru")

    content = decided.decision_set.get().canonical

    assert json.loads(content)["ikm"]["name"] == old_name
    assert json.loads(content)["wilayah"]["name"] == "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"
    for secret in ("Warsih", "081234567890", "warsih@example.org"):
        assert secret not in content


def test_free_texts_stand_in_a_decision_only_as_hashes(draft, officer, verifier):
    fill_all(draft)
    draft.sheet_set.get().score_set.filter(indicator__code="1.1").update(note="Catatan petugas yang panjang")
    workflow.advance(draft, "kirim", by=officer)
    workflow.advance(draft, "tinjau", by=verifier)
    workflow.advance(draft, "putuskan", by=verifier)

    canonical = draft.decision_set.get().canonical

    assert "Catatan petugas" not in canonical
    proposal = next(sheet for sheet in json.loads(canonical)["sheets"] if sheet["kind"] == "proposal")
    assert proposal["scores"]["1.1"]["note_sha256"] == decisions.text_hash("Catatan petugas yang panjang")


def test_numbers_stand_in_a_decision_as_text(decided):
    def leaves(value):
        if isinstance(value, dict):
            return [leaf for part in value.values() for leaf in leaves(part)]
        if isinstance(value, list):
            return [leaf for part in value for leaf in leaves(part)]
        return [value]

    found = leaves(json.loads(decided.decision_set.get().canonical))

    assert {type(leaf) for leaf in found} <= {str, bool, type(None)}


def test_the_deciding_verifier_counts_as_one_assessor(decided):
    facts = json.loads(decided.decision_set.get().canonical)["facts"]

    assert facts["assessor_count"] == "1"


def test_a_certificate_counts_on_the_day_of_the_decision(draft, verifier):
    make_certificate(product=draft.product, kind="halal", expires=timezone.localdate())
    decided = move_to(draft, State.DECIDED, verifier=verifier)

    blocked = json.loads(decided.decision_set.get().canonical)["result"]["blocked"]

    assert blocked == []


def test_revoking_takes_the_result_back_and_keeps_both_links(decided, other_verifier):
    workflow.advance(decided, "cabut", by=other_verifier, note="Sertifikat palsu.")

    award, revocation = Decision.objects.order_by("number")
    decided.product.refresh_from_db()
    assert (decided.product.star, decided.product.star_authority, decided.product.star_until) == (None, "", None)
    content = json.loads(revocation.canonical)
    assert (content["revokes"], content["reason_sha256"]) == (award.sha256, decisions.text_hash("Sertifikat palsu."))


def test_after_a_revocation_the_award_before_it_is_the_present_one_again(draft, officer, verifier, other_verifier):
    first = move_to(draft, State.DECIDED, verifier=verifier)
    second = start_assessment(officer=officer, product=first.product)
    fill_all(second, level=5)
    for action, by in (("kirim", officer), ("tinjau", verifier), ("putuskan", verifier)):
        workflow.advance(second, action, by=by)
    first.product.refresh_from_db()
    assert first.product.star_until == second.decision_set.get().valid_until

    workflow.advance(second, "cabut", by=other_verifier, note="Salah hitung.")

    first.product.refresh_from_db()
    assert first.product.star == first.decision_set.get().star


def test_elimination_keeps_an_earlier_result(draft, officer, verifier):
    first = move_to(draft, State.DECIDED, verifier=verifier)
    second = start_assessment(officer=officer, product=first.product)

    move_to(second, State.ELIMINATED, verifier=verifier)

    first.product.refresh_from_db()
    assert first.product.star == first.decision_set.get().star
    assert Decision.objects.get(kind="gugur").star is None


def test_elimination_keeps_the_hash_of_its_reason(draft, verifier):
    eliminated = move_to(draft, State.ELIMINATED, verifier=verifier)

    content = json.loads(eliminated.decision_set.get().canonical)

    assert content["reason_sha256"] == decisions.text_hash(eliminated.step_set.get(action="gugurkan").note)


def test_day_of_a_decision_is_that_of_its_area(draft, verifier):
    """Half past seven in the evening of UTC is half past two of the next day in Brebes."""
    in_review = move_to(draft, State.IN_REVIEW, verifier=verifier)
    make_certificate(product=draft.product, kind="halal", expires=date(2027, 3, 9))

    workflow.advance(in_review, "putuskan", by=verifier, at=datetime(2027, 3, 9, 19, 30, tzinfo=UTC))

    decision = draft.decision_set.get()
    content = json.loads(decision.canonical)
    assert (content["facts"]["on"], decision.valid_until) == ("2027-03-10", date(2029, 3, 10))
    assert content["decided_at"] == "2027-03-09T19:30:00.000000Z"
    assert [block["authority"] for block in content["result"]["blocked"]] == ["provinsi", "kementerian"]


YESTERDAY, TODAY, LATER = -1, 0, 400


@pytest.mark.parametrize(
    ("awards", "present"),
    [
        ([("kabkota", LATER), ("provinsi", TODAY)], 1),
        ([("provinsi", TODAY), ("kabkota", LATER)], 0),
        ([("kementerian", YESTERDAY), ("kabkota", LATER)], 1),
        ([("kabkota", LATER), ("kabkota", TODAY)], 1),
        ([("kabkota", LATER), ("kabkota", YESTERDAY)], 0),
        ([("kementerian", YESTERDAY), ("kabkota", YESTERDAY)], 1),
        ([("kabkota", TODAY), ("kementerian", LATER, "revoked")], 0),
        ([("kabkota", YESTERDAY), ("provinsi", LATER, "revoked")], 0),
        ([("kabkota", LATER, "revoked")], None),
        ([], None),
    ],
)
def test_present_result_is_of_the_highest_authority_in_force_else_the_latest(officer, verifier, awards, present):
    """Built by hand: rounds of higher authorities come later, their decisions must already be read right."""
    product = start_assessment(officer=officer).product
    made = [make_award(product, officer, verifier, star, *award) for star, award in enumerate(awards, start=1)]

    decisions.write_present_result(product)

    product.refresh_from_db()
    expected = (None, "", None)
    if present is not None:
        expected = (made[present].star, made[present].authority, made[present].valid_until)
    assert (product.star, product.star_authority, product.star_until) == expected


def make_award(product, officer, verifier, star, authority, days, revoked=""):
    Assessment.objects.filter(product=product, state=State.DRAFT).update(state=State.WITHDRAWN)
    link = {
        "assessment": start_assessment(officer=officer, product=product),
        "decided_by": verifier,
        "decided_at": timezone.now(),
        "authority": authority,
    }
    award = Decision(
        kind=Decision.Kind.AWARD,
        star=star,
        total=Decimal("71.00"),
        valid_until=timezone.localdate() + timedelta(days),
        **link,
    )
    chain.append(award, {})
    if revoked:
        chain.append(Decision(kind=Decision.Kind.REVOCATION, **link), {})
    return award


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 27), 24, date(2028, 11, 27)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_add_months(day, months, expected):
    assert decisions.add_months(day, months) == expected


@pytest.mark.parametrize("statement", ["UPDATE assessment_decision SET star = 5", "DELETE FROM assessment_decision"])
def test_a_decision_refuses_change_and_removal(decided, statement):
    with pytest.raises(ProgrammingError, match="Cannot update or delete rows"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_levels_and_evidence_of_a_decided_assessment_refuse_change(decided):
    score = decided.sheet_set.get(kind="decision").score_set.first()
    with pytest.raises(IntegrityError, match="closed for changes"):
        score.level = 1
        score.save()
