"""Areas in the admin: to look up, and to say what replaced an area. The list itself comes from `load_wilayah`."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wilayah.models import Edition, Succession, Wilayah
from wilayah.search import matching
from wilayah.type_ahead import TypeAhead
from wilayah.whole_rows import WholeRowFormSet


class SuccessionInline(TypeAhead, admin.StackedInline):
    model = Succession
    fk_name = "old"
    formset = WholeRowFormSet
    autocomplete_fields = ["new"]
    extra = 0
    verbose_name = _("wilayah pengganti")
    verbose_name_plural = _("wilayah pengganti")


@admin.register(Wilayah)
class WilayahAdmin(admin.ModelAdmin):
    """Names and codes are read only: the next load would undo whatever was typed here."""

    list_display = ["full_name", "code", "level", "valid_until"]
    list_display_links = ["full_name"]
    list_filter = ["level", ("valid_until", admin.EmptyFieldListFilter)]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["search_text"]
    search_help_text = _("Nama atau kode, boleh dengan nama wilayah induknya: “salem brebes”, “33.29”.")
    fields = readonly_fields = ["code", "full_name", "level", "valid_until"]
    inlines = [SuccessionInline]

    @admin.display(description=_("nama"), ordering="search_name")
    def full_name(self, area: Wilayah) -> str:
        return area.full_name

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Wilayah], search_term: str
    ) -> tuple[QuerySet[Wilayah], bool]:
        """As everywhere, closed areas included; also behind the autocompletion of other admins."""
        return matching(queryset, search_term) if search_term.strip() else queryset, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Which lists were loaded, and when."""

    list_display = ["name", "area_count", "loaded_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
