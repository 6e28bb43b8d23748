"""One indicator of the sheet: level, test lines, note, and evidence, each row with the state it was typed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from assessment import scoring
from assessment.dossier import Dossier
from assessment.forms.evidence import CaptionForm, EvidenceChoiceField, FilesField, LinkField, StoredField
from assessment.models import Evidence, Score
from assessment.sheets import Addition, Entry
from outbox.forms import DraftInput, TypedForm
from outbox.merging import merge
from outbox.words import Difference, shown
from sentra.models import Certificate

Position = tuple[Decimal, Decimal]

GRADES = tuple(range(1, 6))
YES_NO = ((scoring.YES, _("Ya")), (scoring.NO, _("Tidak")))


@dataclass(frozen=True)
class Problem:
    """One error for the summary above the sheet: where it stands, and what it says."""

    anchor: str
    label: str
    message: str


class AnswerField(forms.TypedChoiceField):
    """A number out of a few, or None for "not answered"."""

    default_error_messages = {"invalid_choice": _("Jawaban itu tidak ada. Pilih salah satu yang tertulis.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)


class CheckForm(forms.Form):
    """The answer to one line of a test sheet."""

    value = AnswerField(widget=forms.RadioSelect)
    base_value = forms.IntegerField(widget=DraftInput, required=False)

    def __init__(self, line: scoring.Check, stored: int | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"value": stored, "base_value": stored}, **kwargs)
        self.line, self.stored = line, stored
        is_yes_no = line.kind == scoring.CheckKind.YES_NO
        choices = YES_NO if is_yes_no else [(grade, str(grade)) for grade in GRADES]
        self.fields["value"].choices = [("", _("Belum")), *choices]


class IndicatorForm(TypedForm):
    """What is entered at one indicator; errors of its test lines and captions appear under their full names.

    Where the posted `revision` is not that of the row, level, note and test lines are merged one by one with what the
    page showed (`base_…`); captions always are, for a page need not know all evidence. What both changed differently
    is an error, `differences` holds both versions, and the hidden fields move to the present state, so that a second,
    now informed, "Simpan" goes through.
    """

    revision = forms.IntegerField(widget=DraftInput, required=False)
    base_level = forms.IntegerField(widget=DraftInput, required=False)
    base_note = forms.CharField(widget=DraftInput, required=False)
    level = AnswerField(
        label=_("Level"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Level itu tidak ada pada indikator ini. Pilih salah satu kartu.")},
    )
    note = forms.CharField(
        label=_("Catatan Anda"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    remove = EvidenceChoiceField(label=_("Bukti yang dihapus"), required=False)
    caption = forms.CharField(label=_("Keterangan bukti baru"), required=False, max_length=150)
    file = FilesField(label=_("Foto atau berkas"), required=False)
    link = LinkField(label=_("Tautan"), required=False)
    stored = StoredField(label=_("Sertifikat atau bukti yang sudah tersimpan"), required=False)

    def __init__(self, dossier: Dossier, rule: scoring.Indicator, *args: Any, **kwargs: Any) -> None:
        self.rule = rule
        self.score: Score = dossier.proposal.scores[rule.code]
        self.evidence = dossier.evidence.get(rule.code, [])
        self.is_stale = False
        self.differences: list[Difference] = []
        initial = {
            "revision": self.score.revision,
            "base_level": self.score.level,
            "base_note": self.score.note,
            "level": self.score.level,
            "note": self.score.note,
        }
        super().__init__(*args, prefix=rule.code, initial=initial, **kwargs)
        self.fields["level"].choices = [("", _("Belum dinilai"))] + [
            (level.number, f"{level.number} {level.word}") for level in rule.levels
        ]
        self.fields["remove"].offer(self.evidence)
        self.fields["stored"].offer(lambda: (_certificates(dossier, self.evidence), _others(dossier, self.evidence)))
        answers = dossier.proposal.checks
        self.checks = [
            CheckForm(line, answers.get(line.code), *args, prefix=line.code, **kwargs)
            for line in rule.checks_for(dossier.assessment.scope_id)
        ]
        self.captions = [
            CaptionForm(row, *args, prefix=self.add_prefix(str(row.pk)), **kwargs) for row in self.evidence
        ]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        for part in [*self.checks, *self.captions]:
            for name, errors in part.errors.items():
                self._errors[part.add_prefix(name)] = errors
        if not self._errors:
            self._merge()

    @property
    def named_errors(self) -> dict[str, forms.utils.ErrorList]:
        """All errors under the names of the page: "1.2-level", "2.1-rasa-value", "1.2-__all__"."""
        own = {*self.fields, NON_FIELD_ERRORS}
        return {self.add_prefix(name) if name in own else name: errors for name, errors in self.errors.items()}

    @property
    def problems(self) -> list[Problem]:
        """The errors in the order of the page; one of the whole row or a hidden field leads to the indicator."""
        visible = [field for field in self if not field.is_hidden]
        places = {field.html_name: (field.auto_id, field.label) for field in visible}
        places |= {check.add_prefix("value"): (check["value"].auto_id, check.line.text) for check in self.checks}
        places |= {part.add_prefix("caption"): (part["caption"].auto_id, part.evidence) for part in self.captions}
        whole = (f"i{self.rule.code}", self.rule.name)
        found = {name: (places.get(name, whole), errors) for name, errors in self.named_errors.items()}
        return [
            Problem(anchor, f"{self.rule.code} {label}", " ".join(errors)) for (anchor, label), errors in found.values()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("caption") and not self._additions_in(cleaned):
            self.add_error(
                "caption",
                ValidationError(
                    _(
                        "Keterangan ini belum punya bukti. Pilih foto, berkas, tautan, atau sertifikatnya; atau"
                        " kosongkan keterangannya."
                    ),
                    code="without_evidence",
                ),
            )
        return cleaned

    def entry(self, position: Position | None = None) -> Entry:
        """What is to be written, uploads with the `position` they were taken at; call it on a valid form."""
        return Entry(
            level=self.cleaned_data["level"],
            note=self.cleaned_data["note"],
            checks={check.line.code: check.cleaned_data["value"] for check in self.checks},
            additions=self._additions_in(self.cleaned_data, position),
            captions=[(part.evidence, part.cleaned_data["caption"]) for part in self._recaptioned],
            removals=self.cleaned_data["remove"],
        )

    @property
    def _recaptioned(self) -> list[CaptionForm]:
        """The captions that were changed, of evidence that stays."""
        return [
            part
            for part in self.captions
            if part.cleaned_data["caption"] != part.evidence.caption
            and part.evidence not in self.cleaned_data["remove"]
        ]

    def _additions_in(self, cleaned: dict[str, Any], position: Position | None = None) -> list[Addition]:
        caption = cleaned.get("caption", "")
        uploads = cleaned.get("file") or []
        found = [Addition(upload=upload, caption=caption, position=position) for upload in uploads]
        if cleaned.get("link"):
            found.append(Addition(link=cleaned["link"], caption=caption))
        stored = cleaned.get("stored")
        if isinstance(stored, Evidence):
            found.append(Addition(evidence=stored))
        elif stored:
            found.append(Addition(certificate=stored, caption=caption))
        return found

    def _merge(self) -> None:
        if self.cleaned_data["revision"] != self.score.revision:
            for name in ("level", "note"):
                self._merge_one(self, name, theirs=getattr(self.score, name), label=self.fields[name].label)
            for check in self.checks:
                self._merge_one(check, "value", theirs=check.stored, label=check.line.text)
            self.data[self.add_prefix("revision")] = self.score.revision
        for part in self.captions:
            self._merge_one(part, "caption", theirs=part.evidence.caption, label=part.fields["caption"].label)
        if self.is_stale:
            self.add_error(
                None,
                ValidationError(
                    _(
                        "Indikator %(code)s diubah di tempat lain sejak halaman ini dibuka. Bandingkan kedua versinya,"
                        " betulkan bila perlu, lalu simpan lagi."
                    ),
                    code="stale",
                    params={"code": self.rule.code},
                ),
            )

    def _merge_one(self, form: forms.Form, name: str, *, theirs: Any, label: str) -> None:
        merged = merge(base=form.cleaned_data[f"base_{name}"], mine=form.cleaned_data[name], theirs=theirs)
        form.cleaned_data[name] = merged.value
        form.data[form.add_prefix(name)] = _posted(merged.value)
        form.data[form.add_prefix(f"base_{name}")] = _posted(theirs)
        if merged.is_conflict:
            self.is_stale = True
            field = form.fields[name]
            self.differences.append(Difference(str(label), shown(field, theirs), shown(field, merged.value)))


def _posted(value: Any) -> str:
    """`value` as a form would send it."""
    return "" if value is None else str(value)


def _certificates(dossier: Dossier, attached: Iterable[Evidence]) -> list[Certificate]:
    """Papers that speak for the product, have their file, and are not evidence here yet."""
    taken = {evidence.certificate_id for evidence in attached}
    return [paper for paper in dossier.certificates if paper.file and paper.file.is_received and paper.pk not in taken]


def _others(dossier: Dossier, attached: Iterable[Evidence]) -> list[Evidence]:
    """Evidence of other indicators; certificates are offered as such."""
    here = {evidence.pk for evidence in attached}
    return [row for row in dossier.evidence_rows if row.pk not in here and row.certificate_id is None]
