import django_filters
from django.http import QueryDict

from accounts.models import User
from ovop_site.filter_chips import Chip, chips


class People(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Cari", method="all_rows")
    state = django_filters.ChoiceFilter(label="Keadaan", choices=[("a", "Aktif")], method="all_rows")
    kinds = django_filters.MultipleChoiceFilter(
        label="Jenis", choices=[("x", "Halal"), ("y", "SNI")], method="all_rows"
    )
    leads = django_filters.BooleanFilter(label="Penghela", method="all_rows")
    branch = django_filters.ChoiceFilter(label="Cabang", choices=lambda: [("p", "Pangan")], method="all_rows")
    since = django_filters.DateFilter(label="Sejak", method="all_rows")

    class Meta:
        model = User
        fields = []

    def all_rows(self, queryset, name, value):
        return queryset


def chips_of(query: str) -> list[Chip]:
    data = QueryDict(query)
    return chips(People(data, queryset=User.objects.none()), data)


def test_nothing_is_set_without_a_query():
    assert chips_of("") == []


def test_each_set_filter_is_a_chip_that_leads_to_the_list_without_it():
    assert chips_of("q=sale&state=a&leads=true&page=3") == [
        Chip("Keadaan: Aktif", "?q=sale&leads=true"),
        Chip("Penghela: ya", "?q=sale&state=a"),
    ]


def test_several_values_and_dates_are_written_in_words():
    assert [chip.text for chip in chips_of("kinds=x&kinds=y&since=2026-05-07")] == [
        "Jenis: Halal, SNI",
        "Sejak: 7 Mei 2026",
    ]


def test_an_invalid_value_is_no_chip():
    assert chips_of("state=zzz&since=besok") == []


def test_choices_fetched_when_they_are_needed_have_their_words_too():
    """Asked whether there are any choices, the field counted them and failed: they were still a function."""
    assert [chip.text for chip in chips_of("branch=p")] == ["Cabang: Pangan"]
