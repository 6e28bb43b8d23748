"""Rounds and, to be read only, instruments in the admin. Assessments, steps and decisions are not there at all."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, Round, StarBand
from sentra.models import Certificate
from wilayah.type_ahead import TypeAhead
from wilayah.whole_rows import WholeRowForm


class ReadOnly:
    """For admins and inlines of what is only looked at: no add, no change, no delete, for a superuser too."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PerScope:
    """For the parts of an instrument that may be limited to product scopes: `applies_to` names them."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("scopes")

    @admin.display(description=_("berlaku untuk"))
    def applies_to(self, part: Gate | Indicator | Check) -> str:
        return ", ".join(scope.name for scope in part.scopes.all()) or _("Semua lingkup")


class IndicatorInWords(PerScope):
    """`evidence` says whether an indicator asks for evidence."""

    @admin.display(description=_("bukti wajib"), ordering="evidence_required")
    def evidence(self, indicator: Indicator) -> str:
        return _("Ya") if indicator.evidence_required else _("Tidak")


class PartInline(ReadOnly, admin.TabularInline):
    template = "assessment/admin_parts.html"


class CriterionInline(PartInline):
    model = Criterion
    fields = ["link", "points"]

    @admin.display(description=_("kriteria"))
    def link(self, criterion: Criterion) -> str:
        return page_link(criterion)


class StarBandInline(PartInline):
    model = StarBand
    fields = ["label", "lowest"]


class GateInline(PerScope, PartInline):
    model = Gate
    fields = ["asked", "applies_to", "consequence", "sentence", "how_to_repair", "source"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gate]:
        return super().get_queryset(request).select_related("indicator", "bad_check", "capped_indicator")

    @admin.display(description=_("syarat"))
    def asked(self, gate: Gate) -> str:
        kinds = [str(Certificate.Kind(kind).label) for kind in gate.kinds]
        return in_words(
            gate.get_condition_display(), gate.minimum or gate.level, *kinds, gate.indicator, gate.bad_check
        )

    @admin.display(description=_("akibat"))
    def consequence(self, gate: Gate) -> str:
        authority = gate.get_authority_display() if gate.authority else None
        return in_words(gate.get_effect_display(), gate.star or gate.capped_level, gate.capped_indicator, authority)


class IndicatorInline(IndicatorInWords, PartInline):
    model = Indicator
    fields = ["link", "applies_to", "evidence", "cap_without_evidence", "source"]

    @admin.display(description=_("indikator"))
    def link(self, indicator: Indicator) -> str:
        return page_link(indicator)


class LevelInline(PartInline):
    model = Level
    fields = ["number", "word", "wording", "points"]


class CheckInline(PerScope, PartInline):
    model = Check
    fields = ["text", "applies_to", "kind", "bad_answer", "consequence"]

    @admin.display(description=_("jawaban buruk"))
    def bad_answer(self, check: Check) -> str:
        if check.bad_value is None:
            return ""
        if check.kind == Check.Kind.YES_NO:
            return _("Ya") if check.bad_value == Check.YES else _("Tidak")
        return _("%(value)s atau kurang") % {"value": check.bad_value}

    @admin.display(description=_("akibat"))
    def consequence(self, check: Check) -> str:
        return _("Menggugurkan") if check.eliminating else ""


@admin.register(Instrument)
class InstrumentAdmin(ReadOnly, admin.ModelAdmin):
    """From here to criteria, indicators and their levels; gates and star bands are on the page itself."""

    list_display = ["name", "version", "state", "published_at"]
    list_filter = ["state"]
    search_fields = ["name", "version"]
    fields = ["name", "version", "state", "published_at", "published_by", "retired_at", "validity_months", "basis"]
    inlines = [CriterionInline, StarBandInline, GateInline]


class PartAdmin(ReadOnly, admin.ModelAdmin):
    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """None, so that the index does not list it: it is reached from its instrument."""
        return {}


@admin.register(Criterion)
class CriterionAdmin(PartAdmin):
    list_display = ["code", "name", "points", "instrument"]
    list_filter = ["instrument"]
    list_select_related = ["instrument"]
    fields = ["instrument", "code", "name", "short_name", "points"]
    inlines = [IndicatorInline]


@admin.register(Indicator)
class IndicatorAdmin(IndicatorInWords, PartAdmin):
    list_display = ["code", "name", "criterion", "evidence"]
    list_filter = ["criterion__instrument", "evidence_required"]
    list_select_related = ["criterion"]
    search_fields = ["code", "name"]
    fields = [
        "criterion",
        "code",
        "name",
        "short_name",
        "question",
        "applies_to",
        "evidence_hint",
        "evidence",
        "cap_without_evidence",
        "source",
    ]
    inlines = [LevelInline, CheckInline]


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


def page_link(part: Model) -> str:
    """A link to the page of `part` in the admin, named as the part is."""
    return format_html(
        '<a href="{}">{}</a>', reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk]), part
    )


def in_words(label: str, number: int | None, *named: Any) -> str:
    """The label of a condition or effect with its parameters: "Satu indikator di atas level 2 (1.1 Penetapan)"."""
    sentence = label if number is None else re.sub(r"\bn\b", str(number), label)
    names = ", ".join(str(name) for name in named if name)
    return f"{sentence} ({names})" if names else sentence
