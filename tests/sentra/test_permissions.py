"""The matrix of `docs/architecture.md` over roles and areas, and that predicate and queryset agree."""

import pytest

from accounts.permissions import Role
from sentra import permissions
from sentra.models import IKM, Product, Sentra
from tests.factories import make_certificate, make_ikm, make_product, make_sentra, make_user

# Where a record lies, seen from a duty over Kecamatan Salem.
OWN, PART, WIDER, FOREIGN = "33.29.01", "33.29.01.2002", "33.29", "33.28.10.2004"
AREAS = (OWN, PART, WIDER, FOREIGN)
SEEN = {OWN, PART, WIDER}
INSIDE = {OWN, PART}
NOWHERE = set()

# role: sees, edits, sees contact data and opens papers, checks certificates
MATRIX = {
    Role.OFFICER: (SEEN, INSIDE, INSIDE, NOWHERE),
    Role.VERIFIER: (SEEN, INSIDE, INSIDE, INSIDE),
    Role.ASSESSOR: (NOWHERE, NOWHERE, NOWHERE, NOWHERE),
    Role.LEADER: (SEEN, NOWHERE, NOWHERE, NOWHERE),
}

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def records():
    """A sentra, an IKM and a product in each area."""
    made = {}
    for area in AREAS:
        ikm = make_ikm(wilayah=area)
        made[area] = {Sentra: make_sentra(wilayah=area), IKM: ikm, Product: make_product(ikm=ikm)}
    return made


def areas_where(records, model, predicate) -> set[str]:
    return {area for area in AREAS if predicate(records[area][model])}


@pytest.mark.parametrize("model", [Sentra, IKM, Product])
@pytest.mark.parametrize("role", MATRIX)
def test_who_sees_and_edits_what(records, role, model):
    user = make_user("", (role, OWN))
    sees, edits, _reads, _checks = MATRIX[role]

    assert areas_where(records, model, lambda record: permissions.can_see(user, record)) == sees
    assert areas_where(records, model, lambda record: permissions.can_edit(user, record)) == edits
    assert set(model.objects.visible_to(user).values_list("wilayah_id", flat=True)) == sees
    assert set(model.objects.editable_by(user).values_list("wilayah_id", flat=True)) == edits


@pytest.mark.parametrize("role", MATRIX)
def test_who_reads_personal_data(records, role):
    user = make_user("", (role, OWN))
    _sees, _edits, reads, checks = MATRIX[role]
    papers = {area: make_certificate(ikm=records[area][IKM]) for area in AREAS}

    assert areas_where(records, IKM, lambda ikm: permissions.can_see_contact(user, ikm)) == reads
    assert areas_where(records, IKM, lambda ikm: permissions.can_open_papers(user, ikm)) == reads
    assert {area for area in AREAS if permissions.can_check_certificate(user, papers[area])} == checks


@pytest.mark.parametrize("role", MATRIX)
def test_national_duty_reaches_everywhere(records, role):
    user = make_user("", (role, None))
    sees, edits, _reads, _checks = MATRIX[role]

    assert set(Sentra.objects.visible_to(user).values_list("wilayah_id", flat=True)) == (set(AREAS) if sees else set())
    assert areas_where(records, Sentra, lambda record: permissions.can_edit(user, record)) == (
        set(AREAS) if edits else set()
    )


def test_several_duties_add_up(records):
    user = make_user("", ("leader", FOREIGN), ("officer", PART))

    assert areas_where(records, Sentra, lambda record: permissions.can_see(user, record)) == set(AREAS)
    assert areas_where(records, Sentra, lambda record: permissions.can_edit(user, record)) == {PART}


def test_nobody_without_a_duty_sees_anything(records):
    user, staff = make_user(), make_user(is_staff=True, is_superuser=True)

    for person in (user, staff):
        assert not Sentra.objects.visible_to(person).exists()
        assert not any(permissions.can_see(person, records[area][IKM]) for area in AREAS)
        assert not permissions.can_add(person)


@pytest.mark.parametrize(
    ("role", "may"), [("officer", True), ("verifier", True), ("assessor", False), ("leader", False)]
)
def test_who_may_begin_a_record(role, may):
    assert permissions.can_add(make_user("", (role, OWN))) is may


def test_duty_that_ended_gives_nothing(records):
    user = make_user("", ("officer", OWN))
    user.duty_set.update(valid_until="2020-12-31")

    assert not Sentra.objects.visible_to(user).exists()
    assert not permissions.can_edit(user, records[OWN][Sentra])
