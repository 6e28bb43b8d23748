"""The page of an instrument: itself, its criteria, bands and gates; from here to all that is done with it."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from assessment.admin import pages
from assessment.admin.forms import PlacedForm, PlacedFormSet
from assessment.admin.parts import PartAdmin, PerScope, page_link
from assessment.admin.rows import ListInline, PartInline, RowsAdmin
from assessment.admin.seen import SeenForm
from assessment.models import Criterion, Gate, Instrument, StarBand
from sentra.models import Certificate


class CriterionInline(PartInline):
    """A criterion is deleted on its own page, which says what goes along."""

    model = Criterion
    form, formset = PlacedForm, PlacedFormSet
    fields = ["order", "code", "name", "short_name", "points", "page"]
    read_fields = ["link", "points"]
    readonly_fields = ["page"]
    can_delete = False
    usual = 5

    @admin.display(description=_("kriteria"))
    def link(self, criterion: Criterion) -> str:
        return page_link(criterion)

    @admin.display(description=_("indikator"))
    def page(self, criterion: Criterion) -> str:
        return page_link(criterion, _("Buka")) if criterion.pk else ""


class StarBandInline(PartInline):
    model = StarBand
    classes = ["collapse"]
    fields = ["star", "lowest", "label"]
    read_fields = ["label", "lowest"]
    usual = 5


class GateInline(PerScope, ListInline):
    model = Gate
    classes = ["collapse"]
    form, formset = PlacedForm, PlacedFormSet
    fields = ["order", "link", "asked", "applies_to", "consequence"]
    read_fields = ["link", "asked", "applies_to", "consequence", "sentence", "how_to_repair", "source"]
    readonly_fields = ["link", "asked", "applies_to", "consequence"]
    add_page, add_from = "admin:assessment_gate_add", "instrument"
    add_text = _("Tambah syarat")

    @admin.display(description=_("nama"))
    def link(self, gate: Gate) -> str:
        return page_link(gate)

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


@admin.register(Instrument)
class InstrumentAdmin(RowsAdmin, PartAdmin):
    form = SeenForm
    list_display = ["name", "version", "state", "published_at"]
    list_filter = ["state"]
    below = [
        "criterion_set",
        "band_set",
        Prefetch("gate_set", Gate.objects.select_related("indicator", "bad_check", "capped_indicator")),
        "gate_set__scopes",
    ]
    search_fields = ["name", "version"]
    fields = ["name", "version", "basis", "validity_months"]
    read_fields = ["name", "version", "state", "published_at", "published_by", "retired_at", "validity_months", "basis"]

    def get_inlines(self, request: HttpRequest, obj: Instrument | None) -> list[type[admin.TabularInline]]:
        """Gates name indicators, so there is none before the instrument is saved."""
        return [CriterionInline, StarBandInline, GateInline] if obj else [CriterionInline, StarBandInline]

    def get_urls(self) -> list[URLPattern]:
        upload = path(
            "unggah/",
            self.admin_site.admin_view(pages.upload_page),
            {"model_admin": self},
            name="assessment_instrument_upload",
        )
        own = [
            ("salin", pages.copy_page, "copy"),
            ("terbitkan", pages.publish_page, "publish"),
            ("hentikan", pages.retire_page, "retire"),
            ("unduh", pages.download, "download"),
        ]
        return [
            path(
                f"<int:pk>/{word}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"assessment_instrument_{name}",
            )
            for word, view, name in own
        ] + [upload, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Instrument | None = None, **kwargs: Any
    ) -> HttpResponse:
        may_write = self.has_change_permission(request)
        context |= {
            "may_copy": obj and self.has_add_permission(request),
            "may_publish": obj and may_write and obj.is_draft,
            "may_retire": obj and may_write and obj.state == Instrument.State.PUBLISHED,
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def in_words(label: str, number: int | None, *named: Any) -> str:
    """The label of a condition or effect with its parameters: "Satu indikator di atas level 2 (1.1 Penetapan)"."""
    sentence = label if number is None else re.sub(r"\bn\b", str(number), label)
    names = ", ".join(str(name) for name in named if name)
    return f"{sentence} ({names})" if names else sentence
