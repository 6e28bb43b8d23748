"""A form that arrived after its session had ended, kept for half an hour until the same person signs in again.

Who it was, the session can no longer tell; a signed cookie of the last sign-in does, which signing out removes. The
form lies encrypted in the cache; nobody but that person gets it back, and nobody sends it but by pressing a button.
"""

import json
import secrets
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts import encryption
from accounts.models import User
from accounts.refusals import wants_json
from accounts.unsent import form_address

KEPT_FOR = 30 * 60
# A score sheet of every indicator with notes takes a tenth of it.
MOST_LETTERS = 200_000
COOKIE, COOKIE_AGE = "pemakai", 30 * 24 * 3600
SESSION_KEY = "kept_form"
PURPOSE = "accounts.kept"


@dataclass(frozen=True)
class Kept:
    """One form: whose it is, where it was sent to, the page it stood on, its fields, the number of its lost files."""

    user: int
    action: str
    page: str
    fields: str
    files: int

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(name, value) of every field, in the order they were sent."""
        return [(name, value) for name, values in QueryDict(self.fields).lists() for value in values]


def remember_person(response: HttpResponse, user: User) -> None:
    """Let the browser remember, for this room alone, who signed in."""
    response.set_cookie(
        COOKIE,
        signing.dumps(user.pk, salt=PURPOSE),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_person(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE)


def keep(request: HttpRequest) -> bool:
    """Keep the form of this POST for who signed in here last; False where that is unknown or it is not to be kept.

    Only forms that are delivered once (`outbox.delivery`) are: sending one of them again does no harm, and none holds a
    password. A script keeps its form itself.
    """
    person = _person(request)
    if person is None or "idempotency_key" not in request.POST or wants_json(request):
        return False
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    form = Kept(person, request.get_full_path(), form_address(request), fields.urlencode(), len(request.FILES))
    text = json.dumps(asdict(form))
    if len(text) > MOST_LETTERS:
        return False
    key = secrets.token_urlsafe(16)
    cache.set(_cache_key(key), encryption.encrypt(text, purpose=PURPOSE), KEPT_FOR)
    request.session[SESSION_KEY] = key
    return True


def kept_for(request: HttpRequest) -> Kept | None:
    """The form kept for whoever is signed in, if there still is one; that of somebody else is thrown away."""
    key = request.session.get(SESSION_KEY)
    encrypted = cache.get(_cache_key(key)) if key else None
    text = encryption.decrypt(encrypted, purpose=PURPOSE) if encrypted else None
    form = Kept(**json.loads(text)) if text else None
    if form is None or form.user != request.user.pk:
        request.session.pop(SESSION_KEY, None)
        cache.delete(_cache_key(key or ""))
        return None
    return form


def _person(request: HttpRequest) -> int | None:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=PURPOSE, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return None


def _cache_key(key: str) -> str:
    return f"{PURPOSE}:{key}"
