"""The filter of the list of products."""

from functools import cache

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sentra.filters.records import PaperFilter
from sentra.filters.reference import ScopeFilter
from sentra.models.product import ProductQuerySet
from sentra.panels import star_words


def result_choices() -> list[tuple[str, str]]:
    """The bands there are, the best first, between the states a result can be in. One query."""
    return [
        ("berlaku", _("Punya hasil yang berlaku")),
        *((str(star), words) for star, words in star_words()),
        ("0", _("Dinilai, belum berbintang")),
        ("lewat", _("Hasilnya sudah lewat")),
        ("belum", _("Belum ada nilai")),
    ]


class ProductFilter(PaperFilter):
    subject = "product"

    q = django_filters.CharFilter(method="search", label=_("Cari nama produk atau ceritanya"), max_length=100)
    lingkup = ScopeFilter()
    hasil = django_filters.ChoiceFilter(
        method="judged", label=_("Hasil penilaian"), choices=[], empty_label=_("Semua hasil")
    )

    def fit(self, fields: dict[str, forms.Field]) -> None:
        super().fit(fields)
        fields["hasil"].choices = cache(result_choices)

    def judged(self, rows: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        today = timezone.localdate()
        if value == "belum":
            return rows.filter(star=None)
        if value == "lewat":
            return rows.filter(star_until__lt=today)
        holding = rows.with_result_on(today)
        return holding if value == "berlaku" else holding.filter(star=int(value))
