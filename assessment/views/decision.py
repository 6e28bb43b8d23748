"""What the page of a decided, eliminated or revoked assessment shows: the frozen decision, nothing computed again."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessment import chain, decided
from assessment.dossier import steps_of
from assessment.forms.step import StepForm
from assessment.models import Assessment, Decision
from assessment.permissions import can_appeal
from assessment.presentation import reasons, result
from assessment.presentation.steps import step_lines
from assessment.presentation.table import criterion_rows, indicator_groups
from assessment.presentation.way import way_of
from assessment.views.offers import offers
from sentra.permissions import can_see as can_see_product

Kind = Decision.Kind


def decision_context(user: User, assessment: Assessment, refused: StepForm | None) -> dict[str, Any]:
    """`decision` is the award or elimination, `revocation` the link that took it back, or None.

    Raises decided.Unreadable where the text is not what was written.
    """
    links = {decision.kind: decision for decision in assessment.decision_set.all()}
    judged, revocation = links.get(Kind.AWARD) or links[Kind.ELIMINATION], links.get(Kind.REVOCATION)
    steps = steps_of(assessment)
    return {
        "assessment": assessment,
        "decision": judged,
        "revocation": revocation,
        "revoking": steps[-1] if revocation else None,
        "decided_on": timezone.localdate(judged.decided_at, assessment.wilayah.zone.tzinfo),
        "is_expired": _is_expired(judged, assessment),
        "fault": chain.fault_of(judged) or (chain.fault_of(revocation) if revocation else ""),
        "product_url": assessment.product.get_absolute_url() if can_see_product(user, assessment.product) else "",
        "sheet_url": reverse("assessment:sheet", args=[assessment.pk]),
        "may_appeal": can_appeal(user, assessment),
        "steps": step_lines(steps),
        "offers": offers(user, assessment, refused=refused),
        **_content_context(judged),
    }


def _content_context(judged: Decision) -> dict[str, Any]:
    with decided.as_written(judged):
        content = decided.read(judged)
        return {
            "content": content,
            "criteria": criterion_rows(content),
            "indicators": indicator_groups(content),
            "changes": content.changes(decided.reasons_of(judged)),
            **_result_context(content),
        }


def _result_context(content: decided.Decided) -> dict[str, Any]:
    found, rules = content.result, content.rules
    return {
        "result": found,
        "headline": result.headline(found, rules),
        "top_star": max(band.star for band in rules.bands),
        "ruler": result.ruler(found, rules),
        "bars": result.bars(found),
        "strengths": result.strengths(found),
        "limits": reasons.limits(found, rules),
        "eliminations": reasons.elimination_reasons(found),
        "passed": reasons.passed_names(found.gates),
        "nominations": reasons.nominations(found, content.decision.authority),
        "way": way_of(found, rules),
    }


def _is_expired(decision: Decision, assessment: Assessment) -> bool:
    """Whether the award has lapsed today, by the calendar of its area."""
    today = timezone.localdate(timezone=assessment.wilayah.zone.tzinfo)
    return decision.valid_until is not None and decision.valid_until < today
