"""The devices somebody is signed in on: which they are, in words, and how they are signed out."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.models import User

SEEN_KEY = "seen_at"
NOTED_FOR = 15 * 60

# The first that fits; browsers name their ancestors too, so the particular comes before the general.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("UC Browser", r"UCBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone|iPod"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


@dataclass(frozen=True)
class Device:
    """One session. `name` is "Chrome di Android"; `number` is what a button sends to end it."""

    number: int
    name: str
    address: str
    signed_in_at: datetime
    last_seen_at: datetime
    is_this: bool


def devices(request: HttpRequest) -> list[Device]:
    """Where whoever is signed in is signed in, this device first, then the one last seen.

    Leaves out what has ended by itself: after two weeks, or with the password it was opened with. Two queries.
    """
    kept = {session.session_key: session for session in request.user.usersession_set.all()}
    stored = Session.objects.filter(session_key__in=kept, expire_date__gt=timezone.now())
    alive = [kept[row.session_key] for row in stored if _is_of(row, request.user)]
    found = [_device(session, request) for session in alive]
    return sorted(found, key=lambda device: (device.is_this, device.last_seen_at), reverse=True)


def note_seen(request: HttpRequest) -> None:
    """Note that this device is in use, where that was noted `NOTED_FOR` seconds ago or never.

    Four queries then, none otherwise. Writing the session prolongs it by its two weeks.
    """
    now = int(time.time())
    if now - request.session.get(SEEN_KEY, 0) < NOTED_FOR:
        return
    UserSession.objects.create_from_request(request)
    request.session[SEEN_KEY] = now


def end_others(request: HttpRequest) -> int:
    """Sign out everywhere but here; how many devices that were."""
    return end(request.user.usersession_set.exclude(session_key=request.session.session_key))


def end_one(user: User, number: int) -> int:
    """Sign out the device `number` of `user`; 0 where it is gone already."""
    return end(user.usersession_set.filter(pk=number))


def end(sessions: Iterable[UserSession]) -> int:
    """Sign these devices out; how many."""
    found = list(sessions)
    for session in found:
        session.end()
    return len(found)


def name_of(user_agent: str) -> str:
    """The browser and the system in `user_agent` in words: "Chrome di Android"."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Perangkat tidak dikenal")


def _first(patterns: Iterable[tuple[str, str]], user_agent: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, user_agent)), "")


def _is_of(row: Session, user: User) -> bool:
    """Whether `row` still opens the account: a changed password leaves it behind without effect."""
    known = row.get_decoded().get(HASH_SESSION_KEY, "")
    return any(constant_time_compare(known, own) for own in _hashes(user))


def _hashes(user: User) -> Iterator[str]:
    yield user.get_session_auth_hash()
    yield from user.get_session_auth_fallback_hash()


def _device(session: UserSession, request: HttpRequest) -> Device:
    return Device(
        number=session.pk,
        name=name_of(session.user_agent),
        address=session.ip,
        signed_in_at=session.created_at,
        last_seen_at=session.last_seen_at,
        is_this=session.session_key == request.session.session_key,
    )
