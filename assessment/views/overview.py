"""What the page of an open or withdrawn assessment shows."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.models import User
from assessment import permissions
from assessment.dossier import Dossier, open_dossier, steps_of
from assessment.forms.step import StepForm
from assessment.models import Assessment, Remark, Step
from assessment.presentation import reasons, result, sending, situation
from assessment.presentation.steps import step_lines
from assessment.readiness import readiness_of
from assessment.views.offers import closing_of, offers
from sentra.permissions import can_see as can_see_product

State = Assessment.State


def overview_context(user: User, assessment: Assessment, refused: StepForm | None) -> dict[str, Any]:
    """The officer sees the proposal and what it lacks; a verifier the proposal, in a review what would be decided.

    Sending is offered once nothing stops it; until then the advice says what does.
    """
    dossier, steps = open_dossier(assessment), steps_of(assessment)
    is_own = assessment.officer_id == user.pk
    closing = closing_of(dossier, user) if assessment.state == State.IN_REVIEW and not is_own else None
    found = closing.result if closing else dossier.proposal_result
    may_edit = permissions.can_edit(user, assessment)
    returned = steps[-1] if assessment.state == State.RETURNED else None
    remarks = [(remark, _is_mended(dossier, remark)) for remark in returned.remark_set.all()] if returned else []
    open_remarks = sum(not is_mended for _remark, is_mended in remarks)
    return {
        "assessment": assessment,
        "advice": _advice(user, dossier, steps, open_remarks),
        "is_own": is_own,
        "may_edit": may_edit,
        "product_url": assessment.product.get_absolute_url() if can_see_product(user, assessment.product) else "",
        "sheet_url": reverse("assessment:sheet", args=[assessment.pk]),
        "headline": result.headline(found, dossier.rules),
        "bars": result.bars(found),
        "limits": reasons.limits(found, dossier.rules),
        "eliminations": reasons.elimination_reasons(found),
        "nominations": reasons.nominations(found, assessment.authority),
        "closing": closing,
        "returned": returned,
        "remarks": remarks,
        "is_ready": readiness_of(dossier).may_be_sent and not open_remarks,
        "lines": _lines(dossier) if may_edit else [],
        "evidence_count": len(dossier.evidence_rows),
        "steps": step_lines(steps),
        "offers": [
            offer
            for offer in offers(user, assessment, closing=closing, refused=refused)
            if offer.action != "kirim" or readiness_of(dossier).may_be_sent
        ],
    }


def _is_mended(dossier: Dossier, remark: Remark) -> bool:
    """Whether the officer changed the indicator after it was sent back."""
    return dossier.proposal.scores[remark.indicator.code].changed_at > remark.step.at


def _advice(user: User, dossier: Dossier, steps: Sequence[Step], open_remarks: int) -> str:
    assessment = dossier.assessment
    is_own = assessment.officer_id == user.pk
    if assessment.is_editable and not permissions.is_proposer(user, assessment) and permissions.is_orphaned(assessment):
        return situation.orphan_advice(assessment, is_own=is_own)
    if is_own:
        return situation.officer_advice(assessment, readiness_of(dossier), open_remarks)
    keeper = next((str(step.actor) for step in reversed(steps) if step.action == "tinjau"), "")
    return situation.verifier_advice(assessment, keeper=keeper)


def _lines(dossier: Dossier) -> list[sending.Line]:
    """What stops the sending, what costs, what is in order."""
    found, authority = dossier.proposal_result, dossier.assessment.authority
    return sending.lines_of(readiness_of(dossier), found, dossier.rules, authority=authority)
