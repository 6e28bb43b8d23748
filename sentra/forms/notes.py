"""The form of a note in the journal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from outbox.forms import RecordForm
from sentra.models import Note


class NoteForm(RecordForm):
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
