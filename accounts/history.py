"""History by trigger: every version of a row is kept, whoever changed it and by whatever path."""

from collections.abc import Callable, Sequence
from typing import Any

import pghistory
from django.db import models


def tracked(*, read_by: Sequence[str] = (), **options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    """Class decorator: keeps every version of a row in `<Model>Event`, written by triggers, never by Python.

    Rows of the event table hold the columns, the time, the kind of change and the context (who, on which page). They
    are read by the key of their row; `read_by` names foreign keys by which those of several rows are read as well.
    Nothing else has an index there: each would cost something with every write (docs/adr/0063).
    """

    def track(model: type[models.Model]) -> type[models.Model]:
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            meta={"indexes": [_event_index(model, name) for name in read_by]},
            **options,
        )(model)

    return track


def _event_index(model: type[models.Model], name: str) -> models.Index:
    return models.Index(
        fields=[name],
        condition=models.Q(**{f"{name}__isnull": False}),
        name=f"{model._meta.model_name}_event_{name}",
    )


def named(source: str, name: str, *, by: models.Model | None = None) -> pghistory.context:
    """What no page does says so itself: `with history.named("import", "sentra-2026.xlsx", by=user): …`.

    source  "import" or "command"
    name    the file of an import, the name of a command
    by      whose doing it is; a command has nobody
    """
    return pghistory.context(source=source, name=name, user=by.pk if by else None)
