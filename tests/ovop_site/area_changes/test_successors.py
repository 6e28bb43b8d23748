import pytest

from ovop_site.area_changes.successors import targets_of
from tests.ovop_site.area_changes.conftest import GANGGAWANG, LAST_DAY, OLD, SALEM, succeed
from wilayah.models import Wilayah

pytestmark = pytest.mark.usefixtures("closed")


def offered(code: str) -> list[tuple[str, bool]]:
    targets = targets_of([Wilayah.objects.get(pk=code)])
    return [(target.area.code, target.is_entered) for target in targets[code]]


def test_nothing_is_guessed_from_names():
    assert offered(f"{OLD}.2003") == []


def test_an_entered_successor_is_offered():
    succeed(f"{OLD}.2003", f"{SALEM}.2003")

    assert offered(f"{OLD}.2003") == [(f"{SALEM}.2003", True)]


def test_a_split_offers_every_part():
    succeed(OLD, SALEM, GANGGAWANG)

    assert offered(OLD) == [(SALEM, True), (GANGGAWANG, True)]


def test_a_village_is_paired_by_its_code_below_the_successors_of_its_kecamatan():
    succeed(OLD, SALEM, GANGGAWANG)

    assert offered(f"{OLD}.2003") == [(f"{SALEM}.2003", False), (f"{GANGGAWANG}.2003", False)]
    assert offered(f"{OLD}.2016") == []


def test_what_was_entered_for_the_village_goes_before_pairing():
    succeed(OLD, SALEM)
    succeed(f"{OLD}.2003", f"{GANGGAWANG}.2002")

    assert offered(f"{OLD}.2003") == [(f"{GANGGAWANG}.2002", True)]


def test_a_successor_that_was_closed_too_gives_way_to_its_own():
    succeed(OLD, SALEM)
    succeed(SALEM, GANGGAWANG)
    Wilayah.objects.filter(pk=SALEM).update(valid_until=LAST_DAY)

    assert offered(OLD) == [(GANGGAWANG, True)]


def test_a_circle_of_successors_ends():
    succeed(OLD, SALEM)
    succeed(SALEM, OLD)

    assert offered(OLD) == [(SALEM, True)]


def test_a_successor_of_another_level_is_not_offered():
    succeed(f"{OLD}.2003", SALEM)

    assert offered(f"{OLD}.2003") == []


def test_many_areas_take_two_queries(django_assert_num_queries):
    succeed(OLD, SALEM, GANGGAWANG)
    old = list(Wilayah.objects.inside(OLD))

    with django_assert_num_queries(2):
        assert len(targets_of(old)) == 6
