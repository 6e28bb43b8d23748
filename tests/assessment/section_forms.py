"""The form of one criterion on the score sheet, as a browser would send it."""

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessment import sheets
from assessment.dossier import open_dossier
from assessment.forms.section import SectionForm
from assessment.models import Assessment
from outbox.uuid7 import uuid7


def section(assessment: Assessment, code: str, entries: dict | None = None, files: dict | None = None) -> SectionForm:
    """The form of one criterion; with `entries` as a browser that shows the present state would send it."""
    dossier = open_dossier(assessment)
    criterion = next(rule for rule in dossier.rules.criteria if rule.code == code)
    if entries is None:
        return SectionForm(dossier, criterion)
    return SectionForm(dossier, criterion, posted(assessment, code, entries), MultiValueDict(files or {}))


def posted(assessment: Assessment, code: str, entries: dict) -> QueryDict:
    shown = section(assessment, code)
    data = QueryDict(mutable=True)
    data.update({"idempotency_key": str(uuid7()), "id": str(assessment.pk), "section": code})
    for form in [*shown.rows, *(part for row in shown.rows for part in (*row.checks, *row.captions))]:
        for name in form.fields:
            value = form[name].value()
            if value not in (None, "", []):
                data[form.add_prefix(name)] = value
    for name, value in entries.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def changed_elsewhere(assessment: Assessment, code: str, **entry) -> None:
    sheets.save_entries(assessment, {code: sheets.Entry(**entry)}, by=assessment.officer)


def rebound(assessment: Assessment, code: str, data: QueryDict) -> SectionForm:
    dossier = open_dossier(assessment)
    criterion = next(rule for rule in dossier.rules.criteria if rule.code == code)
    return SectionForm(dossier, criterion, data, MultiValueDict())
