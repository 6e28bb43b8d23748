"""Which uploaded files are evidence, and which of them a person may open; registered with `files.access`."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import Role, inside_q
from assessment.models import Assessment, Evidence
from files import access


def visible_evidence(user: User) -> QuerySet[Evidence]:
    """The evidence whose file `user` may open: that of visible assessments, certificates only for those whom
    `permissions.can_open_papers` lets.
    """
    papers = Q(assessment__officer=user) | inside_q(user, "assessment__wilayah__code", Role.OFFICER, Role.VERIFIER)
    return Evidence.objects.filter(
        Q(certificate__isnull=True) | papers, assessment__in=Assessment.objects.visible_to(user)
    )


def register() -> None:
    access.register("assessment.evidence", attached=Evidence.objects.all, visible=visible_evidence)
