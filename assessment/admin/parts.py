"""What the pages of an instrument and its parts share: a draft is written, what was published is only read."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import DecimalField, Model, Prefetch, prefetch_related_objects
from django.db.models import Field as ModelField
from django.forms import Field, ModelForm, TextInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.admin.deleting import gone_along
from assessment.models import Check, Gate, Indicator, Instrument

FROZEN = gettext_lazy(
    "Instrumen ini sudah terbit, jadi isinya tidak berubah lagi. Perubahan Anda tidak disimpan; salin ke rancangan baru"
    " untuk mengubahnya."
)


# Points as people write them, with a comma.
AS_WRITTEN = {DecimalField: {"localize": True, "widget": TextInput(attrs={"inputmode": "decimal"})}}


def instrument_of(part: Model) -> Instrument:
    if isinstance(part, Instrument):
        return part
    return part.criterion.instrument if isinstance(part, Indicator) else part.instrument


def parent_of(part: Model) -> Model | None:
    """The part on whose page this one stands; None for an instrument."""
    if isinstance(part, Instrument):
        return None
    return part.criterion if isinstance(part, Indicator) else part.instrument


def page_of(part: Model) -> str:
    return reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk])


def page_link(part: Model, text: str = "") -> str:
    """A link to the page of `part` in the admin, named as the part is; with `text`, that is what one sees of it."""
    if not text:
        return format_html('<a href="{}">{}</a>', page_of(part), part)
    return format_html('<a href="{}">{} <span class="visually-hidden">{}</span></a>', page_of(part), text, part)


class DraftOnly:
    """For admins and inlines: what is not a draft is neither changed nor deleted, and gets no new part.

    Of an inline, `obj` is the part it stands below.
    """

    def has_add_permission(self, request: HttpRequest, *above: Any) -> bool:
        """Django asks an admin without, an inline with the part above."""
        return super().has_add_permission(request, *above) and all(map(is_open, above))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and is_open(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and is_open(obj)


def is_open(part: Model | None) -> bool:
    """Whether `part` may be written; a part that is not there yet may."""
    return part is None or part.pk is None or instrument_of(part).is_draft


class PerScope:
    """For the parts of an instrument that may be limited to product scopes.

    `applies_to` names them where they are read; where they are chosen, the form has a field of that name.
    """

    @admin.display(description=gettext_lazy("berlaku untuk"))
    def applies_to(self, part: Gate | Indicator | Check) -> str:
        return ", ".join(scope.name for scope in part.scopes.all()) or _("Semua lingkup")


class IndicatorInWords(PerScope):
    """`evidence` says whether an indicator asks for evidence."""

    @admin.display(description=gettext_lazy("bukti wajib"), ordering="evidence_required")
    def evidence(self, indicator: Indicator) -> str:
        return _("Ya") if indicator.evidence_required else _("Tidak")


class PartAdmin(DraftOnly, admin.ModelAdmin):
    """The page of an instrument or of a part that has one. What is saved or deleted leads to the page above it.

    `below` are the relations the page shows: they are read once, with the part, for its form, its tables and the check
    whether somebody else changed it. Where the part is written, its form may have `sections`.
    """

    below: Sequence[str | Prefetch] = ()
    sections: Sequence[tuple[Any, dict[str, Any]]] = ()
    actions = None
    formfield_overrides = AS_WRITTEN
    delete_confirmation_template = "assessment/admin/delete.html"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        part = super().get_object(request, object_id, from_field)
        if part:
            prefetch_related_objects([part], *self.below)
        return part

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields if self.has_change_permission(request, obj) else self.read_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Sequence[tuple[Any, dict[str, Any]]]:
        if self.sections and self.has_change_permission(request, obj):
            return self.sections
        return super().get_fieldsets(request, obj)

    def formfield_for_dbfield(self, db_field: ModelField, request: HttpRequest, **kwargs: Any) -> Field | None:
        """Without the signs beside a choice that open a part in a window of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A form that was open while its instrument was published gets a sentence."""
        part = super().get_object(request, unquote(object_id)) if object_id and request.method == "POST" else None
        if part and not is_open(part):
            messages.error(request, FROZEN)
            return HttpResponseRedirect(page_of(part))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        context |= {
            "trail": trail(self.above(request, obj)),
            "instrument": instrument_of(obj) if obj else None,
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def above(self, request: HttpRequest, obj: Model | None) -> Model | None:
        """The part above the page, also of one that is not saved yet."""
        return parent_of(obj) if obj else None

    def response_post_save_add(self, request: HttpRequest, obj: Model) -> HttpResponse:
        return HttpResponseRedirect(page_of(parent_of(obj) or obj))

    def response_post_save_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        return HttpResponseRedirect(page_of(parent_of(obj) or obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[str], dict[str, int], set, list]:
        """What goes along is said in words; nothing of a draft is protected, and who may delete it may all of it."""
        lines, counts = gone_along(objs[0])
        return lines, counts, set(), []

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        part = super().get_object(request, unquote(object_id))
        if part and not is_open(part):
            messages.error(request, FROZEN)
            return HttpResponseRedirect(page_of(part))
        above = parent_of(part) if part else None
        response = super().delete_view(request, object_id, {"trail": trail(part)} | (extra_context or {}))
        is_gone = part and isinstance(response, HttpResponseRedirect)
        return HttpResponseRedirect(page_of(above)) if is_gone and above else response


class SubPartAdmin(PartAdmin):
    """A part that is reached from its instrument."""

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """None, so that the index does not list it."""
        return {}


class AddedFrom:
    """For parts added from the page of another: the address names that one by its key, the form gets it as `above`."""

    above_model: type[Model]
    above_name: str

    def get_form(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.above = self.above(request, obj)
        return form

    def above(self, request: HttpRequest, obj: Model | None) -> Model | None:
        if obj:
            return parent_of(obj)
        key = request.GET.get(self.above_name, "")
        return self.above_model.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        above = self.above(request, None)
        if above is None:
            messages.warning(request, _("Pilih dulu instrumennya, lalu tambahkan bagian ini dari halamannya."))
            return HttpResponseRedirect(reverse("admin:assessment_instrument_changelist"))
        if not is_open(above):
            messages.error(request, FROZEN)
            return HttpResponseRedirect(page_of(above))
        return super().add_view(request, form_url, extra_context)


def trail(part: Model | None) -> list[tuple[str, str]]:
    """(address, name) of the pages from the instrument down to `part`, for the breadcrumbs."""
    found = []
    while part is not None:
        found.insert(0, (page_of(part), str(part)))
        part = parent_of(part)
    return found
