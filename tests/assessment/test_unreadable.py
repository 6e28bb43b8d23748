"""A decision whose text was changed by the owner of the database: a page that says so, never an error."""

from http import HTTPStatus

import pytest
from django.db import connection

from assessment.models import Assessment
from tests.assessment.factories import move_to, start_assessment

pytestmark = pytest.mark.django_db

# What somebody may make of the text: nothing, no JSON, another thing, without parts, with parts that do not fit.
CHANGES = {
    "empty": "''",
    "broken": "left(canonical, 200)",
    "a list": "'[]'",
    "another object": """'{"result": null}'""",
    "without bands": """jsonb_set(canonical::jsonb, '{instrument,rules,bands}', '[]')::text""",
    "without criteria": """jsonb_set(canonical::jsonb, '{instrument,rules,criteria}', '[]')::text""",
    "without scores": """jsonb_set(canonical::jsonb, '{sheets,0,scores}', '{}')::text""",
    "words for numbers": """jsonb_set(canonical::jsonb, '{result,points,exact}', '"banyak"')::text""",
}


@pytest.fixture
def decided(officer, verifier):
    return move_to(start_assessment(officer=officer), Assessment.State.DECIDED, verifier=verifier)


def change(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assessment_decision DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE assessment_decision SET canonical = {sql}")
        cursor.execute("ALTER TABLE assessment_decision ENABLE TRIGGER USER")


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("page", ["", "lembar/"])
def test_a_changed_text_never_ends_in_an_error(decided, signed_in, leader, sql, page):
    change(sql)

    answer = signed_in(leader).get(f"/penilaian/{decided.pk}/{page}")

    assert answer.status_code == HTTPStatus.OK


@pytest.mark.parametrize("page", ["", "lembar/"])
def test_an_unreadable_decision_is_named_with_its_steps(decided, signed_in, leader, page):
    change("'bukan JSON'")

    answer = signed_in(leader).get(f"/penilaian/{decided.pk}/{page}")

    assert "Keputusan ini tidak utuh" in answer.text
    assert "Isi keputusan nomor 1 tidak dapat dibaca. Jangan dipakai; hubungi admin." in answer.text
    assert "Diputuskan" in answer.text


def test_a_step_on_an_unreadable_decision_that_comes_too_late(decided, signed_in, verifier):
    change("'bukan JSON'")

    answer = signed_in(verifier).post(f"/penilaian/{decided.pk}/langkah/putuskan/", {})

    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
