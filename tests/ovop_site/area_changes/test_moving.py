from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import versions
from accounts.models import Duty
from assessment.models import Assessment
from ovop_site.area_changes import lying, moving
from sentra.models import IKM, Certificate, Product, Sentra
from tests.assessment.factories import make_round, move_to, start_assessment
from tests.factories import make_certificate, make_ikm, make_product, make_sentra, make_user
from tests.ovop_site.area_changes.conftest import GANGGAWANG, OLD, SALEM, succeed

pytestmark = pytest.mark.usefixtures("closed")
VILLAGE, NEW_VILLAGE = f"{OLD}.2003", f"{SALEM}.2003"
State = Assessment.State


def found(user, within: str = OLD) -> dict[str, lying.Place]:
    return {place.area.code: place for place in lying.places(user, within=within)}


def move(user, chosen: dict[str, str]):
    return +moving.move_places(chosen=chosen, places=found(user).values(), by=user)


@pytest.fixture
def records(officer):
    """A sentra with an IKM in the village, one product each, and a certificate."""
    sentra = make_sentra(wilayah=VILLAGE)
    ikm = make_ikm(wilayah=VILLAGE, sentra=sentra)
    return {
        "sentra": sentra,
        "ikm": ikm,
        "product": make_product(ikm=ikm),
        "of sentra": make_product(sentra=sentra),
        "certificate": make_certificate(ikm=ikm),
    }


def test_what_lies_in_closed_areas_is_counted_by_area_and_kind(verifier, officer, records):
    start_assessment(officer=officer, product=records["product"])
    make_ikm(wilayah="33.29.03.2005")

    assert {code: place.counts for code, place in found(verifier).items()} == {
        VILLAGE: {"sentra": 1, "ikm": 1, "product": 2, "assessment": 1}
    }


def test_where_there_is_one_way_it_is_proposed(verifier, records):
    make_ikm(wilayah=f"{OLD}.2017")
    make_ikm(wilayah=f"{OLD}.2002")
    succeed(OLD, SALEM)
    succeed(f"{OLD}.2002", f"{GANGGAWANG}.2002")

    proposals = {code: place.proposal and place.proposal.code for code, place in found(verifier).items()}

    # 2017 is called Salem Kulon there, so a person has to say whether it is the same village.
    assert proposals == {VILLAGE: NEW_VILLAGE, f"{OLD}.2017": None, f"{OLD}.2002": f"{GANGGAWANG}.2002"}


def test_several_ways_are_not_chosen_between(verifier, records):
    succeed(OLD, SALEM, GANGGAWANG)

    place = found(verifier)[VILLAGE]

    assert [target.area.code for target in place.targets] == [NEW_VILLAGE, f"{GANGGAWANG}.2003"]
    assert place.proposal is None


def test_everything_moves_and_what_hangs_on_it_follows(verifier, officer, records):
    succeed(OLD, SALEM)
    draft = start_assessment(officer=officer, product=records["product"])

    moved = move(verifier, {VILLAGE: NEW_VILLAGE})

    assert moved == {"sentra": 1, "ikm": 1, "assessment": 1}
    for model in (Sentra, IKM, Product, Certificate):
        assert set(model.objects.values_list("wilayah", flat=True)) == {NEW_VILLAGE}
    draft.refresh_from_db()
    assert draft.wilayah_id == NEW_VILLAGE
    assert found(verifier) == {}


def test_a_finished_decision_stays_as_it_was(verifier, officer, records):
    succeed(OLD, SALEM)
    decided = move_to(start_assessment(officer=officer, product=records["product"]), State.DECIDED, verifier=verifier)
    sealed = decided.decision_set.get().canonical

    move(verifier, {VILLAGE: NEW_VILLAGE})

    decided.refresh_from_db()
    assert (decided.wilayah_id, decided.decision_set.get().canonical) == (VILLAGE, sealed)
    assert decided in Assessment.objects.visible_to(verifier)


def test_every_moved_row_says_in_its_history_why(verifier, records):
    succeed(OLD, SALEM)

    move(verifier, {VILLAGE: NEW_VILLAGE})

    version = IKM.pgh_event_model.objects.filter(pgh_obj=records["ikm"].pk).latest("pgh_id")
    assert (version.wilayah_id, version.revision) == (NEW_VILLAGE, 2)
    assert versions.context_of(version) == {"reason": "pergantian wilayah", "moved": f"{VILLAGE} → {NEW_VILLAGE}"}
    assert versions.origin_of(version).words == "pergantian wilayah"


def test_duties_go_on_in_the_new_area_and_keep_sight_of_the_old(admin):
    succeed(OLD, SALEM)
    user = make_user("lama", ("officer", OLD), ("leader", OLD))

    moved = move(admin, {OLD: SALEM})

    assert moved == {"duty": 2}
    assert sorted(user.duty_set.values_list("role", "wilayah", "valid_from", "valid_until")) == [
        ("leader", OLD, date(2020, 1, 1), None),
        ("leader", SALEM, timezone.localdate(), None),
        ("officer", OLD, date(2020, 1, 1), None),
        ("officer", SALEM, timezone.localdate(), None),
    ]
    assert found(admin) == {}


def test_a_verifier_moves_duties_of_officers_only(verifier):
    succeed(OLD, SALEM)
    make_user("lama", ("officer", OLD), ("leader", OLD))

    assert [duty.role for duty in found(verifier)[OLD].duties] == ["officer"]
    assert move(verifier, {OLD: SALEM}) == {"duty": 1}


