"""Rounds in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from assessment.models import Round
from wilayah.type_ahead import TypeAhead
from wilayah.whole_rows import WholeRowForm


@admin.register(Round)
class RoundAdmin(TypeAhead, admin.ModelAdmin):
    """A round that was used keeps its authority, area and instrument: assessments copied them."""

    form = WholeRowForm
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
