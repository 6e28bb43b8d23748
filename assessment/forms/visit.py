"""The day somebody went there and looked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment
from outbox.forms import RecordForm
from sentra.validators import PAST_DAY


class VisitForm(RecordForm):
    """The date of the field visit of an assessment; empty takes it back. Written by `sheets.record_visit`."""

    section = forms.CharField(widget=forms.HiddenInput, initial="kunjungan")
    visited_on = Assessment._meta.get_field("visited_on").formfield(
        validators=PAST_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Hari Anda melihat tempat pembuatannya. Kosongkan bila belum."),
    )

    class Meta:
        model = Assessment
        fields = ["visited_on"]
