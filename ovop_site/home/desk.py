"""What lies on the desk of an officer and of a verifier today."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import CATALOGUE_EDITORS, Role, inside_q
from assessment.models import Assessment, Decision, Remark, ScoreSheet, Step
from sentra.models import Certificate
from sentra.overview import SOON_DAYS, number_word

State = Assessment.State
SHOWN = 8


@dataclass(frozen=True)
class Desk:
    """Assessments by what has to be done with them; `remarks` by primary key of the returned assessment."""

    returned: list[Assessment] = field(default_factory=list)
    drafts: list[Assessment] = field(default_factory=list)
    sent: list[Assessment] = field(default_factory=list)
    remarks: dict = field(default_factory=dict)


def officer_desk(user: User) -> Desk:
    """The open assessments of an officer, the longest waiting first; 2 queries.

    Each row carries `scored` and `applying` (indicators of the proposal) and `last_change` (datetime).
    """
    proposal = Q(sheet_set__kind=ScoreSheet.Kind.PROPOSAL)
    own = (
        Assessment.objects.open()
        .filter(officer=user)
        .with_subject()
        .annotate(
            scored=Count("sheet_set__score_set", filter=proposal & Q(sheet_set__score_set__level__isnull=False)),
            applying=Count("sheet_set__score_set", filter=proposal),
            last_change=Max("sheet_set__score_set__changed_at", filter=proposal),
        )
        .order_by("state_since")
    )
    by_state = defaultdict(list)
    for assessment in own:
        by_state[assessment.state].append(assessment)
    returned = by_state[State.RETURNED]
    return Desk(
        returned=returned,
        drafts=by_state[State.DRAFT],
        sent=by_state[State.SUBMITTED] + by_state[State.IN_REVIEW],
        remarks=_remarks(returned),
    )


def _remarks(returned: list[Assessment]) -> dict:
    """The latest return step of each assessment with its remarks; one query and its prefetch where there are any."""
    if not returned:
        return {}
    steps = (
        Step.objects.filter(assessment__in=returned, action="kembalikan")
        .order_by("assessment_id", "-pk")
        .distinct("assessment_id")
        .prefetch_related(Prefetch("remark_set", Remark.objects.select_related("indicator")))
    )
    return {step.assessment_id: step for step in steps}


def verifier_desk(user: User) -> Desk:
    """What waits for a verifier: sent and not begun, and under review; the longest waiting first. One query."""
    waiting = (
        Assessment.objects.waiting_for_verifier()
        .filter(inside_q(user, "wilayah__code", Role.VERIFIER))
        .exclude(officer=user)
        .with_subject()
        .order_by("state_since")
    )
    rows = list(waiting)
    return Desk(
        drafts=[row for row in rows if row.state == State.IN_REVIEW],
        sent=[row for row in rows if row.state == State.SUBMITTED],
    )


def lapsing_papers(user: User, on: date | None = None) -> list[Certificate]:
    """Certificates inside the duties of `user` that lapse within 90 days or lapsed in the last 90; at most eight."""
    on = on or timezone.localdate()
    where = Q()
    for subject in ("sentra", "ikm", "product"):
        where |= inside_q(user, f"{subject}__wilayah__code", *CATALOGUE_EDITORS)
    papers = (
        Certificate.objects.filter(where, expires__range=(on - timedelta(SOON_DAYS), on + timedelta(SOON_DAYS)))
        .select_related("sentra", "ikm", "product")
        .order_by("expires")
    )
    return list(papers[:SHOWN])


def lately_decided(user: User) -> list[Decision]:
    """The three last awards in force that `user` may see, with product and area; one query."""
    visible = Assessment.objects.visible_to(user).filter(state=State.DECIDED)
    return list(
        Decision.objects.filter(assessment__in=visible, kind=Decision.Kind.AWARD)
        .select_related("assessment__product__ikm", "assessment__wilayah")
        .order_by("-number")[:3]
    )


def officer_heading(desk: Desk) -> str:
    """What waits for the officer, counted in a sentence."""
    returned, drafts = len(desk.returned), len(desk.drafts)
    if returned and drafts:
        sentence = _("%(returned)s penilaian dikembalikan, %(drafts)s draf menunggu Anda")
    elif returned:
        sentence = _("%(returned)s penilaian dikembalikan kepada Anda")
    elif drafts:
        sentence = _("%(drafts)s draf menunggu Anda")
    else:
        return _("Tidak ada yang menunggu Anda")
    return _capital(sentence % {"returned": number_word(returned), "drafts": number_word(drafts)})


def verifier_heading(desk: Desk) -> str:
    """What waits for the verifier, counted in a sentence."""
    sent, begun = len(desk.sent), len(desk.drafts)
    if sent and begun:
        sentence = _("%(sent)s penilaian menunggu ditinjau, %(begun)s sedang ditinjau")
    elif sent:
        sentence = _("%(sent)s penilaian menunggu ditinjau")
    elif begun:
        sentence = _("%(begun)s penilaian sedang ditinjau")
    else:
        return _("Tidak ada penilaian yang menunggu dinas")
    return _capital(sentence % {"sent": number_word(sent), "begun": number_word(begun)})


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
