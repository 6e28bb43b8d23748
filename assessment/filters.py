"""The filter of the list of assessments; like those of the catalogue it holds the whole filter in its address."""

from datetime import date
from functools import cache

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, Authority, Round
from assessment.models.assessment import AssessmentQuerySet
from sentra.filters import CatalogueFilter
from sentra.filters.records import local_midnight, people_named
from sentra.filters.reference import ScopeFilter
from sentra.panels import star_words


def result_choices() -> list[tuple[str, str]]:
    """The stars there are, the best first, and what else a decision can have given. One query."""
    return [*((str(star), words) for star, words in star_words()), ("0", _("Dinilai, belum berbintang"))]


def round_choices() -> list[tuple[str, str]]:
    """The rounds, the latest first. One query."""
    return [(str(pk), name) for pk, name in Round.objects.values_list("pk", "name")]


class AssessmentFilter(CatalogueFilter):
    WAITING = [("7", _("Lebih dari 7 hari")), ("30", _("Lebih dari 30 hari")), ("90", _("Lebih dari 90 hari"))]

    q = django_filters.CharFilter(method="search", label=_("Cari nama produk atau pembuatnya"), max_length=100)
    keadaan = django_filters.ChoiceFilter(
        field_name="state", label=_("Keadaan"), choices=Assessment.State.choices, empty_label=_("Semua keadaan")
    )
    sejak = django_filters.DateFilter(
        method="since",
        label=_("Pada keadaan ini sejak"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tanggal ini atau sesudahnya."),
    )
    lama = django_filters.ChoiceFilter(
        method="waiting", label=_("Lama pada keadaan ini"), choices=WAITING, empty_label=_("Semua")
    )
    petugas = django_filters.CharFilter(
        method="of_officer", label=_("Petugas"), max_length=100, help_text=_("Nama petugas, atau “saya”.")
    )
    penilai = django_filters.ChoiceFilter(
        field_name="authority", label=_("Tingkat penilai"), choices=Authority.choices, empty_label=_("Semua tingkat")
    )
    putaran = django_filters.ChoiceFilter(
        field_name="round", label=_("Putaran"), choices=[], empty_label=_("Semua putaran")
    )
    lingkup = ScopeFilter()
    hasil = django_filters.ChoiceFilter(method="awarded", label=_("Hasil"), choices=[], empty_label=_("Semua hasil"))

    def fit(self, fields: dict[str, forms.Field]) -> None:
        super().fit(fields)
        fields["hasil"].choices = cache(result_choices)
        fields["putaran"].choices = cache(round_choices)

    def since(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(state_since__gte=local_midnight(value))

    def waiting(self, rows: AssessmentQuerySet, name: str, value: str) -> AssessmentQuerySet:
        return rows.unmoved_for(int(value))

    def of_officer(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(officer__in=people_named(value, self.user))

    def awarded(self, rows: AssessmentQuerySet, name: str, value: str) -> AssessmentQuerySet:
        return rows.awarded(int(value))
