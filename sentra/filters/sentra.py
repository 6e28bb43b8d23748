"""The filter of the list of sentra."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sentra.filters.facts import HAS_POSITION, FiguresFilter, ScopeOfProductsFilter, has_position
from sentra.filters.records import PaperFilter
from sentra.filters.reference import BranchFilter
from sentra.models import Sentra
from sentra.models.sentra import SentraQuerySet


class SentraFilter(FiguresFilter, ScopeOfProductsFilter, PaperFilter):
    subject = "sentra"

    q = django_filters.CharFilter(method="search", label=_("Cari nama sentra, komoditas atau cerita"), max_length=100)
    keadaan = django_filters.ChoiceFilter(
        field_name="state", label=_("Keadaan"), choices=Sentra.State.choices, empty_label=_("Semua keadaan")
    )
    cabang = BranchFilter()
    diakui = django_filters.ChoiceFilter(
        method="recognised",
        label=_("Pengakuan"),
        choices=[("ya", _("Diakui")), ("tidak", _("Belum diakui"))],
        empty_label=_("Semua"),
    )
    posisi = django_filters.ChoiceFilter(
        method="positioned", label=_("Posisi"), choices=HAS_POSITION, empty_label=_("Semua")
    )

    def recognised(self, rows: SentraQuerySet, name: str, value: str) -> SentraQuerySet:
        return rows.recognised() if value == "ya" else rows.not_recognised()

    def positioned(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return has_position(rows, value)
