"""Which records are taken for likely twins, what a person is told of them, and how an answer is kept."""

from hashlib import md5

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from sentra import duplicates
from sentra.models import IKM, Comparison, Product, Sentra
from tests.factories import (
    make_branch,
    make_ikm,
    make_product,
    make_scope,
    make_sentra,
    make_user,
    take_out_of_use,
)

pytestmark = pytest.mark.usefixtures("areas")

VILLAGE, NEXT_VILLAGE, OTHER_KECAMATAN, OTHER_KABUPATEN = (
    "33.29.01.2003",
    "33.29.01.2002",
    "33.29.09.1002",
    "33.28.10.2004",
)
Answer = Comparison.Answer


def names(twins) -> list[str]:
    return [twin.record.name for twin in twins]


def typed_ikm(name: str, wilayah: str = VILLAGE, **kwargs) -> IKM:
    return IKM(name=name, wilayah_id=wilayah, branch=make_branch(), **kwargs)


@pytest.mark.parametrize(
    "typed",
    [
        "Sari Rasa",
        "CV. SARI RASA",
        "UD sari  rasa.",
        "Toko Ibu Sari Rasa",
        "Rasa Sari",
        "Sari Rosa",
        "Sarirasa",
    ],
)
def test_case_legal_form_and_typing_errors_do_not_hide_a_twin(officer, typed):
    make_ikm(name="CV Sari Rasa", wilayah=VILLAGE)
    make_ikm(name="Batik Salem", wilayah=VILLAGE)

    assert names(duplicates.twins_of(typed_ikm(typed), officer)) == ["CV Sari Rasa"]


def test_looks_within_the_kabupaten_and_at_what_the_person_sees(officer):
    for name, place in (("Sari Rasa 1", OTHER_KECAMATAN), ("Sari Rasa 2", OTHER_KABUPATEN)):
        make_ikm(name=name, wilayah=place)
    near_only = make_user("", ("officer", "33.29.01"))
    national = make_user("", ("officer", None))

    assert names(duplicates.twins_of(typed_ikm("Sari Rasa"), officer)) == ["Sari Rasa 1"]
    assert names(duplicates.twins_of(typed_ikm("Sari Rasa"), national)) == ["Sari Rasa 1"]
    assert duplicates.twins_of(typed_ikm("Sari Rasa"), near_only) == []


def test_less_will_do_in_the_same_village_or_sentra(officer):
    sentra = make_sentra()
    make_ikm(name="Sale Pisang Tini", wilayah=VILLAGE)
    make_ikm(name="Sale Pisang Tuti", wilayah=NEXT_VILLAGE, sentra=sentra)
    make_ikm(name="Sale Pisang Wati", wilayah=NEXT_VILLAGE)

    assert names(duplicates.twins_of(typed_ikm("Sale Pisang Karni", sentra=sentra), officer)) == [
        "Sale Pisang Tini",
        "Sale Pisang Tuti",
    ]


def test_elsewhere_in_the_kabupaten_the_branch_counts(officer):
    make_ikm(name="Sari Rasa", wilayah=OTHER_KECAMATAN, branch=make_branch("kerajinan"))

    assert duplicates.twins_of(typed_ikm("Sari Rasa"), officer) == []


def test_name_that_many_bear_is_asked_about_only_nearby(officer):
    near = make_ikm(name="Penjahit", wilayah=VILLAGE)
    for _number in range(duplicates.SHOWN + 1):
        make_ikm(name="Penjahit", wilayah=OTHER_KECAMATAN)

    assert [twin.record for twin in duplicates.twins_of(typed_ikm("Penjahit"), officer)] == [near]


def test_sentra_of_the_same_village_and_commodity(officer):
    make_sentra(name="Sentra Sale Bentarsari", commodity="sale pisang")
    make_sentra(name="Sentra Anyaman", commodity="anyaman bambu")
    make_sentra(name="Sentra Pisang", commodity="sale pisang", wilayah=OTHER_KECAMATAN)
    typed = Sentra(name="Kelompok Tani Maju", commodity="Sale pisang", wilayah_id=VILLAGE, branch=make_branch())

    assert names(duplicates.twins_of(typed, officer)) == ["Sentra Sale Bentarsari"]


def test_product_of_the_same_maker_or_of_its_twin(officer):
    maker, twin, other = make_ikm(name="Sari Rasa"), make_ikm(name="UD Sari Rasa"), make_ikm(name="Batik Salem")
    for ikm in (maker, twin, other):
        make_product(name=f"Sale pisang {ikm.pk.hex[-2:]}", ikm=ikm)
    typed = Product(name="Sale Pisang", ikm=maker, scope=make_scope())

    found = duplicates.twins_of(typed, officer)

    assert [found_twin.record.ikm for found_twin in found] == [maker, twin]


