"""The form of a note in the journal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.forms import ActionForm
from sentra.forms.used import UsedForm
from sentra.models import Note
from sentra.models.note import LONGEST_REASON


class NoteForm(UsedForm):
    """A note about the subject its instance already has."""

    class Meta:
        model = Note
        fields = ["day", "kind", "text"]
        error_messages = {
            "day": {"required": _("Isi tanggalnya.")},
            "text": {"required": _("Tulis isi catatannya.")},
        }
        help_texts = {
            "text": _(
                "Terlihat oleh semua yang melihat data ini. Jangan menulis nomor telepon, alamat rumah, NIK, atau data"
                " pribadi lain."
            ),
        }
        widgets = {
            "day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5}),
        }


class WithdrawForm(ActionForm):
    """Withdrawing `record`, a note; who withdraws somebody else's says why."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Penulisnya membacanya di catatan ini."),
        error_messages={"required": _("Tulis mengapa catatan ini ditarik.")},
    )

    def __init__(self, *args: Any, record: Note, by: User, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        if record.created_by_id == by.pk:
            del self.fields["reason"]
