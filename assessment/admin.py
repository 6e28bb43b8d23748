"""Rounds and, to be read only, instruments in the admin. Assessments, steps and decisions are not there at all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, Round, StarBand


class ReadOnly:
    """For admins and inlines of what is only looked at: no add, no change, no delete, for a superuser too."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CriterionInline(ReadOnly, admin.TabularInline):
    model = Criterion
    fields = ["code", "name", "points"]
    show_change_link = True


class StarBandInline(ReadOnly, admin.TabularInline):
    model = StarBand
    fields = ["star", "lowest", "label"]


class GateInline(ReadOnly, admin.TabularInline):
    model = Gate
    fields = ["name", "sentence", "condition", "effect", "source"]


class IndicatorInline(ReadOnly, admin.TabularInline):
    model = Indicator
    fields = ["code", "name", "evidence_required", "cap_without_evidence", "source"]
    show_change_link = True


class LevelInline(ReadOnly, admin.TabularInline):
    model = Level
    fields = ["number", "points", "word", "wording"]


class CheckInline(ReadOnly, admin.TabularInline):
    model = Check
    fields = ["code", "text", "kind", "eliminating", "bad_value"]


@admin.register(Instrument)
class InstrumentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "version", "state", "published_at"]
    list_filter = ["state"]
    search_fields = ["name", "version"]
    inlines = [CriterionInline, StarBandInline, GateInline]


@admin.register(Criterion)
class CriterionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "name", "points", "instrument"]
    list_filter = ["instrument"]
    list_select_related = ["instrument"]
    inlines = [IndicatorInline]


@admin.register(Indicator)
class IndicatorAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "name", "criterion", "evidence_required"]
    list_filter = ["criterion__instrument", "evidence_required"]
    list_select_related = ["criterion"]
    search_fields = ["code", "name"]
    inlines = [LevelInline, CheckInline]


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin):
    """A round that was used keeps its authority, area and instrument: assessments copied them."""

    list_display = ["name", "authority", "wilayah", "instrument", "opens", "closes"]
    list_filter = ["authority"]
    list_select_related = ["wilayah", "instrument"]
    search_fields = ["name"]
    autocomplete_fields = ["wilayah"]

    def get_readonly_fields(self, request: HttpRequest, obj: Round | None = None) -> list[str]:
        return ["authority", "wilayah", "instrument"] if obj and obj.assessment_set.exists() else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a round ends by its last day."""
        return False