def test_what_is_out_of_use_itself_and_what_was_answered_are_left_out(officer, verifier):
    ikm = make_ikm(name="Sari Rasa")
    answered, gone, left = make_ikm(name="Sari Rasa"), make_ikm(name="Sari Rasa"), make_ikm(name="Sari Rasa")
    take_out_of_use(gone, by=verifier)
    duplicates.answer(record=ikm, other=answered, answer=Answer.DIFFERENT, by=officer)

    assert [twin.record for twin in duplicates.twins_of(ikm, officer)] == [left]


@pytest.mark.parametrize("rows", [1, 3])
def test_twins_cost_the_same(officer, rows, django_assert_num_queries):
    for _row in range(rows):
        make_product(ikm=make_ikm(name="Sari Rasa"))
    typed = typed_ikm("Sari Rasa")
    duplicates.twins_of(typed, officer)

    with django_assert_num_queries(3):
        twins = duplicates.twins_of(typed, officer)

    assert len(twins) == rows


def test_pair_is_kept_once_whichever_way_it_is_answered(officer, verifier):
    one, other = make_ikm(), make_ikm()

    first = duplicates.answer(record=one, other=other, answer=Answer.SAME, by=officer)
    again = duplicates.answer(record=other, other=one, answer=Answer.DIFFERENT, by=verifier)

    assert first == again
    kept = Comparison.objects.get()
    assert (kept.answer, kept.answered_by, kept.created_by) == (Answer.DIFFERENT, verifier, officer)
    assert set(kept.records) == {one, other}
    assert [event.answer for event in kept.events.order_by("pgh_id")] == [Answer.SAME, Answer.DIFFERENT]


def test_database_keeps_pairs_in_order(officer):
    one, other = sorted((make_ikm(), make_ikm()), key=lambda ikm: ikm.pk.bytes)

    with pytest.raises(IntegrityError, match="comparison_one_pair"), transaction.atomic():
        Comparison.objects.create(ikm=other, other_ikm=one, answer=Answer.SAME, answered_by=officer)
    with pytest.raises(IntegrityError, match="comparison_one_pair"):
        Comparison.objects.create(ikm=one, other_sentra=make_sentra(), answer=Answer.SAME, answered_by=officer)


def test_who_may_compare(officer, stranger, leader):
    own, far = make_ikm(), make_ikm(wilayah=OTHER_KABUPATEN)

    for user, other in ((stranger, make_ikm()), (leader, make_ikm()), (officer, far)):
        with pytest.raises(PermissionDenied):
            duplicates.answer(record=own, other=other, answer=Answer.SAME, by=user)


def test_waiting_pairs_of_a_verifier(officer, verifier, stranger):
    pairs = {answer: (make_ikm(), make_ikm()) for answer in Answer}
    for said, (one, other) in pairs.items():
        duplicates.answer(record=one, other=other, answer=said, by=officer)
    gone = duplicates.answer(record=make_sentra(), other=make_sentra(), answer=Answer.SAME, by=officer)
    take_out_of_use(gone.records[0], by=verifier)

    waiting = Comparison.objects.waiting_for

    assert {row.answer for row in waiting(verifier)} == {Answer.SAME, Answer.UNKNOWN}
    assert not waiting(stranger).exists()
    assert not waiting(officer).exists()
    assert Comparison.objects.waiting("ikm").seen_by(officer, "ikm").count() == 2


def test_holder_of_a_nib_is_found_anywhere(verifier):
    holder = make_ikm(nib="1234567890123", wilayah="32.08")

    assert duplicates.nib_holder("1234567890123") == holder
    assert duplicates.nib_holder("1234567890123", apart_from=holder.pk) is None
    assert duplicates.nib_holder("") is None


def test_twins_are_found_through_the_index_of_likeness(officer):
    """In a kabupaten with 3,000 firms: the planner is free to choose, and looks at the names that are alike alone."""
    branch = make_branch()
    IKM.objects.bulk_create(
        IKM(name=f"{md5(str(number).encode()).hexdigest()[:9]} jaya", wilayah_id=VILLAGE, branch=branch)
        for number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sentra_ikm")

    plan = duplicates.likely_rows(typed_ikm("Sari Rasa"), officer).explain()

    assert "ikm_alike" in plan and "Seq Scan on sentra_ikm" not in plan
