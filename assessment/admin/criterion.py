"""The page of a criterion: itself and its indicators."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.forms import PlacedForm, PlacedFormSet, PlacedPageForm
from assessment.admin.parts import IndicatorInWords, SubPartAdmin, page_link
from assessment.admin.rows import ListInline, RowsAdmin
from assessment.models import Criterion, Indicator


class IndicatorInline(IndicatorInWords, ListInline):
    model = Indicator
    form, formset = PlacedForm, PlacedFormSet
    fields = ["order", "link", "applies_to", "evidence", "cap_without_evidence", "source"]
    read_fields = ["link", "applies_to", "evidence", "cap_without_evidence", "source"]
    readonly_fields = ["link", "applies_to", "evidence", "cap_without_evidence", "source"]
    add_page, add_from = "admin:assessment_indicator_add", "criterion"
    add_text = _("Tambah indikator")

    @admin.display(description=_("indikator"))
    def link(self, indicator: Indicator) -> str:
        return page_link(indicator)


@admin.register(Criterion)
class CriterionAdmin(RowsAdmin, SubPartAdmin):
    """Added in the table of its instrument."""

    form = PlacedPageForm
    list_display = ["code", "name", "points", "instrument"]
    list_filter = ["instrument"]
    list_select_related = ["instrument"]
    below = ["indicator_set__scopes"]
    fields = ["code", "name", "short_name", "points", "order"]
    read_fields = ["instrument", "code", "name", "short_name", "points"]
    inlines = [IndicatorInline]

    def has_add_permission(self, request: HttpRequest, obj: Criterion | None = None) -> bool:
        return False
