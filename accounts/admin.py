"""Accounts and duties in the admin. A non-superuser keeps accounts, but can neither see nor make a superuser."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User


class DutyInline(admin.TabularInline):
    model = Duty
    fields = ["role", "wilayah", "valid_from", "valid_until"]
    autocomplete_fields = ["wilayah"]
    extra = 0


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Only a superuser gives staff rights; what others may do is said by duties."""

    add_form = AdminUserCreationForm
    list_display = ["username", "name", "email", "is_active", "is_staff"]
    list_filter = ["is_active", "duty_set__role"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    inlines = [DutyInline]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "is_active"]}),
        (_("Riwayat"), {"fields": ["last_login", "date_joined"]}),
    ]
    rights = (_("Hak admin"), {"fields": ["is_staff", "is_superuser", "groups"]})
    add_fieldsets = [
        (
            None,
            {"classes": ["wide"], "fields": ["username", "name", "email", "usable_password", "password1", "password2"]},
        )
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        # SECURITY: changing the password of a superuser would make one.
        accounts = super().get_queryset(request)
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.rights] if obj and request.user.is_superuser else fieldsets

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what a person did stays under the name. Accounts are made inactive."""
        return False


@admin.register(Duty)
class DutyAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "wilayah", "valid_from", "valid_until"]
    list_filter = ["role"]
    list_select_related = ["user", "wilayah"]
    search_fields = ["user__username", "user__name", "wilayah__name"]
    autocomplete_fields = ["user", "wilayah"]
    date_hierarchy = "valid_from"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a duty is ended by its last day, so that what was done under it stays explained."""
        return False
