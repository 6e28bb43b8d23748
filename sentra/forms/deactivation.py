"""The two steps of `sentra/deactivation.py` as forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from outbox.forms import ActionForm
from sentra.models.in_use import Deactivatable

LONGEST_REASON = Deactivatable._meta.get_field("deactivation_reason").max_length


class DeactivationForm(ActionForm):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca siapa pun yang membuka data ini, misalnya “Tercatat dua kali, yang benar Sari Rasa”."),
        error_messages={"required": _("Tulis alasannya, supaya rekan Anda tahu mengapa data ini tidak dipakai.")},
    )
