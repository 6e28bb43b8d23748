from datetime import date
from decimal import Decimal

import pytest
from django import forms

from outbox.words import shown
from sentra.models import Branch, ProductScope
from tests.factories import make_branch, make_scope


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", "kosong"),
        (forms.CharField(), None, "kosong"),
        (forms.IntegerField(), 0, "0"),
        (forms.IntegerField(), 2024, "2024"),
        (forms.DecimalField(), Decimal("7.5"), "7,5"),
        (forms.DateField(), date(2026, 11, 24), "24 November 2026"),
        (forms.BooleanField(), True, "ya"),
        (forms.BooleanField(), False, "tidak"),
        (forms.ChoiceField(choices=[("a", "Aktif")]), "a", "Aktif"),
        (forms.ChoiceField(choices=[("Kelompok", [("a", "Aktif")])]), "a", "Aktif"),
        (forms.ChoiceField(choices=[("a", "Aktif")]), "x", "x"),
        (forms.MultipleChoiceField(choices=[("a", "Satu"), ("b", "Dua")]), ["a", "b"], "Satu, Dua"),
    ],
)
def test_shown_is_what_a_person_reads(field, value, words):
    assert shown(field, value) == words


def test_shown_names_several_rows(db):
    make_branch("pangan")
    make_branch("sandang")

    assert shown(forms.ModelMultipleChoiceField(Branch.objects.all()), ["pangan", "sandang"]) == "Pangan, Sandang"


def test_shown_names_a_row_that_can_no_longer_be_chosen(db):
    scope = make_scope(is_active=False)

    assert shown(forms.ModelChoiceField(ProductScope.objects.active()), scope.pk) == "Makanan"
