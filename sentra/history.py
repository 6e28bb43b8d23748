"""The history of a record as its page tells it: who, when, from where, and each field before and after in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import versions
from accounts.models import User
from accounts.versions import Change, Origin
from accounts.wording import FieldChange, Wording
from files.models import StoredFile
from sentra.models import IKM, Certificate, Contact, Note, Photo, Product, Sentra, YearlyFigures
from wilayah.zones import zone_of

Part = Certificate | Photo | YearlyFigures | Note

# What a part says of where it belongs; the page says it already.
BELONGS = frozenset({"sentra", "ikm", "product", "wilayah"})
CONTACT_LINK = frozenset({"ikm", "ikm_revision"})


@dataclass(frozen=True)
class Section:
    """A kind of rows about a record whose history stands beside the record's own, those that are gone included."""

    key: str
    label: str | Promise
    model: type[Part]
    # The models of the records it is about.
    about: tuple[type[Model], ...]


SECTIONS = (
    Section("surat", _("Surat"), Certificate, (Sentra, IKM, Product)),
    Section("foto", _("Foto"), Photo, (Sentra, IKM, Product)),
    Section("angka", _("Angka tahunan"), YearlyFigures, (Sentra, IKM)),
    Section("catatan", _("Catatan"), Note, (Sentra, IKM, Product)),
)


@dataclass(frozen=True)
class Entry:
    """One change in words. `title` says which of several rows it was; `version` is the key of how it was afterwards."""

    kind: str
    at: datetime
    who: str
    origin: Origin
    title: str
    row: Any
    version: int
    fields: list[FieldChange]


@dataclass(frozen=True)
class Told:
    """A page of entries, the newest first; `older` is the key to go on from, None at the end."""

    entries: list[Entry]
    older: int | None


def of_row(row: Model, subject: Model, *, with_contact: bool = False, before: int | None = None) -> Told:
    """The history of `row`, which lies where `subject` does. `with_contact`: for who may see that of an IKM."""
    page = versions.read(versions.versions_of(row), before=before)
    contacts = _contact_changes(row, page.changes) if with_contact else {}
    return _told(type(row), page, wording_of(row, subject), contacts)


def of_gone(model: type[Model], key: Any, subject: Model, *, before: int | None = None) -> Told:
    """The same for a row that was deleted."""
    found = model.pgh_event_model.objects.filter(pgh_obj=key)
    return _told(model, versions.read(found, before=before), Wording(_zone(subject), **_options(model)), {})


def of_section(section: Section, subject: Model, user: User, *, before: int | None = None) -> Told:
    """The history of all rows of a kind about `subject`; notes others have withdrawn are left out."""
    found = section.model.pgh_event_model.objects.filter(**{f"{subject._meta.model_name}_id": subject.pk})
    if section.model is Note:
        hidden = Note.objects.about(subject).exclude(pk__in=Note.objects.visible_to(user).values("pk"))
        found = found.exclude(pgh_obj__in=hidden.values("pk"))
    page = versions.read(found, before=before)
    return _told(section.model, page, Wording(_zone(subject), **_options(section.model)), {}, with_titles=True)


def sections_of(model: type[Model]) -> list[Section]:
    return [section for section in SECTIONS if model in section.about]


def last_version(model: type[Model], key: Any) -> Model | None:
    """How a row that is gone looked last; None where there never was one."""
    found = model.pgh_event_model.objects.filter(pgh_obj=key, pgh_label="delete")
    return found.order_by("-pgh_id").first()


def figures_versions(subject: Model) -> QuerySet:
    """Every version of every year of `subject`, those of cleared years included."""
    return YearlyFigures.pgh_event_model.objects.filter(**{f"{subject._meta.model_name}_id": subject.pk})


def wording_of(row: Model, subject: Model) -> Wording:
    return Wording(_zone(subject), **_options(type(row)))


def is_of_contact_alone(version: Model, wording: Wording) -> bool:
    """Whether what made this `version` of an IKM changed nothing but the contact. One query."""
    older = IKM.pgh_event_model.objects.filter(pgh_obj=version.pgh_obj_id, pgh_id__lt=version.pgh_id)
    before = older.exclude(pgh_context=version.pgh_context_id).order_by("-pgh_id").first()
    return before is not None and not wording.differences(IKM, before, version)


def contact_versions(key: Any) -> QuerySet:
    """The versions of the contact of the IKM `key`, the newest first."""
    return Contact.pgh_event_model.objects.filter(~Q(pgh_label="delete"), pgh_obj=key).order_by("-pgh_id")


def contact_at(version: Model) -> Model:
    """The version of the contact that belongs to this `version` of an IKM; an empty contact where there was none."""
    return contact_versions(version.pgh_obj_id).filter(ikm_revision__lte=version.revision).first() or Contact()


def contact_differences(wording: Wording, before: Model | None, after: Model) -> list[FieldChange]:
    """`differences` of a contact: of owner, telephone and e-mail."""
    told = wording.differences(Contact, before, after)
    return [change for change in told if change.name not in CONTACT_LINK]


def _told(
    model: type[Model],
    page: versions.History,
    wording: Wording,
    contacts: dict[int, tuple[Model | None, Model]],
    *,
    with_titles: bool = False,
) -> Told:
    wording.look_up(model, [row for change in page.changes for row in (change.before, change.after)])
    names = versions.names_of(change.after for change in page.changes)
    entries = [_entry(model, change, wording, names, contacts, with_titles=with_titles) for change in page.changes]
    return Told([entry for entry in entries if entry.fields or entry.kind != "update"], page.older)


def _entry(
    model: type[Model],
    change: Change,
    wording: Wording,
    names: dict[int, str],
    contacts: dict[int, tuple[Model | None, Model]],
    *,
    with_titles: bool,
) -> Entry:
    fields = [] if change.kind == "delete" else wording.differences(model, change.before, change.after)
    for revision in change.revisions:
        if revision in contacts:
            fields += contact_differences(wording, *contacts[revision])
    return Entry(
        kind=change.kind,
        at=change.after.pgh_created_at,
        who=names.get(versions.context_of(change.after).get("user"), ""),
        origin=versions.origin_of(change.after),
        title=_title(model, change.after) if with_titles else "",
        row=change.after.pgh_obj_id,
        version=change.after.pgh_id,
        fields=fields,
    )


def _title(model: type[Model], version: Model) -> str:
    """What the row was called at that time."""
    columns = {
        field.attname: getattr(version, field.attname)
        for field in model._meta.concrete_fields
        if hasattr(version, field.attname)
    }
    return str(model(**columns))


def _contact_changes(ikm: Model, changes: Iterable[Change]) -> dict[int, tuple[Model | None, Model]]:
    """The contact before and after, by the revision of its IKM that the change led to. One query."""
    revisions = [revision for change in changes for revision in change.revisions]
    if not revisions:
        return {}
    found = list(contact_versions(ikm.pk).filter(ikm_revision__lte=max(revisions))[: len(revisions) + 1])
    return {row.ikm_revision: (older, row) for row, older in zip(found, [*found[1:], None], strict=False)}


def _options(model: type[Model]) -> dict[str, Any]:
    skipped = BELONGS if model in {section.model for section in SECTIONS} else ()
    return {"skipped": skipped, "opaque": (StoredFile,)}


def _zone(subject: Model) -> Any:
    return zone_of(subject.wilayah_id)
