"""Reference data of the catalogue in the admin. Records themselves are kept on the pages of the catalogue."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sentra.models import Branch, ProductScope, SizeRule


class ReferenceAdmin(admin.ModelAdmin):
    """A code never changes once given, and nothing is deleted: it is taken out of use."""

    list_display = ["name", "code", "order", "in_use"]
    list_filter = ["is_active"]
    search_fields = ["name", "code"]
    fields = ["code", "name", "description", "source", "order", "is_active"]

    @admin.display(description=_("dipakai"), ordering="is_active")
    def in_use(self, row: Branch | ProductScope) -> str:
        return _("Ya") if row.is_active else _("Tidak")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SizeRule)
class SizeRuleAdmin(admin.ModelAdmin):
    """Where a threshold changes, every firm is classified again in the same moment. Lines are deleted one by one."""

    actions = None
    list_display = ["size_class", "workers_from", "workers_to", "investment_from", "investment_to", "source"]


admin.site.register(Branch, ReferenceAdmin)
admin.site.register(ProductScope, ReferenceAdmin)
