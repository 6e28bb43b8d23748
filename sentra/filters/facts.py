"""Filters over what a sentra or an IKM has or lacks: a position, last year's figures, products of a scope."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sentra.filters.records import RecordFilter
from sentra.filters.reference import ScopeFilter
from sentra.models import Product, YearlyFigures

HAS_POSITION = [("ada", _("Ada posisi")), ("tanpa", _("Tanpa posisi"))]


def has_position(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(latitude__isnull=value == "tanpa")


def last_year() -> int:
    """The year whose figures a dinas collects now."""
    return timezone.localdate().year - 1


def figures_choices() -> list[tuple[str, str]]:
    year = {"year": last_year()}
    return [("ada", gettext("Ada angka %(year)s") % year), ("belum", gettext("Belum ada angka %(year)s") % year)]


class FiguresFilter(RecordFilter):
    subject = ""

    angka = django_filters.ChoiceFilter(
        method="with_figures", label=_("Angka tahunan"), choices=[], empty_label=_("Semua")
    )

    def fit(self, fields: dict[str, forms.Field]) -> None:
        super().fit(fields)
        fields["angka"].choices = figures_choices()

    def with_figures(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        figures = YearlyFigures.objects.filter(**{self.subject: OuterRef("pk")}, year=last_year())
        return rows.filter(Exists(figures) if value == "ada" else ~Q(Exists(figures)))


class ScopeOfProductsFilter(RecordFilter):
    subject = ""

    lingkup = ScopeFilter(method="with_products_of", label=_("Lingkup produknya"))

    def with_products_of(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        products = Product.objects.visible_to(self.user).in_use().filter(**{self.subject: OuterRef("pk")}, scope=value)
        return rows.filter(Exists(products))
