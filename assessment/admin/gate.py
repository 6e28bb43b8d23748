"""The page of a gate: what it asks for, and what happens while that is not the case."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField, Script
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.gate_form import GateForm
from assessment.admin.instrument import GateInline
from assessment.admin.parts import AddedFrom, PerScope, SubPartAdmin
from assessment.models import Check, Gate, Instrument


class CheckChoiceField(ModelChoiceField):
    """Lines of test sheets are told apart by their indicator: several are called "Rasa"."""

    def label_from_instance(self, check: Check) -> str:
        return f"{check.indicator.code}: {check.text}"


@admin.register(Gate)
class GateAdmin(PerScope, AddedFrom, SubPartAdmin):
    above_model, above_name = Instrument, "instrument"
    form = GateForm
    list_display = ["name", "code", "instrument"]
    list_filter = ["instrument"]
    list_select_related = ["instrument"]
    below = ["scopes"]
    search_fields = ["name", "code"]
    sections = (
        (None, {"fields": ["code", "name", "sentence", "how_to_repair", "applies_to"]}),
        (_("Yang diminta"), {"fields": ["condition", "kinds", "minimum", "indicator", "bad_check", "level"]}),
        (
            _("Akibatnya bila tidak terpenuhi"),
            {"fields": ["effect", "star", "capped_indicator", "capped_level", "authority"]},
        ),
        (_("Lainnya"), {"fields": ["source", "order"]}),
    )
    read_fields = [
        "instrument",
        "code",
        "name",
        "sentence",
        "how_to_repair",
        "applies_to",
        "asked",
        "consequence",
        "source",
    ]

    class Media:
        js = [Script("js/admin-gate.js", type="module")]

    asked, consequence = GateInline.asked, GateInline.consequence

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gate]:
        return super().get_queryset(request).select_related("instrument", "indicator", "bad_check", "capped_indicator")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "bad_check":
            kwargs["form_class"] = CheckChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
