import pytest

from assessment.models import Assessment
from files.access import visible_files
from tests import factories
from tests.assessment.factories import attach, move_to, start_assessment

State = Assessment.State


@pytest.fixture
def cast(officer, verifier, leader, assessor, stranger):
    colleague = factories.make_user("rekan", ("officer", "33.29"))
    people = {"own": officer, "colleague": colleague, "verifier": verifier, "leader": leader}
    return people | {"assessor": assessor, "stranger": stranger}


def who_opens(cast, file) -> set[str]:
    return {name for name, user in cast.items() if visible_files(user).filter(pk=file.pk).exists()}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, {"own"}),
        (State.WITHDRAWN, {"own"}),
        (State.SUBMITTED, {"own", "verifier"}),
        (State.RETURNED, {"own", "verifier"}),
        (State.DECIDED, {"own", "colleague", "verifier", "leader"}),
        (State.REVOKED, {"own", "colleague", "verifier", "leader"}),
    ],
)
def test_evidence_is_opened_by_who_sees_the_assessment(cast, officer, verifier, state, expected):
    assessment = start_assessment(officer=officer)
    evidence = attach(assessment, "1.2")
    move_to(assessment, state, verifier=verifier)

    assert who_opens(cast, evidence.file) == expected


def test_certificate_among_the_evidence_is_not_opened_by_a_leader(cast, officer, verifier):
    assessment = start_assessment(officer=officer)
    paper = factories.make_certificate(product=assessment.product, file=factories.make_file(by=officer))
    attach(assessment, "1.2", certificate=paper)
    move_to(assessment, State.DECIDED, verifier=verifier)

    assert who_opens(cast, paper.file) == {"own", "colleague", "verifier"}
