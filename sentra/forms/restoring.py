"""An old version of a record as the form of today is sent to restore it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from accounts.models import User
from accounts.wording import FieldChange
from outbox.catching_up import as_posted
from outbox.forms import RecordForm
from outbox.uuid7 import uuid7
from sentra.figures import Subject
from sentra.forms.figures import SentraYearForm, year_form_of
from sentra.forms.ikm import IKMContactForm, IKMForm
from sentra.forms.notes import NoteForm
from sentra.forms.papers import CaptionForm, CertificateForm
from sentra.forms.product import ProductForm
from sentra.forms.sentra import SentraForm
from sentra.models import IKM, Certificate, Note, Photo, Product, Sentra, YearlyFigures
from sentra.permissions import can_see_contact

Restorable = Sentra | IKM | Product | Certificate | Photo | Note

FORMS: dict[type[Restorable], type[RecordForm]] = {
    Sentra: SentraForm,
    IKM: IKMForm,
    Product: ProductForm,
    Certificate: CertificateForm,
    Photo: CaptionForm,
    Note: NoteForm,
}


def in_form_order(model: type[Model], changes: Iterable[FieldChange]) -> list[FieldChange]:
    """`changes` of a row of `model` as its form asks for them; what no form asks for comes last."""
    form = {YearlyFigures: SentraYearForm, IKM: IKMContactForm}.get(model) or FORMS[model]
    place = {name: number for number, name in enumerate(form.base_fields)}
    return sorted(changes, key=lambda change: place.get(change.name, len(place)))


def restoring_fields(row: Restorable, version: Model, user: User) -> dict[str, Any]:
    """What the form of `row` is sent to make `version` the present state: every field of it, with key, id and revision.

    The form decides as ever: what cannot be restored any more is told at its field, with the old values filled in.
    """
    with_contact = isinstance(row, IKM) and can_see_contact(user, row)
    form = IKMContactForm if with_contact else FORMS[type(row)]
    values = form.values_of(version)
    fields = {name: as_posted(form.base_fields[name], value) for name, value in values.items()}
    return {"idempotency_key": uuid7(), "id": row.pk, "revision": row.revision} | fields


def restoring_figures(subject: Subject, version: Model, present: YearlyFigures | None) -> dict[str, Any]:
    """What the table of `subject` is sent to make `version` the figures of its year again: that one column.

    Where the year was cleared (`present` is None) it is recorded anew, under a key of its own.
    """
    form = year_form_of(subject)
    column = {
        "id": present.pk if present else uuid7(),
        "revision": present.revision if present else "",
        **{name: as_posted(form.base_fields[name], value) for name, value in form.values_of(version).items()},
    }
    whole = {"idempotency_key": uuid7(), "id": subject.pk, "years": version.year}
    return whole | {f"{version.year}-{name}": value for name, value in column.items()}
