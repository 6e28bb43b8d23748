"""What lies on the desk of an officer and of a verifier today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Prefetch, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Role, inside_q
from assessment.models import Assessment, Decision, Remark, Score, ScoreSheet, Step
from assessment.models.assessment import AssessmentQuerySet
from sentra.arrays import OneOf
from sentra.models import Certificate, Comparison, Sentra
from sentra.models.certificate import SOON_DAYS
from sentra.overview import number_word

State = Assessment.State
ROWS_SHOWN = 20
PAPERS_SHOWN = 8
SENTRA_SHOWN = 5
DECIDED_SHOWN = 3


@dataclass(frozen=True)
class Pile:
    """Assessments in one state, the longest waiting first: at most `ROWS_SHOWN` of them, and how many there are."""

    state: State
    rows: Sequence[Assessment] = ()
    total: int = 0

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True)
class OfficerDesk:
    """The open assessments of an officer.

    `remarks` is the step that sent a returned one back, `filled` how far a draft is; both by primary key of the
    assessment, see `_remarks` and `_filled`.
    """

    returned: Pile
    drafts: Pile
    sent: tuple[Pile, ...]
    remarks: dict[UUID, Step]
    filled: dict[UUID, dict[str, Any]]

    @property
    def has_sent(self) -> bool:
        return any(pile.rows for pile in self.sent)


@dataclass(frozen=True)
class VerifierDesk:
    """What waits for a verifier: sent and not begun, under review, and what only an officer who is gone could end.

    `twins` counts the pairs of records that were found to be the same or may be.
    """

    submitted: Pile
    in_review: Pile
    orphaned: tuple[Pile, ...]
    twins: int = 0

    @property
    def orphaned_total(self) -> int:
        return sum(pile.total for pile in self.orphaned)

    @property
    def is_empty(self) -> bool:
        return not (self.submitted.total or self.in_review.total or self.orphaned_total)


def officer_desk(user: User) -> OfficerDesk:
    """The open assessments of an officer; up to 4 queries."""
    piles = _piles(Assessment.objects.open().filter(officer=user))
    returned, drafts = piles[State.RETURNED], piles[State.DRAFT]
    return OfficerDesk(
        returned=returned,
        drafts=drafts,
        sent=(piles[State.SUBMITTED], piles[State.IN_REVIEW]),
        remarks=_remarks(returned.rows),
        filled=_filled(drafts.rows),
    )


def verifier_desk(user: User) -> VerifierDesk:
    """What a verifier can act on, own proposals left out; two queries."""
    waiting = Assessment.objects.waiting_for_verifier().exclude(officer=user)
    piles = _piles(
        (waiting | Assessment.objects.open().orphaned()).filter(inside_q(user, "wilayah__code", Role.VERIFIER))
    )
    return VerifierDesk(
        submitted=piles[State.SUBMITTED],
        in_review=piles[State.IN_REVIEW],
        orphaned=(piles[State.DRAFT], piles[State.RETURNED]),
        twins=Comparison.objects.waiting_for(user).count(),
    )


def _piles(assessments: AssessmentQuerySet) -> dict[State, Pile]:
    """The open `assessments` by state; one query, which reads no more rows than are shown."""
    ranked = assessments.in_a_line().annotate(
        place=Window(RowNumber(), partition_by=F("state"), order_by=["state_since", "pk"]),
        total=Window(Count("pk"), partition_by=F("state")),
    )
    by_state: dict[State, list[Assessment]] = {state: [] for state in Assessment.OPEN}
    for row in ranked.filter(place__lte=ROWS_SHOWN).order_by("place"):
        by_state[State(row.state)].append(row)
    return {state: Pile(state, rows, rows[0].total if rows else 0) for state, rows in by_state.items()}


def _remarks(returned: Sequence[Assessment]) -> dict[UUID, Step]:
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


def _filled(drafts: Sequence[Assessment]) -> dict[UUID, dict[str, Any]]:
    """Of each draft how many indicators are `scored` and `applying` (int), and its `last_change` (datetime)."""
    if not drafts:
        return {}
    counted = (
        Score.objects.filter(sheet__assessment__in=drafts, sheet__kind=ScoreSheet.Kind.PROPOSAL)
        .values("sheet__assessment")
        .annotate(scored=Count("level"), applying=Count("pk"), last_change=Max("changed_at"))
        .order_by()
    )
    return {row["sheet__assessment"]: row for row in counted}


def lapsing_papers(user: User, on: date | None = None) -> list[Certificate]:
    """Certificates inside the duties of `user` that lapse within 90 days or lapsed in the last 90; at most eight."""
    on = on or timezone.localdate()
    papers = (
        Certificate.objects.papers_open_to(user)
        .in_use()
        .filter(expires__range=(on - timedelta(SOON_DAYS), on + timedelta(SOON_DAYS)))
        .select_related("sentra", "ikm", "product")
        .only("kind", "expires", "sentra__name", "ikm__name", "product__name")
        .order_by("expires")
    )
    return list(papers[:PAPERS_SHOWN])


def unchecked_sentra(user: User, on: date | None = None) -> list[Sentra]:
    """Sentra inside the duties of `user` that nobody checked for a year, at most five; one query."""
    to_check = Sentra.objects.editable_by(user).to_check(on or timezone.localdate())
    return list(to_check.select_related("wilayah").only("name", "checked_on", "wilayah__name")[:SENTRA_SHOWN])


def lately_decided(user: User) -> list[Decision]:
    """The three last awards in force that `user` may see, with their product; one query.

    It finds their keys first: else PostgreSQL would look up the product of every decision there is.
    """
    visible = Assessment.objects.visible_to(user).filter(state=State.DECIDED)
    awards = Decision.objects.filter(assessment__in=visible, kind=Decision.Kind.AWARD).order_by("-number")
    return list(
        Decision.objects.filter(OneOf("pk", awards.values("pk")[:DECIDED_SHOWN]))
        .select_related("assessment__product")
        .only("star", "total", "criteria", "assessment__product__name")
        .order_by("-number")
    )


def officer_heading(desk: OfficerDesk) -> str:
    """What waits for the officer, counted in a sentence."""
    returned, drafts = desk.returned.total, desk.drafts.total
    if returned and drafts:
        sentence = _("%(returned)s penilaian dikembalikan, %(drafts)s draf menunggu Anda")
    elif returned:
        sentence = _("%(returned)s penilaian dikembalikan kepada Anda")
    elif drafts:
        sentence = _("%(drafts)s draf menunggu Anda")
    else:
        return _("Tidak ada yang menunggu Anda")
    return _capital(sentence % {"returned": number_word(returned), "drafts": number_word(drafts)})


def verifier_heading(desk: VerifierDesk) -> str:
    """What waits for the verifier, counted in a sentence."""
    sent, begun, orphaned = desk.submitted.total, desk.in_review.total, desk.orphaned_total
    if sent and begun:
        sentence = _("%(sent)s penilaian menunggu ditinjau, %(begun)s sedang ditinjau")
    elif sent:
        sentence = _("%(sent)s penilaian menunggu ditinjau")
    elif begun:
        sentence = _("%(begun)s penilaian sedang ditinjau")
    elif orphaned:
        sentence = _("%(orphaned)s penilaian ditinggalkan petugasnya")
    else:
        return _("Tidak ada penilaian yang menunggu dinas")
    words = {"sent": number_word(sent), "begun": number_word(begun), "orphaned": number_word(orphaned)}
    return _capital(sentence % words)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
