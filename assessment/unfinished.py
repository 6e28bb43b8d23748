"""What an officer leaves behind who stops acting in some areas (docs/adr/0026)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from assessment.models import Assessment
from wilayah import codes

State = Assessment.State


@dataclass(frozen=True)
class Unfinished:
    """Open assessments of one officer, by state: how many nobody can go on with, and how many go their way."""

    drafts: int = 0
    returned: int = 0
    sent: int = 0

    @property
    def orphaned(self) -> int:
        """Drafts and those sent back: only to be withdrawn once the officer is gone."""
        return self.drafts + self.returned

    def __bool__(self) -> bool:
        return bool(self.orphaned or self.sent)


def unfinished_of(officer: User, *, inside: Iterable[str], kept: Iterable[str] = ()) -> Unfinished:
    """The open assessments of `officer` that lie inside one of the areas `inside` and in none of `kept`. One query."""
    rows = Assessment.objects.filter(codes.inside("wilayah__code", inside), officer=officer)
    rows = rows.exclude(codes.inside("wilayah__code", kept))
    return Unfinished(
        **rows.aggregate(
            drafts=Count("pk", filter=Q(state=State.DRAFT)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
            sent=Count("pk", filter=Q(state__in=[State.SUBMITTED, State.IN_REVIEW])),
        )
    )
