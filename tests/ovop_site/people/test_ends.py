"""How duties end: what is said before, and what is then in force."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from accounts.models import Duty
from assessment.models import Assessment
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_ikm, make_product, make_user
from tests.ovop_site.people.pages import BREBES, PEOPLE, SALEM, TEGAL, hidden_in, hidden_of, said, send

pytestmark = pytest.mark.django_db


def test_the_end_of_a_duty_says_what_is_left_behind(keeper, siti, verifier):
    elsewhere = Duty.objects.create(user=siti, role="officer", wilayah_id="33.29.03", valid_from=date(2026, 1, 1))
    states = [Assessment.State.DRAFT, Assessment.State.DRAFT, Assessment.State.RETURNED, Assessment.State.SUBMITTED]
    for state in states:
        product = make_product(ikm=make_ikm(wilayah=SALEM))
        move_to(start_assessment(officer=siti, product=product), state, verifier=verifier)
    duty = siti.duty_set.get(wilayah=SALEM)

    words = said(keeper.get(f"{PEOPLE}tugas/{duty.pk}/akhiri/"))
    other = said(keeper.get(f"{PEOPLE}tugas/{elsewhere.pk}/akhiri/"))

    assert "Draf: 2. Dikembalikan untuk diperbaiki: 1." in words
    assert "Sudah dikirim dan menunggu keputusan: 1." in words
    assert "Tidak ada penilaian yang tertinggal." in other


def test_what_a_wider_duty_still_covers_is_not_left_behind(keeper, siti, verifier):
    start_assessment(officer=siti, product=make_product(ikm=make_ikm(wilayah=SALEM)))
    Duty.objects.create(user=siti, role="officer", wilayah_id=BREBES, valid_from=date(2026, 1, 1))
    duty = siti.duty_set.get(wilayah=SALEM)

    assert not keeper.get(f"{PEOPLE}tugas/{duty.pk}/akhiri/").context["unfinished"]
    assert keeper.get(f"{PEOPLE}{siti.pk}/akhiri/").context["unfinished"].drafts == 1


@pytest.mark.parametrize("days_ago", [0, 1])
def test_a_duty_is_ended(keeper, siti, days_ago):
    duty, last = siti.duty_set.get(), timezone.localdate() - timedelta(days=days_ago)

    response = send(keeper, f"{PEOPLE}tugas/{duty.pk}/akhiri/", last_day=last.isoformat())

    duty.refresh_from_db()
    assert (response["Location"], duty.valid_until) == (f"{PEOPLE}{siti.pk}/", last)
    page = keeper.get(response["Location"])
    assert f"/tugas/{duty.pk}/akhiri/" not in page.content.decode()


@pytest.mark.parametrize("day", ["", "2020-06-01", "kemarin"])
def test_a_wrong_last_day_comes_back(keeper, siti, day):
    duty = siti.duty_set.get()

    response = send(keeper, f"{PEOPLE}tugas/{duty.pk}/akhiri/", last_day=day)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(response.context["form"].errors) == ["last_day"]


def test_only_duties_of_officers_are_ended(keeper, areas):
    duty = make_user("", ("leader", SALEM)).duty_set.get()

    assert keeper.get(f"{PEOPLE}tugas/{duty.pk}/akhiri/").status_code == HTTPStatus.FORBIDDEN


def test_a_duty_of_elsewhere_is_unseen(keeper, stranger):
    duty = stranger.duty_set.first()

    assert send(keeper, f"{PEOPLE}tugas/{duty.pk}/akhiri/", last_day="2026-11-24").status_code == HTTPStatus.NOT_FOUND


def test_all_duties_inside_end_at_once(keeper, siti):
    for area in ("33.29.03", TEGAL):
        Duty.objects.create(user=siti, role="officer", wilayah_id=area, valid_from=date(2026, 1, 1))
    today = timezone.localdate()

    send(keeper, f"{PEOPLE}{siti.pk}/akhiri/", last_day=today.isoformat())

    ends = dict(siti.duty_set.values_list("wilayah", "valid_until"))
    assert ends == {SALEM: today, "33.29.03": today, TEGAL: None}
    assert keeper.get(f"{PEOPLE}{siti.pk}/akhiri/").status_code == HTTPStatus.FORBIDDEN


@pytest.fixture
def later(siti) -> Duty:
    """A duty that has not begun."""
    return Duty.objects.create(user=siti, role="officer", wilayah_id="33.29.03", valid_from=date(2999, 1, 1))


def test_a_duty_that_has_not_begun_is_cancelled(keeper, siti, later):
    address = f"{PEOPLE}tugas/{later.pk}/batalkan/"
    assert address in keeper.get(f"{PEOPLE}{siti.pk}/").content.decode()

    response = send(keeper, address)

    assert response["Location"] == f"{PEOPLE}{siti.pk}/"
    page = said(keeper.get(response["Location"]))
    assert f"Tugas Siti dibatalkan: {later}." in page
    assert f"Tugas dibatalkan sebelum dimulai: {later}." in page
    assert list(siti.duty_set.values_list("wilayah", flat=True)) == [SALEM]


def test_who_has_no_other_duty_stays_in_sight(keeper, siti):
    siti.duty_set.update(valid_from=date(2999, 1, 1))

    send(keeper, f"{PEOPLE}tugas/{siti.duty_set.get().pk}/batalkan/")

    assert "Tidak ada tugas; yang pernah diberikan" in said(keeper.get(f"{PEOPLE}{siti.pk}/"))
    assert "Siti siti Tidak ada tugas" in said(keeper.get(PEOPLE))


def test_a_duty_that_began_is_ended_instead(keeper, siti):
    duty = siti.duty_set.get()

    response = keeper.get(f"{PEOPLE}tugas/{duty.pk}/batalkan/")

    assert response["Location"] == f"{PEOPLE}tugas/{duty.pk}/akhiri/"


def test_a_duty_that_changed_meanwhile_is_not_ended_blindly(keeper, siti):
    duty = siti.duty_set.get()
    address = f"{PEOPLE}tugas/{duty.pk}/akhiri/"
    opened = hidden_of(keeper, address)
    siti.duty_set.update(valid_until=date(2999, 1, 1))

    stale = send(keeper, address, **opened, last_day="2999-02-02")
    again = send(keeper, address, **hidden_in(stale, address), last_day="2999-01-01")

    assert stale.status_code == HTTPStatus.CONFLICT
    assert stale.context["form"].errors["__all__"] == [
        "Berubah sejak halaman ini dibuka. Semula: Petugas lapangan, Kec. Salem, Kab. Brebes, sejak 1 Jan 2020."
        " Sekarang: Petugas lapangan, Kec. Salem, Kab. Brebes, 1 Jan 2020 sampai 1 Jan 2999. Periksa lagi, lalu tekan"
        " sekali lagi."
    ]
    assert 'value="2999-02-02"' in stale.content.decode()
    assert again.status_code == HTTPStatus.SEE_OTHER
