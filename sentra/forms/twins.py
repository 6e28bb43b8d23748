"""The question whether likely twins are the same: asked before a record is stored, and on a page of its own."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.forms import ActionForm, DraftInput, ask_for_files_again
from sentra import duplicates
from sentra.forms.steps import TWIN_PREFIX, StepForm
from sentra.models import Comparison
from sentra.permissions import Record
from sentra.side_by_side import SideBySide, side_by_side

Answer = Comparison.Answer


class AnswerField(forms.ChoiceField):
    """Sama, beda or belum tahu, with what follows from it."""

    widget = forms.RadioSelect
    default_error_messages = {"required": _("Pilih sama, beda, atau belum tahu.")}

    def __init__(self, **kwargs: Any) -> None:
        choices = [
            (Answer.SAME, _("Sama. Verifikator menentukan mana yang dipakai.")),
            (Answer.DIFFERENT, _("Beda. Tidak perlu ditanyakan lagi.")),
            (Answer.UNKNOWN, _("Belum tahu. Verifikator ikut memeriksa.")),
        ]
        super().__init__(choices=choices, **kwargs)


@dataclass(frozen=True)
class Question:
    """One likely twin beside what was typed, and the field for the answer."""

    pair: SideBySide
    field: BoundField


class TwinsForm(forms.Form):
    """Asks about each likely twin of the record that the valid `form` describes.

    Its fields travel in the posted form beside those of the record. It is bound once the questions were on the page, so
    that an answer that is missing is no error before anybody could give it.
    """

    def __init__(self, form: StepForm, *, user: User) -> None:
        was_asked = any(name.startswith(TWIN_PREFIX) for name in form.data)
        super().__init__(form.data if was_asked else None)
        self.user = user
        self.mine: Record = form.instance
        self.twins = [twin.record for twin in duplicates.twins_of(self.mine, user)] if form.asks_about_twins else []
        for twin in self.twins:
            label = _("%(name)s: sama atau beda?") % {"name": twin}
            self.fields[f"{TWIN_PREFIX}{twin.pk}"] = AnswerField(label=label)

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to ask, or everything is answered."""
        return not self.twins or self.is_valid()

    @cached_property
    def questions(self) -> list[Question]:
        return [Question(side_by_side(self.mine, twin), self[f"{TWIN_PREFIX}{twin.pk}"]) for twin in self.twins]

    def ask_in(self, form: StepForm) -> None:
        """Let `form`, valid so far, say why it is not stored yet."""
        sentence = _("Ada data yang mirip. Jawab dahulu apakah sama, lalu simpan lagi.")
        form.add_error(None, forms.ValidationError(sentence, code="twins"))
        ask_for_files_again(form)

    def keep_answers(self, record: Record) -> None:
        """Keep what was answered about `record`, now stored."""
        for twin in self.twins:
            said = self.cleaned_data[f"{TWIN_PREFIX}{twin.pk}"]
            duplicates.answer(record=record, other=twin, answer=said, by=self.user)


class CompareForm(ActionForm):
    """An answer about a stored record and another one, over the answer that was shown (`known`, None: none yet)."""

    answer = AnswerField(label=_("Sama atau beda?"))
    known = forms.IntegerField(widget=DraftInput, required=False)

    def __init__(self, *args: Any, known: Comparison | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_revision = known.revision if known else 0
        self.initial |= {"known": self.known_revision, "answer": known.answer if known else None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("known") not in (None, self.known_revision):
            self.refuse(
                _("Baru saja ada yang menjawabnya. Lihat jawaban itu, lalu simpan lagi bila jawaban Anda lain.")
            )
            self.data[self.add_prefix("known")] = self.known_revision
        return cleaned
