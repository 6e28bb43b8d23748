"""Components of the assessment room; each template opens with what it expects."""

from collections.abc import Sequence

from django import template

from assessment.presentation.result import Segment
from assessment.presentation.steps import StepLine

register = template.Library()


@register.filter
def fingerprint(sha256: str) -> str:
    """A hash in groups of four, so that two can be compared by eye: "7c41 09ae 5b2f"."""
    return " ".join(sha256[start : start + 4] for start in range(0, len(sha256), 4))


@register.inclusion_tag("assessment/parts/ruler.html")
def ruler(*, segments: Sequence[Segment]) -> dict:
    return {"segments": segments}


@register.inclusion_tag("assessment/parts/line.html")
def line(*, steps: Sequence[StepLine], area: str) -> dict:
    return {"steps": steps, "area": area}
