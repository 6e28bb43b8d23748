"""The one-tap "Diperiksa hari ini" on the page of a sentra."""

from datetime import date, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from sentra import catalogue
from sentra.models import Sentra
from tests.factories import make_sentra, take_out_of_use
from tests.sentra.filling import filled, page_text

BENTAR = "33.29.01.2002"
LONG_AGO = date(2024, 3, 1)

pytestmark = pytest.mark.usefixtures("areas")


def press(client, sentra, **typed):
    page = client.get(sentra.get_absolute_url())
    return client.post(f"{sentra.get_absolute_url()}diperiksa/", filled(page.context["seen_form"], **typed))


def test_one_tap_sets_the_day_and_leaves_the_state(signed_in, officer):
    sentra = make_sentra(state=Sentra.State.WEAK, checked_on=LONG_AGO)
    client = signed_in(officer)

    response = press(client, sentra)

    sentra.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, sentra.get_absolute_url())
    assert (sentra.state, sentra.checked_on, sentra.revision) == ("lemah", timezone.localdate(), 2)
    page = page_text(client.get(sentra.get_absolute_url()))
    assert f"{sentra.name} tercatat diperiksa hari ini." in page
    assert "/diperiksa/" not in page


def test_one_never_checked_asks_in_which_state_it_is(signed_in, officer):
    sentra = make_sentra()
    client = signed_in(officer)

    without = press(client, sentra)
    with_state = press(client, sentra, state="aktif")

    sentra.refresh_from_db()
    assert (without.status_code, with_state.status_code) == (422, 303)
    assert "Pilih dahulu keadaannya: aktif, lemah atau tutup." in page_text(without)
    assert (sentra.state, sentra.checked_on) == ("aktif", timezone.localdate())


def test_unchecked_is_no_answer(signed_in, officer):
    sentra = make_sentra()

    response = press(signed_in(officer), sentra, state="belum_diperiksa")

    assert (response.status_code, Sentra.objects.get().checked_on) == (422, None)


def test_the_day_is_that_of_the_area(monkeypatch):
    """Half past eleven in the evening in Jakarta is already tomorrow in Jayapura."""
    late = datetime(2026, 11, 17, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    monkeypatch.setattr(timezone, "now", lambda: late)

    assert catalogue.today_in(Sentra(wilayah_id=BENTAR)) == date(2026, 11, 17)
    assert catalogue.today_in(Sentra(wilayah_id="91.71")) == date(2026, 11, 18)


def test_of_a_sentra_out_of_use_is_said_who_took_it_out(signed_in, officer, verifier):
    sentra = make_sentra(state=Sentra.State.ACTIVE, checked_on=LONG_AGO)
    client = signed_in(officer)
    data = filled(client.get(sentra.get_absolute_url()).context["seen_form"])
    take_out_of_use(sentra, by=verifier, reason="Tercatat ganda.")

    response = client.post(f"{sentra.get_absolute_url()}diperiksa/", data)

    sentra.refresh_from_db()
    told = page_text(response)
    assert (response.status_code, sentra.checked_on) == (HTTPStatus.CONFLICT, LONG_AGO)
    assert f"{sentra.name} dinonaktifkan {verifier} pada" in told and "dengan alasan “Tercatat ganda”. Minta" in told


def test_somebody_elses_change_is_looked_at_first(signed_in, officer):
    sentra = make_sentra(state=Sentra.State.ACTIVE, checked_on=LONG_AGO)
    client = signed_in(officer)
    data = filled(client.get(sentra.get_absolute_url()).context["seen_form"])
    Sentra.objects.update(state=Sentra.State.CLOSED)

    response = client.post(f"{sentra.get_absolute_url()}diperiksa/", data)

    sentra.refresh_from_db()
    assert response.status_code == HTTPStatus.CONFLICT
    assert (sentra.state, sentra.checked_on) == ("tutup", LONG_AGO)
    assert "Sentra ini diubah orang lain sejak Anda membukanya." in page_text(response)


def test_only_those_who_may_edit_have_the_button(signed_in, officer, leader, stranger):
    sentra = make_sentra(state=Sentra.State.ACTIVE, checked_on=LONG_AGO)
    address = f"{sentra.get_absolute_url()}diperiksa/"
    data = filled(signed_in(officer).get(sentra.get_absolute_url()).context["seen_form"])

    assert address not in page_text(signed_in(leader).get(sentra.get_absolute_url()))
    assert signed_in(leader).post(address, data).status_code == HTTPStatus.FORBIDDEN
    assert signed_in(stranger).post(address, data).status_code == HTTPStatus.NOT_FOUND


def test_to_check_are_those_at_work_that_nobody_saw_for_a_year():
    day = date(2026, 11, 17)
    never = make_sentra()
    long_ago = make_sentra(state="aktif", checked_on=date(2025, 11, 16))
    make_sentra(state="aktif", checked_on=date(2025, 11, 17))
    make_sentra(state="tutup", checked_on=date(2020, 1, 1))

    assert list(Sentra.objects.to_check(day)) == [never, long_ago]
