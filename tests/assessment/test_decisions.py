"""What a decision freezes, and the present result of the product that follows from it."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection
from django.utils import timezone

from assessment import decisions, scoring, workflow
from assessment.dossier import open_dossier
from assessment.models import Assessment, Decision
from tests.assessment.factories import fill_all, move_to, start_assessment
from tests.factories import make_certificate, make_user

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
    result = open_dossier(decided).decision_result

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


def test_the_highest_authority_in_force_is_the_present_result(decided, verifier):
    """Built by hand: a round of the province comes with a later version, its decisions must already be read right."""
    kabkota = decided.decision_set.get()
    nation = make_user("", ("verifier", None))
    other = start_assessment(officer=decided.officer, product=decided.product)
    Decision.objects.create(
        assessment=other,
        kind=Decision.Kind.AWARD,
        number=2,
        previous=kabkota.sha256,
        sha256="f" * 64,
        canonical="{}",
        decided_by=nation,
        decided_at=timezone.now(),
        authority="provinsi",
        star=3,
        total=Decimal("71.00"),
        valid_until=timezone.localdate() + timedelta(days=1),
    )

    decisions.write_present_result(decided.product)

    decided.product.refresh_from_db()
    assert (decided.product.star, decided.product.star_authority) == (3, "provinsi")


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