def test_who_acts_there_already_gets_no_second_duty(admin):
    succeed(OLD, SALEM)
    make_user("luas", ("officer", OLD), ("officer", "33.29"))
    make_user("sudah", ("officer", OLD), ("officer", SALEM))
    ended = make_user("dulu", ("officer", OLD))
    ended.duty_set.update(valid_until=date(2026, 7, 1))
    make_user("mati", ("officer", OLD), is_active=False)

    assert found(admin) == {}


def test_two_old_areas_that_became_one_give_one_duty(admin):
    succeed(f"{OLD}.2001", f"{SALEM}.2001")
    succeed(f"{OLD}.2002", f"{SALEM}.2001")
    user = make_user("lama", ("officer", f"{OLD}.2001"), ("officer", f"{OLD}.2002"))

    moved = move(admin, {f"{OLD}.2001": f"{SALEM}.2001", f"{OLD}.2002": f"{SALEM}.2001"})

    assert moved == {"duty": 1}
    assert user.duty_set.filter(wilayah=f"{SALEM}.2001").count() == 1


def test_rounds_that_are_not_over_move(admin, areas):
    areas["33.28"].valid_until = date(2026, 6, 30)
    areas["33.28"].save()
    succeed("33.28", "33.76")
    going_on = make_round(wilayah=areas["33.28"], closes=None)
    over = make_round(wilayah=areas["33.28"], closes=date(2026, 7, 1), instrument=going_on.instrument)

    moving.move_places(chosen={"33.28": "33.76"}, places=lying.places(admin), by=admin)

    going_on.refresh_from_db(), over.refresh_from_db()
    assert (going_on.wilayah_id, over.wilayah_id) == ("33.76", "33.28")


def test_moving_twice_moves_nothing_more(verifier, records):
    succeed(OLD, SALEM)
    places = list(found(verifier).values())
    moving.move_places(chosen={VILLAGE: NEW_VILLAGE}, places=places, by=verifier)

    assert +moving.move_places(chosen={VILLAGE: NEW_VILLAGE}, places=places, by=verifier) == {}
    assert Sentra.objects.get().revision == 2


@pytest.mark.parametrize("new", [f"{SALEM}.2001", "33.29.03.2005", OLD, "99.99", ""])
def test_nothing_moves_to_what_is_no_successor(verifier, records, new):
    succeed(OLD, SALEM)

    with pytest.raises(moving.NotOffered):
        move(verifier, {VILLAGE: new})


def test_an_area_that_is_not_closed_is_not_emptied(verifier):
    make_ikm(wilayah="33.29.03.2005")

    with pytest.raises(moving.NotOffered):
        move(verifier, {"33.29.03.2005": NEW_VILLAGE})


WHO = {"verifier": {VILLAGE}, "officer": set(), "leader": set(), "assessor": set(), "admin": {VILLAGE}}


@pytest.mark.parametrize("who", WHO)
def test_who_sees_what_may_be_moved(request, records, who):
    assert set(found(request.getfixturevalue(who))) == WHO[who]


def test_both_areas_must_be_the_own(records):
    succeed(OLD, SALEM)
    place = lying.Place
    narrow = make_user("lama", ("verifier", OLD))

    place = found(narrow)[VILLAGE]

    assert (place.targets, place.is_blocked) == ([], True)
    place.targets = found(make_user("", ("verifier", "33.29")))[VILLAGE].targets
    with pytest.raises(PermissionDenied):
        moving.move_places(chosen={VILLAGE: NEW_VILLAGE}, places=[place], by=narrow)


def test_single_rows_go_each_their_own_way(admin, officer, records):
    succeed(OLD, SALEM, GANGGAWANG)
    user = make_user("desa", ("officer", VILLAGE))
    place = found(admin)[VILLAGE]
    chosen = {
        records["sentra"]: NEW_VILLAGE,
        records["ikm"]: f"{GANGGAWANG}.2003",
        place.duties[0]: f"{GANGGAWANG}.2003",
    }

    moved = +moving.move_rows(chosen=chosen, place=place, by=admin)

    assert moved == {"sentra": 1, "ikm": 1, "duty": 1}
    products = dict(Product.objects.values_list("pk", "wilayah"))
    assert products[records["product"].pk] == f"{GANGGAWANG}.2003"
    assert products[records["of sentra"].pk] == NEW_VILLAGE
    assert user.duty_set.filter(wilayah=f"{GANGGAWANG}.2003").exists()


def test_one_statement_moves_many(verifier, django_assert_num_queries):
    """Per kind, whatever the number of areas and rows."""
    succeed(OLD, SALEM)
    counts = []
    for amount in (1, 9):
        for _number in range(amount):
            make_ikm(wilayah=VILLAGE), make_ikm(wilayah=f"{OLD}.2001")
        places = list(found(verifier).values())
        with django_assert_num_queries(6):
            moved = moving.move_places(
                chosen={VILLAGE: NEW_VILLAGE, f"{OLD}.2001": f"{SALEM}.2001"}, places=places, by=verifier
            )
        counts.append(moved["ikm"])

    assert counts == [2, 18]


def test_the_duty_over_a_closed_area_sees_what_stayed_there(verifier, officer, records):
    """What permissions do today, and why the old duty is kept."""
    succeed(OLD, SALEM)
    decided = move_to(start_assessment(officer=officer, product=records["product"]), State.DECIDED, verifier=verifier)
    keeper, newcomer = make_user("lama", ("verifier", OLD)), make_user("baru", ("verifier", SALEM))

    move(verifier, {VILLAGE: NEW_VILLAGE, OLD: SALEM} if OLD in found(verifier) else {VILLAGE: NEW_VILLAGE})

    seen = {user.username: decided in Assessment.objects.visible_to(user) for user in (keeper, newcomer, verifier)}
    assert seen == {"lama": True, "baru": False, "verifikator": True}
    assert Duty.objects.active().filter(user=keeper, wilayah=OLD).exists()
