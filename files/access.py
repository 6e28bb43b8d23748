"""Who may open a file: each room above registers which files it uses and which of them a person may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from files.models import StoredFile


@dataclass(frozen=True)
class Room:
    """`attached()` gives the ids of all files the room uses, `visible(user)` those of them that `user` may open."""

    attached: Callable[[], QuerySet]
    visible: Callable[[User], QuerySet]


_rooms: dict[str, Room] = {}


def register(name: str, *, attached: Callable[[], QuerySet], visible: Callable[[User], QuerySet]) -> None:
    """Enter the room `name`; both callables return querysets of StoredFile ids (`values("file")`)."""
    _rooms[name] = Room(attached, visible)


def visible_files(user: User) -> QuerySet[StoredFile]:
    """The received files `user` may open: what a room shows, and what the user uploaded while no room uses it."""
    shown = Q()
    unattached = Q(uploaded_by=user)
    for room in _rooms.values():
        shown |= Q(pk__in=room.visible(user))
        unattached &= ~Q(pk__in=room.attached())
    return StoredFile.objects.filter(shown | unattached, state=StoredFile.State.RECEIVED)
