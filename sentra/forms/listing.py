"""Forms about lists: which columns are shown, and filters kept under a name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.forms import DeliveryForm, RecordForm
from sentra.listing.declared import DeclaredList
from sentra.listing.layout import Layout
from sentra.listing.orders import directions
from sentra.listing.saved import kept_query
from sentra.models import SavedFilter


class QueryInput(forms.HiddenInput):
    """The parameters of the list's address, carried along."""


class LayoutForm(DeliveryForm):
    """Which columns and which order a list is shown with, for oneself."""

    kolom = forms.MultipleChoiceField(
        label=_("Kolom yang ditampilkan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    urutan = forms.ChoiceField(label=_("Urutan"))
    alamat = forms.CharField(required=False, widget=QueryInput)

    def __init__(self, *args: Any, declared: DeclaredList, layout: Layout | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kolom"].choices = [(column.key, column.label) for column in declared.columns[1:]]
        self.fields["urutan"].choices = [(one.parameter, one.label) for one in directions(declared.orders)]
        if layout:
            self.initial |= {
                "kolom": [column.key for column in layout.columns],
                "urutan": layout.sorting.parameter,
            }


class SavedFilterForm(RecordForm):
    """A new saved filter, or the name and sharing of one's own."""

    constraint_fields = {"savedfilter_name_once": "name", "savedfilter_has_name": "name"}

    alamat = forms.CharField(required=False, widget=QueryInput)

    class Meta:
        model = SavedFilter
        fields = ["name", "is_shared"]

    def __init__(self, *args: Any, declared: DeclaredList, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = declared
        self.user = user

    def _get_validation_exclusions(self) -> set[str]:
        """Owner and list are no fields of the form, but a name is unique among them."""
        return super()._get_validation_exclusions() - {"owner", "list_key"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_new:
            try:
                self.instance.query = kept_query(self.declared, QueryDict(cleaned.get("alamat", "")), self.user)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
