"""Who may open a file: each room above registers which rows use files and which of these rows a person may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from files.models import StoredFile


@dataclass(frozen=True)
class Use:
    """Rows that point to a file through `field`: all of them, and those whose file `user` may open."""

    field: str
    attached: Callable[[], QuerySet]
    visible: Callable[[User], QuerySet]


_uses: dict[str, Use] = {}


def register(
    name: str,
    *,
    attached: Callable[[], QuerySet],
    visible: Callable[[User], QuerySet],
    field: str = "file",
) -> None:
    """Enter a use of files under `name` ("sentra.photo"); both callables return querysets of the same model."""
    _uses[name] = Use(field, attached, visible)


def visible_files(user: User) -> QuerySet[StoredFile]:
    """The received files `user` may open: those of a row a room shows, and own uploads no row of any room uses.

    Each use is asked by EXISTS on the column of its key, so that one file costs a few index look-ups however many
    rows there are, and an empty key (NULL) never counts. One query, and one more for the duties of `user`.
    """
    shown, free = Q(), Q(uploaded_by=user)
    for use in _uses.values():
        shown |= Exists(use.visible(user).filter(**{use.field: OuterRef("pk")}))
        free &= ~Exists(use.attached().filter(**{use.field: OuterRef("pk")}))
    return StoredFile.objects.filter(shown | free, state=StoredFile.State.RECEIVED)
