"""Tables of parts below a page of the admin: written where the instrument is a draft, else read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import CheckConstraint, Model, QuerySet, UniqueConstraint
from django.forms import BaseFormSet, BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from assessment.admin.parts import AS_WRITTEN, DraftOnly
from wilayah.whole_rows import WholeRowFormSet


class SwappingFormSet(WholeRowFormSet):
    """Rows that may swap what tells them apart: they are compared with each other, not with what stands there yet.

    They are those read with the part above.
    """

    def get_queryset(self) -> QuerySet:
        if self.instance.pk is None:
            return super().get_queryset()
        return getattr(self.instance, self.fk.remote_field.get_accessor_name()).all()

    def clean(self) -> None:
        BaseInlineFormSet.clean(self)
        for form in self._kept():
            _check_alone(form)


def _check_alone(form: ModelForm) -> None:
    """Add the sentence of every constraint that the row breaks by itself, also by columns the form does not show."""
    for constraint in form.instance._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(form.instance), form.instance)
            except ValidationError as error:
                form.add_error(None, error.messages)


@contextmanager
def swapping(model: type[Model]) -> Iterator[None]:
    """Inside, two rows of `model` may be alike for a while; at the end the database compares them."""
    names = [
        connection.ops.quote_name(constraint.name)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.deferrable
    ]
    if not names:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {', '.join(names)} DEFERRED")
        yield
        cursor.execute(f"SET CONSTRAINTS {', '.join(names)} IMMEDIATE")


class PartInline(DraftOnly, admin.TabularInline):
    """`fields` where they are written, `read_fields` where they are read.

    `add_page` names the page on which a row is added, where it has a page of its own, `add_from` the parameter in its
    address that says from where. Rows `as_cards` have too many columns for a table.
    """

    template = "assessment/admin/rows.html"
    formset = SwappingFormSet
    formfield_overrides = AS_WRITTEN
    # One empty row, so that rows can be added without a script, too; a new part gets `usual` ones.
    extra = 1
    usual = 1
    read_fields: list[str]
    add_page = ""
    add_from = ""
    add_text = ""
    as_cards = False

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return self.extra if obj else self.usual

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields if self.has_change_permission(request, obj) else self.read_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.readonly_fields if self.has_change_permission(request, obj) else self.read_fields


class ListInline(PartInline):
    """Rows with pages of their own: here they are put in order."""

    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RowsAdmin:
    """For pages with such tables."""

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool) -> None:
        with swapping(formset.model):
            super().save_formset(request, form, formset, change)
