"""Pages of area changes: which closed areas still hold something, one of them with its parts, and single rows."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import fresh
from accounts.models import User
from outbox.delivery import form_again, receive
from ovop_site.area_changes import lying, moving
from ovop_site.area_changes.forms import ChoosingForm, PlacesForm, Row, RowsForm, row_of_duty
from ovop_site.area_changes.lying import KINDS, Place, in_words
from ovop_site.area_changes.permissions import moving_areas
from wilayah import codes
from wilayah.models import Wilayah

# Areas, or rows of one area, on a page; what was moved leaves room for the next.
SHOWN = 100


@dataclass
class Group:
    """The closed areas inside the outermost closed one."""

    area: Wilayah
    places: list[Place] = field(default_factory=list)

    @property
    def words(self) -> str:
        return in_words(sum((place.counter for place in self.places), Counter()))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _require_mover(request.user)
    groups = _groups(lying.places(request.user))
    return render(request, "area_changes/index.html", {"groups": groups, "shows_admin": _keeps_areas(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Everything in the closed areas inside `code`; the page is gone with the last of it."""
    _require_mover(request.user)
    if request.method == "POST" and (question := fresh.ask(request)):
        return question
    found = _places(request, code)
    outer = Wilayah.objects.filter(pk=code).first()
    if outer is None or (request.method != "POST" and not found):
        raise Http404
    context = {
        "area": outer,
        "more": max(len(found) - SHOWN, 0),
        "words_of": {place.area.code: in_words(place.counter) for place in found},
        "shows_admin": _keeps_areas(request.user),
    }
    return _page(
        request,
        "area_changes/area.html",
        lambda data: PlacesForm(data, places=found[:SHOWN]),
        lambda form: moving.move_places(chosen=form.moves, places=found, by=request.user),
        context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows in exactly the closed area `code`, each with a choice of its own."""
    _require_mover(request.user)
    if request.method == "POST" and (question := fresh.ask(request)):
        return question
    place = next((place for place in _places(request, code) if place.area.code == code), None)
    if place is None and request.method == "POST":
        # All of it was moved meanwhile, which the form says.
        place = Place(get_object_or_404(Wilayah, pk=code))
    elif place is None or not place.targets:
        raise Http404
    listed = _rows_in(place)
    return _page(
        request,
        "area_changes/rows.html",
        lambda data: RowsForm(data, rows=listed[:SHOWN], targets=place.targets),
        lambda form: moving.move_rows(chosen=form.moves, place=place, by=request.user),
        {"area": place.area, "more": max(len(listed) - SHOWN, 0)},
    )


def _page(request: HttpRequest, template: str, make_form, move, context: dict) -> HttpResponse:
    if request.method != "POST":
        return render(request, template, {"form": make_form(None)} | context)

    def work() -> str | HttpResponse:
        form: ChoosingForm = make_form(request.POST)
        if not form.is_valid():
            return form_again(request, form, template, context)
        moved = move(form)
        messages.success(request, _("Dipindahkan: %(what)s.") % {"what": in_words(moved) or _("tidak ada lagi")})
        return reverse("area_changes:list")

    return receive(request, work)


def _places(request: HttpRequest, code: str) -> list[Place]:
    if not codes.is_code(code):
        raise Http404
    return lying.places(request.user, within=code)


def _rows_in(place: Place) -> list[Row]:
    """At most one more than fit, of each kind. Three queries."""
    found = []
    for kind in moving.MOVED:
        listed = lying.rows_of_kinds()[kind].filter(wilayah=place.area).order_by("name", "pk")[: SHOWN + 1]
        found += [Row(row, str(KINDS[kind]), row.name, getattr(row, "address", "")) for row in listed]
    return found + [row_of_duty(duty) for duty in place.duties]


def _groups(found: list[Place]) -> list[Group]:
    """By the outermost closed area. One query."""
    above = {code for place in found for code in codes.ancestors(place.area.code)}
    closed = lying.closed_inside([codes.NATIONAL]).in_bulk(above)
    groups: dict[str, Group] = {}
    for place in found:
        outer = next((closed[code] for code in codes.ancestors(place.area.code) if code in closed), place.area)
        groups.setdefault(outer.code, Group(outer)).places.append(place)
    return list(groups.values())


def _require_mover(user: User) -> None:
    if not moving_areas(user):
        raise PermissionDenied(
            _("Halaman ini untuk verifikator dan admin, yang memindahkan data ke wilayah pengganti.")
        )


def _keeps_areas(user: User) -> bool:
    """Whether successors can be entered by this user, in the admin."""
    return user.is_staff and codes.NATIONAL in moving_areas(user)
