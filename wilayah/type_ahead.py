"""The field of the admin in which a row is chosen by typing: Django's, with a prompt and an answer to nonsense."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _


class TypeAheadSelect(AutocompleteSelect):
    """While empty it says what is looked for."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prompt = _("Ketik untuk mencari %(name)s") % {"name": self.field.verbose_name}
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": prompt}

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list:
        """Django looks up whatever was sent, also what no key can be: that is drawn as no choice."""
        try:
            return super().optgroups(name, value, attrs)
        except ValueError:
            return super().optgroups(name, [], attrs)


class TypeAhead:
    """For admins and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = TypeAheadSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
