"""Pages of the history: what became of a record, and one version beside the present state, with a way back to it."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import versions
from accounts.models import User
from accounts.versions import origin_of
from accounts.wording import FieldChange
from sentra import history, permissions
from sentra.figures import Subject
from sentra.forms.figures import year_form_of
from sentra.forms.restoring import Restorable, in_form_order, restoring_fields, restoring_figures
from sentra.history import Section
from sentra.models import IKM, Certificate, Contact, Note, Photo, Product, Sentra, YearlyFigures
from sentra.permissions import Record

LARGEST_KEY = 2**31 - 1
SUBJECTS = (Sentra, IKM, Product)


@require_safe
def index(request: HttpRequest, pk: UUID, model: type[Restorable]) -> HttpResponse:
    """The history of a record, or (`?bagian=`) of its papers, photos, figures or notes; also of a row that is gone."""
    row = _visible(request.user, model).filter(pk=pk).first()
    subject = _subject_of(row) if row else _subject_of_gone(request.user, model, pk)
    before = _key(request.GET.get("sebelum", ""))
    sections = history.sections_of(model)
    section = next((one for one in sections if one.key == request.GET.get("bagian")), None)
    if section:
        told = history.of_section(section, subject, request.user, before=before)
    elif row:
        with_contact = isinstance(row, IKM) and permissions.can_see_contact(request.user, row)
        told = history.of_row(row, subject, with_contact=with_contact, before=before)
    else:
        told = history.of_gone(model, pk, subject, before=before)
    for entry in told.entries:
        entry.fields[:] = in_form_order(section.model if section else model, entry.fields)
    return render(
        request,
        "sentra/history/list.html",
        {
            "row": row,
            "subject": subject,
            "title": str(row or subject),
            "told": told,
            "tabs": _tabs(request.path, sections, section),
            "section": section,
            "space": section.model._meta.model_name if section else model._meta.model_name,
            "can_compare": section is None and row is not None,
            "figures_space": model._meta.model_name if section and section.model is YearlyFigures else "",
        },
    )


@require_safe
def version(request: HttpRequest, pk: UUID, version: int, model: type[Restorable]) -> HttpResponse:
    """One version beside the present state, and the form that makes it the present one again."""
    row = get_object_or_404(_visible(request.user, model), pk=pk)
    found = get_object_or_404(versions.versions_of(row), pgh_id=version)
    subject = _subject_of(row)
    if _is_hidden(row, found, subject, request.user):
        raise Http404
    restoring = restoring_fields(row, found, request.user) if _may_edit(request.user, row) else None
    differences = _differences(row, found, subject, request.user)
    changing = [one for one in differences if restoring is None or one.name in restoring]
    return render(
        request,
        "sentra/history/version.html",
        _origin(found)
        | {
            "row": row,
            "subject": subject,
            "changing": changing,
            "staying": [one for one in differences if one not in changing],
            "restoring": restoring,
            "edit_address": reverse(f"{model._meta.model_name}:edit", args=[pk]),
            "history_address": reverse(f"{model._meta.model_name}:history", args=[pk]),
        },
    )


@require_safe
def figures_version(request: HttpRequest, pk: UUID, version: int, model: type[Subject]) -> HttpResponse:
    """One version of the figures of a year beside those that stand now, and the form that makes them stand again."""
    subject = get_object_or_404(_visible(request.user, model), pk=pk)
    found = get_object_or_404(history.figures_versions(subject).select_related("pgh_context"), pgh_id=version)
    present = YearlyFigures.objects.about(subject).filter(year=found.year).first()
    row = present or YearlyFigures(**{model._meta.model_name: subject, "year": found.year})
    may_edit = permissions.can_edit(request.user, subject)
    wording = history.wording_of(row, subject)
    wording.look_up(YearlyFigures, [row, found])
    differences = in_form_order(YearlyFigures, wording.differences(YearlyFigures, row, found))
    entered = year_form_of(subject)._meta.fields
    return render(
        request,
        "sentra/history/version.html",
        _origin(found)
        | {
            "row": row,
            "subject": subject,
            "changing": [one for one in differences if one.name in entered],
            # Where the year was cleared nothing stands that could stay.
            "staying": [one for one in differences if one.name not in entered] if present else [],
            "restoring": restoring_figures(subject, found, present) if may_edit else None,
            "edit_address": reverse(f"{model._meta.model_name}:figures", args=[pk]),
            "history_address": reverse(f"{model._meta.model_name}:history", args=[pk]) + "?bagian=angka",
        },
    )


def _origin(version: Model) -> dict[str, Any]:
    """The version as its page tells of it: who made it, and from where."""
    who = next(iter(versions.names_of([version]).values()), "")
    return {"version": version, "origin": origin_of(version), "who": who}


def _tabs(path: str, sections: list[Section], shown: Section | None) -> list[dict[str, Any]]:
    if not sections:
        return []
    own = {"text": _("Data"), "href": path, "current": shown is None}
    others = [{"text": one.label, "href": f"{path}?bagian={one.key}", "current": one is shown} for one in sections]
    return [own, *others]


def _visible(user: User, model: type[Restorable]) -> Any:
    rows = model.objects.visible_to(user)
    return rows.select_related("wilayah") if model in SUBJECTS else rows.with_subject()


def _subject_of(row: Restorable) -> Record:
    return row if isinstance(row, SUBJECTS) else row.subject


def _subject_of_gone(user: User, model: type[Restorable], pk: UUID) -> Record:
    """The record a deleted row was about; 404 where there never was such a row, or the record is not seen."""
    last = None if model in SUBJECTS else history.last_version(model, pk)
    for kind in SUBJECTS if last else ():
        key = getattr(last, f"{kind._meta.model_name}_id")
        if key:
            return get_object_or_404(kind.objects.visible_to(user).select_related("wilayah"), pk=key)
    raise Http404


def _may_edit(user: User, row: Restorable) -> bool:
    if isinstance(row, Certificate):
        return permissions.can_edit_certificate(user, row)
    if isinstance(row, Note):
        return permissions.can_edit_note(user, row)
    return permissions.can_edit(user, row.subject if isinstance(row, Photo) else row)


def _is_hidden(row: Restorable, version: Model, subject: Record, user: User) -> bool:
    """Whether `version` tells only that the contact changed, of which `user` hears nothing."""
    if not isinstance(row, IKM) or permissions.can_see_contact(user, row):
        return False
    return history.is_of_contact_alone(version, history.wording_of(row, subject))


def _differences(row: Restorable, version: Model, subject: Record, user: User) -> list[FieldChange]:
    """From the present state to that of `version`."""
    wording = history.wording_of(row, subject)
    wording.look_up(type(row), [row, version])
    found = wording.differences(type(row), row, version)
    if isinstance(row, IKM) and permissions.can_see_contact(user, row):
        present = Contact.objects.filter(ikm=row).first() or Contact()
        found += history.contact_differences(wording, present, history.contact_at(version))
    return in_form_order(type(row), found)


def _key(text: str) -> int | None:
    """The key of a version that the address names; None where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST_KEY else None
