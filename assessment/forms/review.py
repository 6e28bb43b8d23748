"""A verifier's judgement of one indicator: own level with its reason, test lines, and a note for a possible return."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from assessment import scoring
from assessment.dossier import Dossier
from assessment.forms.indicator import AnswerField, CheckForm
from assessment.presentation.sheet import answer_words
from outbox.catching_up import MINE, THEIRS, Conflict, Line, as_posted
from outbox.forms import AddressedForm, DraftInput, OvertakenForm
from outbox.merging import merge
from outbox.words import shown


@dataclass(frozen=True)
class ReviewedCheck:
    """One line of the test sheet: the form of the own answer, and what the officer answered."""

    form: CheckForm
    proposed: str


class ReviewForm(OvertakenForm, AddressedForm):
    """One indicator of the decision sheet, merged with what another verifier said of it meanwhile.

    Of the test lines too: the page carries what each was answered when it was opened (`base_value`).
    """

    merged_together = (("level", "reason"),)

    indicator = forms.CharField(widget=DraftInput)
    level = AnswerField(
        label=_("Level menurut Anda"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Level itu tidak ada pada indikator ini. Pilih salah satu kartu.")},
    )
    reason = forms.CharField(
        label=_("Alasan perubahan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label=_("Apa yang harus dilengkapi?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, dossier: Dossier, rule: scoring.Indicator, *args: Any, **kwargs: Any) -> None:
        self.rule = rule
        self.score = self.instance = dossier.decision.scores[rule.code]
        self.proposed = dossier.proposal.scores[rule.code].level
        stored = {name: getattr(self.score, name) for name in ("level", "reason", "note", "revision")}
        initial = {"indicator": rule.code} | stored
        super().__init__(*args, about=dossier.assessment.pk, auto_id="tinjau-%s", initial=initial, **kwargs)
        self.fields["level"].required = True
        self.fields["level"].choices = [(level.number, f"{level.number} {level.word}") for level in rule.levels]
        lines = rule.checks_for(dossier.assessment.scope_id)
        self.checks = [self._reviewed(dossier, line, *args) for line in lines]

    @staticmethod
    def _reviewed(dossier: Dossier, line: scoring.Check, *args: Any) -> ReviewedCheck:
        form = CheckForm(line, dossier.decision.checks.get(line.code), *args, prefix=line.code, auto_id="tinjau-%s")
        if form.stored is not None:
            # What was answered is answered; only another answer can take its place.
            form.fields["value"].choices = [choice for choice in form.fields["value"].choices if choice[0] != ""]
        return ReviewedCheck(form, answer_words(line, dossier.proposal.checks.get(line.code)))

    @property
    def chosen(self) -> int | None:
        """The level that is chosen on the page, typed or stored; None where what was sent is no level."""
        value = self["level"].value()
        numbers = {str(level.number): level.number for level in self.rule.levels}
        return numbers.get(str(value))

    @property
    def differs(self) -> bool:
        return self.chosen is not None and self.chosen != self.proposed

    def answers(self) -> dict[str, int | None]:
        """The own answers by code of the test line; call it on a valid form."""
        return {check.form.line.code: check.form.cleaned_data["value"] for check in self.checks}

    @property
    def is_of_instance(self) -> bool:
        """The key in the form is that of the assessment; which indicator it is about, the view has asked."""
        return self["id"].data in (None, "", str(self.about))

    @classmethod
    def values_of(cls, row: Model) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("level", "reason", "note")}

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        for check in self.checks:
            for error in check.form.errors.get("value", ()):
                self.add_error(None, ValidationError(f"{check.form.line.text}: {error}", code="check"))

    def clean(self) -> dict[str, Any]:
        for check in self.checks:
            if check.form.is_valid():
                self._merge_check(check.form)
        cleaned = super().clean()
        level = cleaned.get("level")
        if level is not None and level != self.proposed and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason",
                ValidationError(
                    _(
                        "Level Anda berbeda dari usulan petugas. Tulis alasannya di sini, atau pilih lagi level yang"
                        " diusulkan."
                    ),
                    code="required",
                ),
            )
        for check in self.checks:
            line = check.form.line
            if line.eliminating and check.form.is_valid() and check.form.cleaned_data["value"] is None:
                check.form.add_error("value", ValidationError(_("Jawab butir uji ini."), code="required"))
        return cleaned

    def _merge_check(self, form: CheckForm) -> None:
        """One test line: what only another verifier answered is taken, what both answered differently is asked."""
        marker, choice = f"bentrok-{form.line.code}", f"pilih-{form.line.code}"
        if not self._catching_up.is_overtaken and marker not in self.data:
            return
        base, mine, theirs = form.cleaned_data["base_value"], form.cleaned_data["value"], form.stored
        merged = merge(base=base, mine=mine, theirs=theirs)
        chosen = self.data.get(choice)
        value = theirs if merged.is_conflict and chosen == THEIRS else merged.value
        form.cleaned_data["value"] = value
        form.data = form.data | {form.add_prefix("value"): as_posted(form.fields["value"], value)}
        if merged.is_conflict and chosen not in (THEIRS, MINE):
            words = [shown(form.fields["value"], answer) for answer in (base, theirs, mine)]
            line = Line(form.line.text, *words)
            self.conflicts.append(Conflict(marker, choice, form.line.text, self._catching_up.revision or 0, [line]))
            self._catching_up.name_colleagues()
