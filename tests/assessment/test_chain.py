"""The chain of decisions: what `verify_decisions` proves, and what it finds."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from assessment import chain, workflow
from assessment.models import Assessment, ChainHead, Decision
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_user
from tests.wilayah_factory import make_wilayah_tree

State = Assessment.State


@pytest.fixture
def people():
    """An officer and two verifiers, committed, for tests with real threads."""
    make_wilayah_tree()
    return make_user("", ("officer", "33.29")), [make_user("", ("verifier", "33.29")) for _ in range(2)]


def decide(count, *, officer, verifier):
    for _ in range(count):
        move_to(start_assessment(officer=officer), State.DECIDED, verifier=verifier)


def tamper(statement, *params):
    """Change final rows as somebody with the rights of the database's owner could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assessment_decision DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        cursor.execute("ALTER TABLE assessment_decision ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_an_empty_chain_holds():
    assert chain.first_break() is None


@pytest.mark.django_db
def test_each_link_holds_the_hash_before_it(officer, verifier):
    decide(3, officer=officer, verifier=verifier)

    links = list(Decision.objects.order_by("number").values_list("number", "previous", "sha256"))

    assert [number for number, _, _ in links] == [1, 2, 3]
    assert [previous for _, previous, _ in links] == ["0" * 64, links[0][2], links[1][2]]
    head = ChainHead.objects.get()
    assert (head.count, head.sha256) == (3, links[2][2])


@pytest.mark.django_db
def test_verify_decisions_says_the_chain_is_whole(officer, verifier):
    decide(2, officer=officer, verifier=verifier)
    out = StringIO()

    call_command("verify_decisions", stdout=out)

    assert "Rantai utuh: 2 keputusan." in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE assessment_decision SET canonical = replace(canonical, 'kabkota', 'kabkotA') WHERE number = 2",
            "Isi keputusan nomor 2 tidak cocok dengan sidiknya.",
        ),
        (
            "UPDATE assessment_decision SET star = 5 WHERE number = 2",
            "Kolom star pada keputusan nomor 2 tidak sama dengan isinya.",
        ),
        (
            "UPDATE assessment_decision SET total = 99.99 WHERE number = 3",
            "Kolom total pada keputusan nomor 3 tidak sama dengan isinya.",
        ),
        (
            "DELETE FROM assessment_decision WHERE number = 2",
            "Keputusan nomor 2 hilang; sesudahnya ada nomor 3.",
        ),
        (
            "UPDATE assessment_decision SET previous = repeat('a', 64) WHERE number = 2",
            "Keputusan nomor 2 tidak menyambung pada keputusan sebelumnya.",
        ),
    ],
)
def test_verify_decisions_names_the_first_broken_link(officer, verifier, statement, sentence):
    decide(3, officer=officer, verifier=verifier)
    tamper(statement)

    with pytest.raises(CommandError) as failure:
        call_command("verify_decisions")

    assert str(failure.value) == sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM assessment_decision WHERE number = 2", "mencatat 2 keputusan .* tetapi ada 1"),
        ("TRUNCATE assessment_decision", "mencatat 2 keputusan .* tetapi ada 0"),
        ("UPDATE assessment_chainhead SET count = 3", "mencatat 3 keputusan .* tetapi ada 2"),
        ("UPDATE assessment_chainhead SET sha256 = repeat('a', 64)", "dengan sidik aaaaaaaaaaaa, tetapi ada 2"),
        ("DELETE FROM assessment_chainhead", "mencatat 0 keputusan dengan sidik 000000000000, tetapi ada 2"),
    ],
)
def test_head_finds_what_is_missing_at_the_end(officer, verifier, statement, found):
    decide(2, officer=officer, verifier=verifier)
    tamper(statement)

    with pytest.raises(CommandError, match=found):
        call_command("verify_decisions")


