"""What every editable row has in common: an id its sender made, a revision, and who made it when."""

from functools import cache
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Func
from django.urls import get_urlconf, reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from outbox.uuid7 import uuid7

__all__ = ["ClockTimestamp", "RaiseRevision", "Record", "address_of", "tracked"]


class ClockTimestamp(Func):
    """The time of the statement by the database's clock (`Now` would be the start of the transaction)."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class RaiseRevision(pgtrigger.Trigger):
    """Counts `revision` up and sets `changed_at` in the database wherever a column really changed.

    So pages, the admin, imports and plain SQL count alike, and saving an unchanged form leaves no trace.
    """

    name = "raise_revision"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange()
    func = "NEW.revision = OLD.revision + 1; NEW.changed_at = clock_timestamp(); RETURN NEW;"


class Record(models.Model):
    """A row somebody fills in, perhaps offline; `revision` is the base a stale form is compared with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.PositiveIntegerField(_("revisi"), default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("dicatat oleh"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("dicatat pada"), db_default=ClockTimestamp(), editable=False)
    changed_at = models.DateTimeField(_("diubah pada"), db_default=ClockTimestamp(), editable=False)

    class Meta:
        abstract = True
        triggers = [RaiseRevision()]


def address_of(name: str, pk: UUID) -> str:
    """`reverse(name, args=[pk])` where the key is all that an address of this name asks for.

    The words around the key are looked up once: a list leads to fifty rows.
    """
    before, after = _around_key(name, get_urlconf())
    return f"{before}{pk}{after}"


@cache
def _around_key(name: str, urlconf: str | None) -> list[str]:
    some = UUID(int=0)
    return reverse(name, urlconf, args=[some]).split(str(some))
