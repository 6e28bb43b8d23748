"""What the filters of all lists share. Invalid input shows its error and no rows; the address holds everything."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Expression, Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import CATALOGUE_READERS, duty_areas
from outbox.forms import TypedForm
from sentra.filters.reference import offer
from sentra.listing.paging import PAGE_PARAMETERS, capped_count_of
from wilayah.forms import WilayahField, WilayahSearchStep
from wilayah.models import Wilayah


@dataclass(frozen=True)
class WayOut:
    """A filter without which an empty list would have rows: its words, how many rows, and the address without it."""

    label: str
    count: int
    href: str


@dataclass(frozen=True)
class Replacement:
    """An area that followed a closed one, and the address of the list for it."""

    label: str
    href: str


class FilterForm(WilayahSearchStep, TypedForm):
    """The form behind a filter; "Cari wilayah" works in it without JavaScript."""


class HiddenRecordField(forms.ModelChoiceField):
    """A row named by a link and not chosen from a list: drawn as a hidden input, offering nothing."""

    widget = forms.HiddenInput
    default_error_messages = {"invalid_choice": _("Saringan ini menunjuk data yang tidak ada di wilayah tugas Anda.")}

    def to_python(self, value: Any) -> Model | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class WilayahFilter(django_filters.Filter):
    """An area and everything inside it."""

    field_class = WilayahField

    def filter(self, rows: QuerySet, value: Wilayah | None) -> QuerySet:
        return rows.in_wilayah(value) if value else rows


class HiddenRecordFilter(django_filters.Filter):
    field_class = HiddenRecordField


_form_classes: dict[type[django_filters.FilterSet], type[forms.Form]] = {}


class CatalogueFilter(django_filters.FilterSet):
    """What all lists share: words to search for and the area. `queryset` is already `visible_to(user)`."""

    q = django_filters.CharFilter(method="search", label=_("Cari nama"), max_length=100)
    wilayah = WilayahFilter(label=_("Wilayah"), help_text=_("Nama desa, kecamatan atau kabupaten/kota."))

    class Meta:
        form = FilterForm

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def get_form_class(self) -> type[forms.Form]:
        """Made once per process: to make the fields of fifteen filters takes as long as a query."""
        if type(self) not in _form_classes:
            _form_classes[type(self)] = super().get_form_class()
        return _form_classes[type(self)]

    @property
    def form(self) -> forms.Form:
        if not hasattr(self, "_form"):
            self.fit(super().form.fields)
        return self._form

    def fit(self, fields: dict[str, forms.Field]) -> None:
        """Tell the fields of this one form what depends on the user, the day and the tables."""
        fields["wilayah"].look(preferred=duty_areas(self.user, *CATALOGUE_READERS))
        offer(fields)

    @property
    def is_narrowed(self) -> bool:
        """Whether more than an area is asked for."""
        return not self.values.keys() <= {"wilayah"}

    @property
    def is_searching(self) -> bool:
        return "q" in self.values

    @property
    def relevance(self) -> tuple[Expression, ...]:
        """What the rows of a search are best sorted by; empty where nothing is searched, or all fit alike."""
        return ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.named(value)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.narrowed(queryset, self.values)

    def narrowed(self, rows: QuerySet, values: dict[str, Any]) -> QuerySet:
        """`rows` with the filters set to `values`, the search last: it stops early, among those that fit otherwise.

        A filter that reads several fields at once does it here.
        """
        for name, value in sorted(values.items(), key=lambda one: one[0] == "q"):
            rows = self.filters[name].filter(rows, value)
        return rows

    @property
    def rows(self) -> QuerySet:
        """The rows that match; none while something in the filter is wrong."""
        return self.qs if self.form.is_valid() else self.queryset.none()

    @cached_property
    def values(self) -> dict[str, Any]:
        """The valid values that are set, by the name of their field."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}

    @property
    def area(self) -> Wilayah | None:
        return self.values.get("wilayah")

    @property
    def hidden_errors(self) -> list[str]:
        """Sentences about fields that are not shown."""
        return [error for field in self.form.hidden_fields() for error in field.errors]

    def replacements(self) -> list[Replacement]:
        """For a filter that names a closed area, as a saved one may: what followed it. One query, else none."""
        problems = self.form.errors.as_data().get("wilayah", ())
        if not any(problem.code in ("closed", "succeeded") for problem in problems):
            return []
        closed = self.form["wilayah"].value().code
        return [
            Replacement(area.place_name, address_with(self.data, "wilayah", area.code))
            for area in Wilayah.objects.filter(predecessors=closed).order_by("code")
        ]

    def ways_out(self) -> list[WayOut]:
        """For a list without rows: each filter without which there would be some. One query for all of them."""
        counts = {name: capped_count_of(self._without(name)) for name in self.values}
        found = User.objects.filter(pk=self.user.pk).values_list(*counts.values()).get()
        return [
            WayOut(self._words(name), count, address_without(self.data, name))
            for name, count in zip(counts, found, strict=True)
            if count
        ]

    def _without(self, left_out: str) -> QuerySet:
        return self.narrowed(self.queryset, {name: value for name, value in self.values.items() if name != left_out})

    def _words(self, name: str) -> str:
        if name == "q":
            return gettext("pencarian “%(text)s”") % {"text": self.values["q"]}
        return gettext("saringan %(label)s") % {"label": self.form.fields[name].label}


def address_without(query: QueryDict, name: str) -> str:
    """The address of the list without the field `name`, the other inputs its widget sends (`name_…`), and the page."""
    return f"?{_without(query, name).urlencode()}"


def address_with(query: QueryDict, name: str, value: str) -> str:
    """The address of the list, from its beginning, with `value` in the field `name`."""
    rest = _without(query, name)
    rest[name] = value
    return f"?{rest.urlencode()}"


def _without(query: QueryDict, name: str) -> QueryDict:
    rest = query.copy()
    for key in list(rest):
        if key in (name, *PAGE_PARAMETERS) or key.startswith(f"{name}_"):
            del rest[key]
    return rest
