"""Accounts and duties in the admin. A non-superuser keeps accounts, but can neither see nor make a superuser."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.core.exceptions import PermissionDenied
from django.db.models import Field, ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple, ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts import fresh, notices, second_factor
from accounts.forms import NewPasswordForm
from accounts.models import Duty, User
from accounts.permissions import may_set_sign_in
from wilayah import names
from wilayah.type_ahead import TypeAhead
from wilayah.whole_rows import WholeRowForm, WholeRowFormSet


class DutyInline(TypeAhead, admin.StackedInline):
    model = Duty
    formset = WholeRowFormSet
    fields = [("role", "wilayah"), ("valid_from", "valid_until")]
    autocomplete_fields = ["wilayah"]
    can_delete = False
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duty]:
        return super().get_queryset(request).select_related("wilayah")

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return obj != request.user and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody gives duties to oneself."""
        return obj != request.user and super().has_change_permission(request, obj)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Only a superuser gives staff rights; what others may do is said by duties."""

    add_form = UserCreationForm
    change_password_form = NewPasswordForm
    change_user_password_template = "accounts/admin_password.html"
    list_display = ["username", "name", "email", "in_use", "rights_in_words"]
    list_filter = ["is_active", "duty_set__role"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    actions = ["reset_second_factor"]
    inlines = [DutyInline]
    filter_horizontal = ()
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
    history = (_("Riwayat"), {"fields": ["last_login", "date_joined"]})
    fieldsets = [(None, {"fields": ["username", "password", "name", "email", "is_active"]}), history]
    guarded_fieldsets = [(None, {"fields": ["username", "name", "email", "is_active"]}), history]
    own_fieldsets = [(None, {"fields": ["username", "name", "email"]}), history]
    # SECURITY: a superuser is made by `createsuperuser` alone.
    rights = (_("Hak admin"), {"fields": ["is_staff", "groups"]})
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "name", "email", "password1", "password2"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description=_("aktif"), ordering="is_active")
    def in_use(self, user: User) -> str:
        return _("Ya") if user.is_active else _("Tidak")

    @admin.display(description=_("hak admin"), ordering="is_staff")
    def rights_in_words(self, user: User) -> str:
        if user.is_superuser:
            return _("Semua (superuser)")
        return _("Admin") if user.is_staff else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return keepable(super().get_queryset(request), request)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody sees what would lock themselves out."""
        if obj is None:
            return self.add_fieldsets
        if obj == request.user:
            return self.own_fieldsets
        if request.user.is_superuser:
            return [*self.fieldsets, self.rights]
        return self.fieldsets if may_set_sign_in(request.user, obj) else self.guarded_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        if obj is None or obj == request.user or may_set_sign_in(request.user, obj):
            return self.readonly_fields
        return [*self.readonly_fields, "email"]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """One's own password is changed on the page of everybody, which asks for the old one."""
        if id == str(request.user.pk):
            return redirect("account_change_password")
        account = self.get_object(request, unquote(id))
        if account and not may_set_sign_in(request.user, account):
            raise PermissionDenied(
                _(
                    "Kata sandi dan alamat surel admin dan verifikator hanya diubah oleh pengelola sistem. Pemilik akun"
                    " dapat memakai “Lupa kata sandi” atau meminta kode masuk."
                )
            )
        return super().user_change_password(request, id, form_url)

    @admin.action(description=_("Matikan masuk dua langkah (ponsel hilang)"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, accounts: QuerySet[User]) -> HttpResponse | None:
        """For whom one may set the sign-in, never for oneself: a phone found signed in must not get rid of the code."""
        if question := fresh.ask(request):
            return question
        allowed = [user for user in accounts if user != request.user and may_set_sign_in(request.user, user)]
        if len(allowed) < len(accounts):
            sentence = _(
                "Sebagian akun dilewati: akun Anda sendiri diatur di “Akun saya”, akun admin dan verifikator hanya oleh"
                " pengelola sistem."
            )
            self.message_user(request, sentence, messages.WARNING)
        reset = [user for user in allowed if second_factor.reset(user)]
        sentence = _("Masuk dua langkah dimatikan untuk %(count)d akun.") % {"count": len(reset)}
        self.message_user(request, sentence, messages.SUCCESS if reset else messages.INFO)
        return None

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            notices.tell_email_changed(obj, before=form.initial["email"])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what a person did stays under the name. Accounts are made inactive."""
        return False


class InForce(admin.SimpleListFilter):
    """Duties in force today, or the others."""

    title = _("berlaku hari ini")
    parameter_name = "berlaku"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("ya", _("Ya")), ("tidak", _("Tidak"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Duty]) -> QuerySet[Duty]:
        if self.value() == "ya":
            return queryset.active()
        return queryset.exclude(pk__in=Duty.objects.active()) if self.value() == "tidak" else queryset


@admin.register(Duty)
class DutyAdmin(TypeAhead, admin.ModelAdmin):
    """A duty stays with its person: what was done under it is explained by it."""

    form = WholeRowForm
    list_display = ["user", "role", "area", "valid_from", "valid_until"]
    ordering = ["user__username", "role", "wilayah"]
    list_filter = ["role", InForce]
    list_select_related = ["user", "wilayah"]
    search_fields = ["user__username", "user__name", "wilayah__name"]
    autocomplete_fields = ["user", "wilayah"]

    @admin.display(description=_("wilayah tugas"), ordering="wilayah")
    def area(self, duty: Duty) -> str:
        return str(duty.wilayah or names.COUNTRY)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duty]:
        return super().get_queryset(request).filter(user__in=keepable(User.objects.all(), request))

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> ModelChoiceField:
        if db_field.name == "user":
            kwargs["queryset"] = keepable(User.objects.exclude(pk=request.user.pk), request)
            kwargs["help_text"] = _("Tugas untuk diri Anda sendiri diberikan oleh admin lain.")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Duty | None = None) -> list[str]:
        return ["user"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Duty | None = None) -> bool:
        """Nobody gives duties to oneself, nor prolongs them."""
        return (obj is None or obj.user_id != request.user.pk) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it is ended by its last day, or cancelled before its first one in `/pengguna/`."""
        return False


def keepable(accounts: QuerySet[User], request: HttpRequest) -> QuerySet[User]:
    """Those of `accounts` that whoever asks may see and change."""
    # SECURITY: changing the password or the duties of a superuser would be to act as one.
    return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)
