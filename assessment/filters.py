"""The filter of the list of assessments; like the three of the catalogue it holds the whole filter in its address."""

import django_filters
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment
from sentra.filters import CatalogueFilter


class AssessmentFilter(CatalogueFilter):
    q = django_filters.CharFilter(method="search", label=_("Cari nama produk atau pembuatnya"), max_length=100)
    keadaan = django_filters.ChoiceFilter(
        field_name="state", label=_("Keadaan"), choices=Assessment.State.choices, empty_label=_("Semua keadaan")
    )
