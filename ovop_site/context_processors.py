"""What every page may know: the name, whether this is the demo, and the places and duties of who is signed in."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.models import Duty
from ovop_site.guides.pages import guide_of
from wilayah import names


@dataclass(frozen=True)
class Place:
    """One entry of the navigation; `prefixes` are the paths under which it is marked as the current one."""

    label: str
    icon: str
    url: str
    prefixes: tuple[str, ...]
    current: bool = False


HOME = Place(_("Beranda"), "beranda", "/", ())
CATALOGUE = Place(
    _("Sentra"),
    "sentra",
    "/sentra/",
    ("/sentra/", "/ikm/", "/produk/", "/sertifikat/", "/foto/", "/catatan/", "/kembar/", "/saringan/"),
)
ASSESSMENTS = Place(_("Penilaian"), "nilai", "/penilaian/", ("/penilaian/",))
PEOPLE = Place(_("Pengguna"), "orang2", "/pengguna/", ("/pengguna/",))


class Site:
    """Read by templates only; each property is worked out when a page asks for it, so that bare pages ask nothing."""

    name = "Sentra OVOP"

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.demo = settings.DEMO

    @cached_property
    def _duties(self) -> list[Duty]:
        user = getattr(self._request, "user", None)
        return permissions.active_duties(user) if user is not None else []

    @property
    def searches(self) -> bool:
        """Whether there is anything to be found: records of the catalogue are seen under a duty alone."""
        return any(duty.role in permissions.CATALOGUE_READERS for duty in self._duties)

    @property
    def _keeps_people(self) -> bool:
        """Asked of signed-in people only: the predicate of staff takes two queries."""
        user = getattr(self._request, "user", None)
        return user is not None and bool(permissions.managed_areas(user))

    @cached_property
    def places(self) -> list[Place]:
        """At most four places, only those the user may use.

        One query, shared with every other check of duties; two more for staff.
        """
        path = self._request.path
        places = [HOME]
        if self.searches:
            places += [CATALOGUE, ASSESSMENTS]
        if self._keeps_people:
            places.append(PEOPLE)
        return [
            Place(p.label, p.icon, p.url, p.prefixes, path == p.url or path.startswith(p.prefixes or ("\0",)))
            for p in places
        ]

    @cached_property
    def duties(self) -> list[str]:
        """The duties of the user in words: "Petugas lapangan, Kec. Salem, Kab. Brebes"."""
        return [f"{duty.get_role_display()}, {_place_name(duty)}" for duty in self._duties]

    @property
    def guide(self) -> str:
        """The address of the part of a guide that explains this page; empty where none does."""
        return guide_of(self._request)

    @cached_property
    def dinas(self) -> str:
        """The office that stands on paper: the dinas of the first duty; without duties the name of the site."""
        if not self._duties:
            return self.name
        wilayah = self._duties[0].wilayah
        return wilayah.dinas_name if wilayah else names.MINISTRY


def _place_name(duty: Duty) -> str:
    return duty.wilayah.place_name if duty.wilayah else names.COUNTRY


def site(request: HttpRequest) -> dict:
    return {"site": Site(request)}
