"""Fields for new evidence (several files at once, a link, something stored) and for the captions of what is there."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessment.models import Evidence
from files import intake
from files.forms import DocumentField, UploadInput
from outbox.forms import DraftInput, TypedForm
from sentra.models import Certificate

MAX_FILES = 10


class FilesInput(UploadInput):
    """Camera and file input of one field, each with any number of files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: dict, files: MultiValueDict, name: str) -> list[UploadedFile]:
        return [*files.getlist(self.camera_name(name)), *files.getlist(name)]


class FilesField(DocumentField):
    """Photos and PDFs, none or several; the clean value is a list of `files.intake.Checked`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=FilesInput(self.accepts), **kwargs)

    def clean(self, data: list[UploadedFile], initial: Any = None) -> list[intake.Checked]:
        if len(data) > MAX_FILES:
            raise ValidationError(
                _("Paling banyak %(maximum)d berkas sekali kirim. Kirim sebagian dahulu, lalu sisanya."),
                code="too_many",
                params={"maximum": MAX_FILES},
            )
        checked, errors = [], []
        for upload in data:
            try:
                checked.append(super().clean(upload))
            except ValidationError as error:
                errors += [_named(one, upload, is_only=len(data) == 1) for one in error.error_list]
        if errors:
            raise ValidationError(errors)
        return checked


def _named(error: ValidationError, upload: UploadedFile, *, is_only: bool) -> ValidationError:
    """Which of several files is meant."""
    if is_only:
        return error
    return ValidationError(f"{upload.name}: {error.messages[0]}", code=error.code)


class LinkField(forms.URLField):
    """An address of the web; nothing else that a browser might run."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": _("Tulis alamat web yang lengkap, misalnya https://contoh.id/produk.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, **kwargs)


class StoredField(forms.ChoiceField):
    """A certificate that has a file, or evidence of another indicator; the clean value is that row, or None."""

    default_error_messages = {
        "invalid_choice": _("Pilihan itu tidak ada atau belum punya berkas. Pilih dari daftar, atau unggah berkasnya.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Select(attrs={"class": "select form-select"}), **kwargs)
        self._offered: Callable[[], tuple[Iterable[Certificate], Iterable[Evidence]]] = lambda: ((), ())

    def offer(self, offered: Callable[[], tuple[Iterable[Certificate], Iterable[Evidence]]]) -> None:
        """`offered` gives certificates and evidence; it is asked only where the choices are drawn or one was made."""
        self._offered = offered
        self.choices = self._grouped

    @property
    def offers_nothing(self) -> bool:
        return not any(self._rows)

    def clean(self, value: Any) -> Certificate | Evidence | None:
        key = super().clean(value)
        papers, others = self._rows if key else ({}, {})
        return (papers | others).get(key)

    @cached_property
    def _rows(self) -> tuple[dict[str, Certificate], dict[str, Evidence]]:
        certificates, evidence = self._offered()
        return {f"sertifikat:{row.pk}": row for row in certificates}, {f"bukti:{row.pk}": row for row in evidence}

    def _grouped(self) -> list[tuple[str, Any]]:
        papers, others = self._rows
        return [
            ("", _("Belum dipilih")),
            *_group(_("Sertifikat"), papers),
            *_group(_("Bukti di indikator lain"), others),
        ]


def _group(label: str, rows: dict[str, Certificate | Evidence]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(label, [(key, _described(row)) for key, row in rows.items()])] if rows else []


def _described(row: Certificate | Evidence) -> str:
    if isinstance(row, Certificate) and row.expires:
        words = {"paper": row, "day": date_format(row.expires, "j M Y"), "urgency": row.urgency.words.lower()}
        return _("%(paper)s, sampai %(day)s (%(urgency)s)") % words
    return str(row)


class CaptionForm(TypedForm):
    """The caption of evidence that is there already, with the one it is typed over."""

    caption = forms.CharField(label=_("Keterangan"), required=False, max_length=150)
    base_caption = forms.CharField(widget=DraftInput, required=False)

    def __init__(self, evidence: Evidence, *args: Any, **kwargs: Any) -> None:
        stored = {"caption": evidence.caption, "base_caption": evidence.caption}
        super().__init__(*args, initial=stored, **kwargs)
        self.evidence = evidence

    @property
    def is_open(self) -> bool:
        """Whether something was typed that is not stored yet."""
        return self["caption"].value() != self.evidence.caption


class EvidenceChoiceField(forms.MultipleChoiceField):
    """Evidence to take away; the clean value is a list of rows."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("Bukti itu sudah tidak ada di indikator ini. Periksa daftarnya, lalu simpan lagi.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rows: dict[str, Evidence] = {}

    def offer(self, evidence: Iterable[Evidence]) -> None:
        self._rows = {str(row.pk): row for row in evidence}
        self.choices = [(key, str(row)) for key, row in self._rows.items()]

    def clean(self, value: Any) -> list[Evidence]:
        return [self._rows[key] for key in super().clean(value)]
