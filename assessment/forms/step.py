"""What is sent with a step: the state of the page it was pressed on, and a text where the step asks for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment.models import Assessment
from assessment.workflow import Transition
from outbox import text
from outbox.forms import ActionForm, DraftInput

MAX_TEXT = 2000
NOTE_LABELS = {
    "tarik": _("Alasan ditarik"),
    "kembalikan": _("Pesan umum untuk petugas"),
    "gugurkan": _("Alasan digugurkan"),
    "cabut": _("Alasan dicabut"),
}


class StepForm(ActionForm):
    """One step of an assessment, as `by` takes it.

    `revision` is that of the assessment on the page, `seen` the result shown there (`seen_of`); where one of them is
    sent and no longer true, the step is refused and the form shown again with what was typed, so that a second, now
    informed, press goes through. `is_stale` is True for every refusal that lies in the state of things (409), not in
    what was typed (422).
    """

    # What is missing is said in our words and not in those of the browser.
    use_required_attribute = False

    seen = forms.CharField(widget=DraftInput, required=False)
    stale_sentence = _(
        "Penilaian ini berubah sejak Anda membuka halamannya. Periksa keadaannya sekarang, lalu tekan lagi."
    )
    note = forms.CharField(
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya; yang membuka penilaian ini akan membacanya.")},
    )

    def __init__(
        self, transition: Transition, assessment: Assessment, *args: Any, by: User, seen: str = "", **kwargs: Any
    ) -> None:
        initial = {"seen": seen}
        super().__init__(*args, record=assessment, auto_id=f"{transition.action}-%s", initial=initial, **kwargs)
        self.transition, self.seen_now = transition, seen
        self.fields["note"].label = NOTE_LABELS.get(transition.action)
        self.fields["note"].required = transition.needs_reason(by, assessment)

    @property
    def asks_for_note(self) -> bool:
        return self.transition.reason != "no"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_stale and cleaned.get("seen") not in (None, "", self.seen_now):
            self.refuse(self.stale_sentence)
        return cleaned

    def refuse(self, sentence: str) -> None:
        """Say why the step is not possible now; the result in the form becomes the present one, too."""
        super().refuse(sentence)
        self.data[self.add_prefix("seen")] = self.seen_now

    @property
    def remarks(self) -> dict[str, str]:
        """Remarks by indicator code; only a return has any."""
        return {}


@dataclass(frozen=True)
class RemarkEntry:
    """The text for one indicator on the page of a return."""

    code: str
    field: str
    text: str
    error: str


class ReturnForm(StepForm):
    """Sending back: a text per indicator (`remark-3.4`), or one for all. `drafts` are texts to begin with."""

    def __init__(self, *args: Any, drafts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = drafts
        self.too_long: set[str] = set()

    @property
    def remarks(self) -> dict[str, str]:
        return {code: text for code, text in self._texts().items() if text}

    @property
    def entries(self) -> dict[str, RemarkEntry]:
        """By code of the indicator: what stands in its field."""
        sentence = _("Catatan ini terlalu panjang. Ringkas sampai %(maximum)d huruf.") % {"maximum": MAX_TEXT}
        return {
            code: RemarkEntry(code, self._field(code), text, sentence if code in self.too_long else "")
            for code, text in self._texts().items()
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.too_long = {code for code, text in self.remarks.items() if len(text) > MAX_TEXT}
        if self.too_long:
            codes = ", ".join(sorted(self.too_long))
            self.add_error(
                None,
                ValidationError(
                    _("Catatan untuk %(codes)s terlalu panjang. Ringkas sampai %(maximum)d huruf."),
                    code="max_length",
                    params={"codes": codes, "maximum": MAX_TEXT},
                ),
            )
        if not self.remarks and not cleaned.get("note"):
            self.add_error(
                None,
                ValidationError(
                    _("Tulis paling sedikit satu catatan, supaya petugas tahu apa yang harus dibetulkan."),
                    code="required",
                ),
            )
        return cleaned

    def _texts(self) -> dict[str, str]:
        if not self.is_bound:
            return dict(self.drafts)
        return {code: text.visible(self.data.get(self._field(code), "")) for code in self.drafts}

    @staticmethod
    def _field(code: str) -> str:
        return f"remark-{code}"
