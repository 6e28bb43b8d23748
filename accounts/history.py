"""History by trigger: every version of a row is kept, whoever changed it and by whatever path."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.db import models


def tracked(**options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    """Class decorator: keeps every version of a row in `<Model>Event`, written by triggers, never by Python.

    Rows of the event table hold the columns, the time, the kind of change and the context (who, on which page).
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options)


def named(source: str, name: str, *, by: models.Model | None = None) -> pghistory.context:
    """What no page does says so itself: `with history.named("import", "sentra-2026.xlsx", by=user): …`.

    source  "import" or "command"
    name    the file of an import, the name of a command
    by      whose doing it is; a command has nobody
    """
    return pghistory.context(source=source, name=name, user=by.pk if by else None)
