"""The form that says figures which looked wrong were checked and are right."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from outbox.forms import AddressedForm
from sentra.figures import Subject
from sentra.forms.used import out_of_use_sentence
from sentra.models.figures import LONGEST_REASON
from sentra.plausibility import Hint


class CheckHintsForm(AddressedForm):
    """Which of the `hints` that speak about `subject` were checked, and why the figures are right all the same.

    A hint is chosen by its year and its sentence, which names the figures. So where the figures changed since the page
    was opened, what was chosen is no choice any more: `is_stale`, as where `subject` was taken out of use.
    """

    chosen = forms.MultipleChoiceField(
        label=_("Yang sudah diperiksa dan memang benar"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu."),
            "invalid_choice": _("Angkanya berubah sejak Anda membuka halaman ini. Lihat lagi, lalu pilih lagi."),
        },
    )
    reason = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya: sudah ditanyakan kepada pemiliknya, pesanan hotel naik. Jangan menulis data pribadi."),
    )

    def __init__(self, *args: Any, subject: Subject, hints: list[Hint], **kwargs: Any) -> None:
        super().__init__(*args, about=subject.pk, **kwargs)
        self.subject = subject
        self.hints = {f"{hint.year} {hint.sentence}": hint for hint in hints}
        self.fields["chosen"].choices = [(key, f"{hint.year}: {hint.sentence}") for key, hint in self.hints.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.subject.is_in_use:
            self.add_error(None, forms.ValidationError(out_of_use_sentence(self.subject), code="out_of_use"))
        return cleaned

    @property
    def is_stale(self) -> bool:
        changed = self.has_error("chosen", "invalid_choice") or self.has_error(NON_FIELD_ERRORS, "out_of_use")
        return self.is_bound and changed

    def by_year(self) -> dict[int, list[str]]:
        """The sentences that were chosen, of a valid form."""
        chosen = [self.hints[key] for key in self.cleaned_data["chosen"]]
        return {year: [hint.sentence for hint in chosen if hint.year == year] for year in {one.year for one in chosen}}
