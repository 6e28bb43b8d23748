"""A form that arrived after its session had expired: where it came from, and what of it must be entered again.

What was typed is kept only for who signed in here last (`accounts.kept`): the next on this phone may be somebody else.
"""

from dataclasses import asdict, dataclass
from urllib.parse import urlsplit, urlunsplit

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

SESSION_KEY = "unsent_form"
# What a form sends without anybody having typed it.
HIDDEN = {"csrfmiddlewaretoken", "idempotency_key", "id", "revision", "seen", "next"}


@dataclass(frozen=True)
class Unsent:
    """One form that was not taken: how many entries were typed or chosen, how many files, and whether it is kept."""

    entries: int
    files: int
    is_kept: bool = False

    @property
    def is_step(self) -> bool:
        """Whether nothing was entered: a button alone was pressed."""
        return not self.entries and not self.files

    def sentence(self) -> str:
        if self.is_step:
            return _("Sesi Anda sempat berakhir, jadi langkah tadi belum dijalankan. Tekan lagi tombolnya.")
        if self.files:
            return _(
                "Sesi Anda sempat berakhir, jadi yang baru Anda isi belum tersimpan. Isi lagi, pilih lagi foto atau"
                " berkasnya, lalu simpan."
            )
        return _("Sesi Anda sempat berakhir, jadi yang baru Anda isi belum tersimpan. Isi lagi, lalu simpan.")


def remember(request: HttpRequest, *, is_kept: bool = False) -> None:
    """Note in the session, which is a new and anonymous one, that the form of this POST was not taken."""
    typed = [key for key, value in request.POST.items() if key not in HIDDEN and value.strip()]
    request.session[SESSION_KEY] = asdict(Unsent(len(typed), len(request.FILES), is_kept))


def peek(session: SessionBase) -> Unsent | None:
    """The lost form noted in `session`, if any."""
    noted = session.get(SESSION_KEY)
    return Unsent(**noted) if noted else None


def pop(session: SessionBase) -> Unsent | None:
    """Like `peek`, and forgets it."""
    noted = peek(session)
    session.pop(SESSION_KEY, None)
    return noted


def form_address(request: HttpRequest) -> str:
    """The page the form stood on: the referring page of this site, else the address it was sent to.

    A button often posts to an address that shows nothing itself, so the referring page comes first.
    """
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(referer)
    # SECURITY: two slashes at the beginning would lead to another site.
    return urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, ""))
