"""`/`: one page, whose parts follow from the duties of who looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Role, active_duties, has_role
from ovop_site.home import desk, figures
from wilayah import names


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    officer = desk.officer_desk(user) if has_role(user, Role.OFFICER) else None
    verifier = desk.verifier_desk(user) if has_role(user, Role.VERIFIER) else None
    leader = _leader(user) if has_role(user, Role.LEADER) else None
    works = officer is not None or verifier is not None
    return render(
        request,
        "home/home.html",
        {
            "heading": _heading(officer, verifier, leader),
            "officer": officer,
            "verifier": verifier,
            "leader": leader,
            "is_assessor": has_role(user, Role.ASSESSOR),
            "papers": desk.lapsing_papers(user) if works else [],
            "unchecked": desk.unchecked_sentra(user) if works else [],
            "decided": desk.lately_decided(user) if works else [],
        },
    )


def _leader(user: User) -> dict:
    areas = [duty.wilayah for duty in active_duties(user) if duty.role == Role.LEADER]
    awards = figures.awards_in_force(user)
    return {
        "place": "; ".join(area.place_name if area else names.COUNTRY for area in areas),
        "matrix": figures.matrix(user),
        "criteria": figures.weakest_criteria(awards),
        "indicators": figures.weakest_indicators(awards),
    }


def _heading(officer: desk.OfficerDesk | None, verifier: desk.VerifierDesk | None, leader: dict | None) -> str:
    """The sentence the page begins with: of several duties, that of the one who acts."""
    if verifier and (not verifier.is_empty or not officer):
        return desk.verifier_heading(verifier)
    if officer:
        return desk.officer_heading(officer)
    if leader:
        return figures.heading(leader["matrix"], leader["criteria"])
    return _("Selamat datang")
