"""A field of a filter that was drawn before looks as it would if it were drawn anew."""

import django_filters
import pytest

from accounts.models import User
from ovop_site import filter_fields
from sentra.filters.base import WilayahFilter
from wilayah.models import Wilayah

BENTAR = "33.29.01.2002"


class People(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(label="Tugas", choices=[("officer", "Petugas"), ("leader", "Pimpinan")])
    wilayah = WilayahFilter(label="Wilayah")
    year = django_filters.NumberFilter(label="Tahun", field_name="id")

    class Meta:
        model = User
        fields = []


@pytest.fixture(autouse=True)
def nothing_kept():
    filter_fields.fields.forget()


def drawn(query: dict, name: str = "role", choices: list | None = None) -> str:
    people = People(query, queryset=User.objects.none())
    if choices:
        people.form.fields[name].choices = choices
    return filter_fields.drawn(people, people.form[name])


@pytest.mark.parametrize("query", [{}, {"role": ""}, {"role": "leader"}, {"role": "x"}])
def test_a_field_drawn_before_is_the_same(query):
    first, second = drawn(query), drawn(query)

    assert second == first
    assert first.count("<option") == 3


def test_what_is_chosen_and_what_is_wrong_is_shown():
    drawn({})

    assert '<option value="leader" selected>' in drawn({"role": "leader"})
    assert 'aria-invalid="true"' in drawn({"role": "x"})
    assert "selected>Petugas" not in drawn({})


def test_a_choice_that_was_renamed_is_shown_under_its_new_name():
    drawn({})

    assert "Kepala &amp; wakil" in drawn({}, choices=[("leader", "Kepala & wakil")])


def test_what_is_typed_is_shown_as_it_is():
    assert 'value="2024"' in drawn({"year": "2024"}, name="year")
    assert 'value="2024"' not in drawn({"year": "2023"}, name="year")


def test_an_area_is_shown_by_its_present_name(areas):
    drawn({}, name="wilayah")
    drawn({"wilayah": BENTAR}, name="wilayah")
    Wilayah.objects.filter(pk=BENTAR).update(name="Bentar Wetan")

    assert "Bentar Wetan" in drawn({"wilayah": BENTAR}, name="wilayah")
    assert "Bentar" not in drawn({}, name="wilayah")
    assert 'value="salem"' in drawn({"wilayah_teks": "salem"}, name="wilayah")