@pytest.mark.django_db
def test_two_links_that_changed_places_are_found(officer, verifier):
    decide(3, officer=officer, verifier=verifier)
    tamper(
        "UPDATE assessment_decision SET number = 9 WHERE number = 1;"
        "UPDATE assessment_decision SET number = 1 WHERE number = 2;"
        "UPDATE assessment_decision SET number = 2 WHERE number = 9"
    )

    with pytest.raises(CommandError, match="Keputusan nomor 1 tidak menyambung"):
        call_command("verify_decisions")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("forged", "found"),
    [
        (1, "Keputusan nomor 2 tidak menyambung pada keputusan sebelumnya."),
        (2, "tetapi ada 2 keputusan dan sidik terakhirnya"),
    ],
    ids=["not the last", "the last"],
)
def test_forged_link_with_a_hash_of_its_own_is_found_by_what_follows(officer, verifier, forged, found):
    """Text, columns and hash of the forged link agree; the next link, or the head, still holds the old hash."""
    decide(2, officer=officer, verifier=verifier)
    link = Decision.objects.get(number=forged)
    text = link.canonical.replace('"star":"4"', '"star":"5"')
    assert text != link.canonical
    tamper(
        "UPDATE assessment_decision SET star = 5, canonical = %s, sha256 = %s WHERE number = %s",
        *(text, chain.sha256_of(text), forged),
    )

    with pytest.raises(CommandError, match=found):
        call_command("verify_decisions")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["bukan JSON", "[]", "null", '"4"'])
def test_text_that_is_no_decision_is_named_and_not_stumbled_over(officer, verifier, text):
    """Valid JSON that is not an object ended `verify_decisions` with a traceback."""
    decide(1, officer=officer, verifier=verifier)
    tamper("UPDATE assessment_decision SET canonical = %s, sha256 = %s", text, chain.sha256_of(text))

    with pytest.raises(CommandError, match=r"Isi keputusan nomor 1 tidak dapat dibaca\."):
        call_command("verify_decisions")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "gugur"),
        ("assessment_id", None),
        ("decided_by_id", None),
        ("decided_at", "2020-01-01T00:00:00Z"),
        ("authority", "kementerian"),
        ("valid_until", "2099-12-31"),
        ("criteria", "[]"),
    ],
)
def test_every_column_is_held_to_the_text(officer, verifier, column, value):
    decide(2, officer=officer, verifier=verifier)
    other = {"assessment_id": start_assessment(officer=officer).pk, "decided_by_id": officer.pk}
    clear = ", star = NULL, valid_until = NULL" if column == "kind" else ""
    tamper(f"UPDATE assessment_decision SET {column} = %s{clear} WHERE number = 2", value or other[column])

    with pytest.raises(CommandError, match=f"{column.removesuffix('_id')}.* pada keputusan nomor 2 tidak sama"):
        call_command("verify_decisions")


def test_canonical_text_is_one_for_one_content():
    one = chain.canonical_text({"b": "2", "a": {"d": None, "c": "é"}})
    other = chain.canonical_text({"a": {"c": "é", "d": None}, "b": "2"})

    assert one == other == '{"a":{"c":"é","d":null},"b":"2"}'


@pytest.mark.django_db(transaction=True)
def test_two_deciders_at_once_make_two_links_of_one_chain(people):
    officer, verifiers = people
    pair = [move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifiers[0]) for _ in range(2)]
    barrier = threading.Barrier(2)

    def work(assessment, verifier):
        try:
            barrier.wait()
            workflow.advance(assessment, "putuskan", by=verifier)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=job) for job in zip(pair, verifiers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Decision.objects.count() == 2
    assert chain.first_break() is None


@pytest.mark.django_db(transaction=True)
def test_two_verifiers_deciding_the_same_one_make_one_decision(people):
    officer, verifiers = people
    assessment = move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=verifiers[0])
    barrier = threading.Barrier(2)
    refused = []

    def work(verifier):
        try:
            barrier.wait()
            workflow.advance(Assessment.objects.get(pk=assessment.pk), "putuskan", by=verifier)
        except workflow.TransitionNotAllowed as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(verifier,)) for verifier in verifiers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Decision.objects.count() == 1
    assert refused == [
        "Langkah ini tidak mungkin sekarang: penilaian sudah berstatus “Diputuskan”. Buka lagi halamannya."
    ]
