"""A verifier's review: one indicator at a time beside its evidence; shown at the address of the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assessment import permissions
from assessment.dossier import Dossier, last_return, open_dossier, sentra_of
from assessment.forms.review import ReviewForm
from assessment.instruments import check_ids
from assessment.models import Assessment, Evidence
from assessment.presentation import distance
from assessment.presentation.effects import effects_of
from assessment.presentation.result import headline
from assessment.presentation.review import Progress, Verdict, progress_of
from assessment.presentation.sheet import EvidenceTile, evidence_tile
from assessment.review import NotUnderReview, judge, under_review
from assessment.views import late
from assessment.views.offers import closing_of, offers
from assessment.views.sheet_page import place_of
from outbox.delivery import UnreadableForm, form_again

PAGE = "assessment/review.html"


@dataclass(frozen=True)
class Card:
    """One level to choose; `effect` is what it would change, empty for the level proposed."""

    number: int
    word: str
    wording: str
    is_chosen: bool
    is_proposed: bool
    effect: str


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence on the review page; `place` is empty where one of the two positions is unknown."""

    row: Evidence
    tile: EvidenceTile
    place: str
    is_shown: bool


def is_sent_by(request: HttpRequest) -> bool:
    """Whether the form of a review was sent, be the review over by now or not."""
    return "indicator" in request.POST


def review(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The indicator `?i=`, by default the first not looked at. The caller has asked who may."""
    dossier = open_dossier(assessment)
    code = request.GET.get("i", "")
    if code not in dossier.decision.scores:
        code = progress_of(dossier).first_open()
    form = ReviewForm(dossier, dossier.rules.indicators[code])
    return render(request, PAGE, _context(request, dossier, form))


def save(request: HttpRequest, pk: UUID) -> str | HttpResponse:
    """Store what a verifier says of one indicator; the work of `outbox.delivery.receive`."""
    try:
        assessment = under_review(pk, by=request.user)
    except Assessment.DoesNotExist as error:
        raise Http404 from error
    except NotUnderReview as refusal:
        return late.answer(request, pk, str(refusal), names=("reason", "note"))
    dossier = open_dossier(assessment)
    code = request.POST.get("indicator", "")
    if code not in dossier.decision.scores:
        raise UnreadableForm(_("Indikator ini tidak ada pada penilaian. Buka lagi halamannya, lalu isi lagi."))
    form = ReviewForm(dossier, dossier.rules.indicators[code], request.POST)
    if not form.is_valid():
        return form_again(request, form, PAGE, _context(request, dossier, form))
    _judge(dossier, form, by=request.user)
    if form.taken_sentence:
        messages.info(request, form.taken_sentence)
    return _next_address(assessment, progress_of(dossier), code)


def _judge(dossier: Dossier, form: ReviewForm, *, by: User) -> None:
    entered, answers = form.cleaned_data, form.answers()
    ids = check_ids(dossier.assessment.instrument_id) if answers else {}
    judge(
        form.score,
        level=entered["level"],
        reason=entered["reason"],
        note=entered["note"],
        proposed=form.proposed,
        checks={ids[code]: value for code, value in answers.items()},
        by=by,
    )


def _next_address(assessment: Assessment, before: Progress, code: str) -> str:
    """Where the review goes on: the next indicator, after the last one the first left out, else the assessment."""
    left_out = [tick.code for tick in before.ticks if tick.verdict == Verdict.OPEN and tick.code != code]
    following = before.neighbours(code)[1] or next(iter(left_out), None)
    if following is None:
        return assessment.get_absolute_url()
    return indicator_address(assessment, following)


def indicator_address(assessment: Assessment, code: str) -> str:
    """The review page of one indicator."""
    return f"{reverse('assessment:sheet', args=[assessment.pk])}?i={code}"


def _context(request: HttpRequest, dossier: Dossier, form: ReviewForm) -> dict[str, Any]:
    assessment, user, code = dossier.assessment, request.user, form.rule.code
    effects = effects_of(dossier, code)
    closing = closing_of(dossier, user)
    progress = closing.progress
    exhibits = _exhibits(dossier, code, request.GET.get("b", ""), user)
    returned = last_return(assessment)
    remarks = {remark.indicator.code: remark for remark in returned.remark_set.all()} if returned else {}
    before, after = progress.neighbours(code)
    return {
        "assessment": assessment,
        "place": place_of(assessment),
        "form": form,
        "rule": form.rule,
        "criterion": next(group for group in dossier.rules.criteria if form.rule in group.indicators),
        "cards": _cards(form, effects),
        "officer_note": dossier.proposal.scores[code].note,
        "remark": remarks.get(code),
        "returned": returned,
        "reviewed_by": form.score.reviewed_by,
        "exhibits": exhibits,
        "shown": next((exhibit for exhibit in exhibits if exhibit.is_shown), None),
        "progress": progress,
        "before": before,
        "after": after,
        "closing": closing,
        "headline": headline(closing.result, dossier.rules),
        "offers": offers(user, assessment, closing=closing),
    }


def _cards(form: ReviewForm, effects: dict[int, str]) -> list[Card]:
    chosen = form.chosen
    return [
        Card(
            number=level.number,
            word=level.word,
            wording=level.wording,
            is_chosen=level.number == chosen,
            is_proposed=level.number == form.proposed,
            effect=effects.get(level.number, ""),
        )
        for level in form.rule.levels
    ]


def _exhibits(dossier: Dossier, code: str, wanted: str, user: User) -> list[Exhibit]:
    """The evidence of an indicator; the one asked for is shown, else the first."""
    rows: Sequence[Evidence] = dossier.evidence.get(code, [])
    opens_papers = permissions.can_open_papers(user, dossier.assessment)
    shown = wanted if wanted in {str(row.pk) for row in rows} else str(rows[0].pk) if rows else ""
    return [
        Exhibit(
            row=row,
            tile=evidence_tile(row, opens_papers=opens_papers),
            place=_place(dossier, row),
            is_shown=str(row.pk) == shown,
        )
        for row in rows
    ]


def _place(dossier: Dossier, row: Evidence) -> str:
    sentra = sentra_of(dossier.assessment.product)
    if row.latitude is None or sentra is None or not sentra.has_position:
        return ""
    metres = distance.metres((row.latitude, row.longitude), (sentra.latitude, sentra.longitude))
    return distance.in_words(metres)
