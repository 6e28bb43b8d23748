"""What is done with the notes of the journal: writing, withdrawing, bringing back. Callers have asked who may."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from sentra.models import Note
from sentra.permissions import Record, can_edit

LATEST = 3
WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "withdrawal_reason")


def latest_notes(about: str) -> ArraySubquery:
    """To annotate as `latest_notes` (list): the three latest notes that stand, read with the record they are about.

    about  "sentra", "ikm" or "product", whichever the rows of the query are
    """
    found = Note.objects.standing().filter(**{about: OuterRef("pk")}).newest_first()[:LATEST]
    return ArraySubquery(
        found.values(
            note=JSONObject(
                day="day", kind="kind", text="text", name="created_by__name", username="created_by__username"
            )
        )
    )


def latest_of(subject: Record) -> list[Note]:
    """The notes of a `subject` annotated with `latest_notes`, to be shown."""
    return [
        Note(
            day=date.fromisoformat(read["day"]),
            kind=read["kind"],
            text=read["text"],
            created_by=User(name=read["name"] or "", username=read["username"]) if read["username"] else None,
        )
        for read in subject.latest_notes
    ]


@transaction.atomic
def write(*, note: Note, by: User) -> Note:
    """Store `note` as its form filled it. PermissionDenied where its subject has moved away meanwhile."""
    if note._state.adding:
        note.created_by = by
        note.save(force_insert=True)
    else:
        note.save()
    subject = note.subject
    subject.refresh_from_db(fields=["wilayah"])
    # SECURITY: asked of what now stands in the database; the subject may have moved since the page was opened.
    if not can_edit(by, subject):
        raise PermissionDenied
    return note


def withdraw(*, note: Note, by: User, reason: str = "") -> None:
    """Take `note` out of the journal; it stays in the history, for its writer, and for `by`."""
    note.withdrawn_at, note.withdrawn_by, note.withdrawal_reason = timezone.now(), by, reason
    note.save(update_fields=WITHDRAWAL)


def bring_back(note: Note) -> None:
    note.withdrawn_at, note.withdrawn_by, note.withdrawal_reason = None, None, ""
    note.save(update_fields=WITHDRAWAL)
