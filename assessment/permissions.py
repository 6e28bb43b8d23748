"""Who may see, fill, review and decide an assessment. Queryset side: `Assessment.objects.visible_to(user)`."""

from collections.abc import Sequence
from uuid import UUID

from accounts.models import User
from accounts.permissions import Role, acts_inside, duty_areas
from assessment.models import Assessment, Authority, Decision
from assessment.models.assessment import AssessmentQuerySet
from sentra.models import Product
from wilayah import codes

# Longest area code a duty may have to decide for an authority: deciding needs a duty at or above its level.
DECIDING_CODE_LENGTH = {Authority.KABKOTA: len("33.29"), Authority.PROVINSI: len("33"), Authority.KEMENTERIAN: 0}


def can_see(user: User, assessment: Assessment) -> bool:
    """Open an assessment with its evidence: own, ever submitted in the verifier's area, decided in one's area, or
    orphaned there. One query for one that is its officer's alone.
    """
    return _sees_anyway(user, assessment) or may_stand_in(user, assessment)


def seen_among(user: User, assessments: Sequence[Assessment]) -> list[Assessment]:
    """Those of a few fetched `assessments` that `user` sees, as `can_see` says.

    One query where some may be orphaned, else none: to write the conditions of `visible_to` takes longer than to fetch
    the assessments of a product.
    """
    seen = {assessment.pk for assessment in assessments if _sees_anyway(user, assessment)}
    doubtful = [row.pk for row in assessments if row.pk not in seen and _may_be_left_to(user, row)]
    if doubtful:
        seen.update(Assessment.objects.orphaned().filter(pk__in=doubtful).values_list("pk", flat=True))
    return [assessment for assessment in assessments if assessment.pk in seen]


def _sees_anyway(user: User, assessment: Assessment) -> bool:
    """Whether `user` sees it whoever its officer is by now."""
    if assessment.officer_id == user.pk:
        return True
    if assessment.submitted_at and acts_inside(user, assessment.wilayah_id, Role.VERIFIER):
        return True
    is_closed = assessment.state in Assessment.CLOSED_BY_DECISION
    return is_closed and acts_inside(user, assessment.wilayah_id, Role.OFFICER, Role.LEADER)


def _may_be_left_to(user: User, assessment: Assessment) -> bool:
    """Whether `user` would stand in, were it orphaned."""
    is_alone = assessment.state in Assessment.OFFICERS_ALONE
    return is_alone and acts_inside(user, assessment.wilayah_id, Role.OFFICER, Role.VERIFIER)


def get_visible(rows: AssessmentQuerySet, pk: UUID, *, by: User) -> Assessment:
    """The one of `rows` with the key `pk`; Assessment.DoesNotExist also where `by` cannot see it.

    Asks the predicate, which needs no subquery as `visible_to` does.
    """
    assessment = rows.get(pk=pk)
    if not can_see(by, assessment):
        raise Assessment.DoesNotExist
    return assessment


def can_open_papers(user: User, assessment: Assessment) -> bool:
    """Open certificates among the evidence of a visible assessment: own, or who may open them in the catalogue.

    They may show personal data, so a leader sees that they are there and no more.
    """
    return assessment.officer_id == user.pk or acts_inside(user, assessment.wilayah_id, Role.OFFICER, Role.VERIFIER)


def can_start(user: User, product: Product) -> bool:
    """Begin the assessment of a product: an officer whose duty contains its area."""
    return acts_inside(user, product.wilayah_id, Role.OFFICER)


def can_appeal(user: User, assessment: Assessment) -> bool:
    """Object to a decision (sanggah) by a new assessment: who may begin one, against whatever decision closed it."""
    return assessment.state in Assessment.CLOSED_BY_DECISION and can_start(user, assessment.product)


def is_proposer(user: User, assessment: Assessment) -> bool:
    """The officer who began it, while the duty lasts; afterwards the own assessment can only be read."""
    return assessment.officer_id == user.pk and acts_inside(user, assessment.wilayah_id, Role.OFFICER)


def is_orphaned(assessment: Assessment) -> bool:
    """Whether it is its officer's alone, who can no longer act there: the duty ended or is elsewhere, or the account is
    closed. The page, the step and the lists all ask this; queryset side: `Assessment.objects.orphaned()`.

    One query, kept on the officer's object.
    """
    return assessment.state in Assessment.OFFICERS_ALONE and not is_proposer(assessment.officer, assessment)


def may_stand_in(user: User, assessment: Assessment) -> bool:
    """Act for an officer who no longer can: officers and verifiers of the area (docs/adr/0026)."""
    return _may_be_left_to(user, assessment) and is_orphaned(assessment)


def can_withdraw(user: User, assessment: Assessment) -> bool:
    """Withdraw: the officer who began it, or somebody who stands in."""
    return is_proposer(user, assessment) or may_stand_in(user, assessment)


def can_edit(user: User, assessment: Assessment) -> bool:
    """Change levels and evidence of the proposal now."""
    return assessment.is_editable and is_proposer(user, assessment)


def can_review(user: User, assessment: Assessment) -> bool:
    """Review and send back: a verifier of the area. Four eyes: never who wrote the proposal."""
    return assessment.officer_id != user.pk and acts_inside(user, assessment.wilayah_id, Role.VERIFIER)


def can_decide(user: User, assessment: Assessment) -> bool:
    """Decide: who may review, with a duty at or above the level of the deciding authority."""
    longest = DECIDING_CODE_LENGTH[assessment.authority]
    return can_review(user, assessment) and any(
        codes.is_inside(assessment.wilayah_id, area) and len(area) <= longest
        for area in duty_areas(user, Role.VERIFIER)
    )


def can_revoke(user: User, assessment: Assessment) -> bool:
    """Revoke: who may decide, but not the person who decided."""
    decided_by_user = assessment.decision_set.filter(kind=Decision.Kind.AWARD, decided_by=user).exists()
    return can_decide(user, assessment) and not decided_by_user
