"""The page of an indicator: itself, its levels and its test sheet."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.forms import CheckFormSet, IndicatorForm, ScopesForm
from assessment.admin.parts import AddedFrom, IndicatorInWords, PerScope, SubPartAdmin
from assessment.admin.rows import PartInline, RowsAdmin
from assessment.models import Check, Criterion, Indicator, Level


class LevelForm(ModelForm):
    class Meta:
        widgets = {"wording": Textarea(attrs={"rows": 2})}


class LevelInline(PartInline):
    model = Level
    form = LevelForm
    fields = read_fields = ["number", "word", "wording", "points"]
    usual = 5


class CheckInline(PerScope, PartInline):
    model = Check
    classes = ["collapse"]
    form = ScopesForm
    formset = CheckFormSet
    fields = ["code", "text", "applies_to", "kind", "bad_value", "eliminating", "order"]
    read_fields = ["text", "applies_to", "kind", "bad_answer", "consequence"]
    as_cards = True

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


@admin.register(Indicator)
class IndicatorAdmin(IndicatorInWords, RowsAdmin, AddedFrom, SubPartAdmin):
    """May be moved to another criterion of the same draft."""

    above_model, above_name = Criterion, "criterion"
    form = IndicatorForm
    list_display = ["code", "name", "criterion", "evidence"]
    list_filter = ["criterion__instrument", "evidence_required"]
    list_select_related = ["criterion__instrument"]
    below = ["scopes", "level_set", "check_set__scopes"]
    search_fields = ["code", "name"]
    sections = (
        (None, {"fields": ["criterion", "code", "name", "short_name", "question"]}),
        (_("Bukti"), {"fields": ["evidence_hint", "evidence_required", "cap_without_evidence"]}),
        (_("Lingkup, sumber dan urutan"), {"fields": ["applies_to", "source", "order"], "classes": ["collapse"]}),
    )
    read_fields = [
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        return super().get_queryset(request).select_related("criterion__instrument")

    def get_formset_kwargs(self, request: HttpRequest, obj: Indicator, inline: Any, prefix: str) -> dict[str, Any]:
        """A new indicator has its levels numbered already."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, LevelInline) and obj.pk is None:
            kwargs["initial"] = [{"number": number} for number in range(1, inline.usual + 1)]
        return kwargs
