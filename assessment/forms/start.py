"""The form that begins an assessment: nothing to type, but sent exactly once like every other."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment
from outbox.forms import DeliveryForm, DraftInput
from outbox.uuid7 import uuid7


class StartForm(DeliveryForm):
    """`id` becomes the key of the new assessment; an id that exists is refused without saying whose it is."""

    id = forms.UUIDField(widget=DraftInput, initial=uuid7)
    # Empty, as in every form that makes a record.
    revision = forms.IntegerField(widget=DraftInput, required=False)

    def clean_id(self) -> UUID:
        posted = self.cleaned_data["id"]
        if Assessment.objects.filter(pk=posted).exists():
            raise ValidationError(
                _("Formulir ini sudah pernah disimpan. Buka daftar penilaian untuk melihat hasilnya."), code="id_taken"
            )
        return posted
