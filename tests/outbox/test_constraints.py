import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from outbox.constraints import sentence_of
from sentra.models import Branch
from tests.factories import make_branch, make_ikm


def error_of(action):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        action()
    return caught.value


def test_sentence_of_a_named_constraint_is_the_one_in_the_model(areas):
    make_ikm(nib="1234567890123")

    error = error_of(lambda: make_ikm(nib="1234567890123"))

    assert sentence_of(error) == "NIB ini sudah tercatat pada IKM lain. Cari dahulu IKM itu, atau periksa angkanya."


def test_sentence_of_a_constraint_without_words_is_a_general_one(db):
    make_branch("pangan")

    error = error_of(lambda: Branch.objects.create(code="pangan", name="Lain"))

    assert sentence_of(error).startswith("Data ini baru saja dicatat atau diubah orang lain.")


def test_sentence_of_an_error_of_another_origin_is_a_general_one():
    assert sentence_of(IntegrityError("tanpa sebab")).startswith("Data ini baru saja dicatat")


def test_every_constraint_of_ours_has_a_sentence():
    rooms = {"wilayah", "accounts", "outbox", "files", "sentra", "assessment"}

    silent = [
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in rooms
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
    ]

    assert silent == []
