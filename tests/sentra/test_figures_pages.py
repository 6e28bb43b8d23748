"""The page of yearly figures: several years in one table, saved together or not at all."""

from http import HTTPStatus

import pytest
from django.utils import timezone

from outbox.models import Receipt
from outbox.uuid7 import uuid7
from sentra.models import YearlyFigures
from tests.factories import make_figures, make_ikm, make_sentra, take_out_of_use
from tests.sentra.filling import filled, page_text

BENTAR, SLAWI_KULON = "33.29.01.2002", "33.28.10.2004"
THIS_YEAR = timezone.localdate().year
LAST, BEFORE = THIS_YEAR - 1, THIS_YEAR - 2

pytestmark = pytest.mark.usefixtures("areas")


def address_of(subject) -> str:
    return f"{subject.get_absolute_url()}angka/"


def typed(response, **entries) -> dict:
    """What the browser would post; `entries` as `units_2024="12"`."""
    form = response.context["form"]
    data = filled(form)
    for column in form.columns:
        data |= filled(column)
    for name, value in entries.items():
        field, _, year = name.rpartition("_")
        data[f"{year}-{field}"] = value
    return data


def send(client, subject, **entries):
    address = address_of(subject)
    return client.post(address, typed(client.get(address), **entries))


def stored(subject) -> dict[int, tuple]:
    rows = YearlyFigures.objects.about(subject).order_by("year")
    return {row.year: (row.units, row.workers, row.production_value) for row in rows}


def test_several_years_are_entered_at_once_as_people_write_them(signed_in, officer):
    sentra = make_sentra(wilayah=BENTAR)
    client = signed_in(officer)

    response = send(
        client,
        sentra,
        **{
            f"units_{LAST}": "12",
            f"workers_men_{LAST}": "20 orang",
            f"workers_women_{LAST}": "0",
            f"production_value_{LAST}": "Rp 1.250.000.000,-",
            f"units_{BEFORE}": "11",
            f"production_value_{BEFORE}": "1250000",
        },
    )

    assert (response.status_code, response["Location"]) == (303, f"{sentra.get_absolute_url()}#angka")
    assert stored(sentra) == {BEFORE: (11, None, 1_250_000), LAST: (12, 20, 1_250_000_000)}
    row = YearlyFigures.objects.get(year=LAST)
    assert (row.created_by, row.wilayah_id, row.branch_id) == (officer, BENTAR, sentra.branch_id)
    assert f"Angka tahunan tersimpan: {LAST}, {BEFORE}." in page_text(client.get(response["Location"]))


def test_years_that_are_there_change_and_others_are_left_alone(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    changed = make_figures(ikm=ikm, year=LAST, production_value=100_000)
    untouched = make_figures(ikm=ikm, year=BEFORE, production_value=200_000)

    send(signed_in(officer), ikm, **{f"production_value_{LAST}": "300.000"})

    changed.refresh_from_db()
    untouched.refresh_from_db()
    assert [(row.production_value, row.revision) for row in (changed, untouched)] == [(300_000, 2), (200_000, 1)]
    assert stored(ikm).keys() == {BEFORE, LAST}


def test_a_year_that_is_emptied_is_removed_and_stays_in_the_history(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    figures = make_figures(ikm=ikm, year=LAST, production_value=100_000)
    client = signed_in(officer)

    response = send(client, ikm, **{f"production_value_{LAST}": ""})

    assert stored(ikm) == {}
    assert f"Angka tahunan dihapus karena dikosongkan: {LAST}." in page_text(client.get(response["Location"]))
    kinds = YearlyFigures.pgh_event_model.objects.filter(pgh_obj_id=figures.pk).values_list("pgh_label", flat=True)
    assert set(kinds) == {"insert", "delete"}


def test_a_wrong_entry_saves_nothing_and_loses_nothing(signed_in, officer):
    sentra = make_sentra(wilayah=BENTAR)
    entries = {f"units_{LAST}": "banyak", f"volume_{BEFORE}": "1200", f"units_{BEFORE}": "7"}

    response = send(signed_in(officer), sentra, **entries)

    page = page_text(response)
    assert (response.status_code, stored(sentra)) == (422, {})
    assert f"Unit usaha (unit), {LAST}: Tulis angka bulat, misalnya 12." in page
    assert f"Satuan produksi, misalnya kg, {BEFORE}: Jumlah produksi ditulis bersama satuannya" in page
    assert 'value="banyak"' in page and 'value="7"' in page


def test_workers_are_either_split_or_a_sum(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)

    response = send(signed_in(officer), ikm, **{f"workers_men_{LAST}": "2", f"workers_unsplit_{LAST}": "5"})

    assert response.status_code == 422
    assert "Isi tenaga kerja laki-laki dan perempuan, atau jumlahnya saja; jangan keduanya." in page_text(response)


def test_hints_inform_and_block_nothing(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)

    response = send(client, ikm, **{f"production_value_{LAST}": "500.000", f"material_value_{LAST}": "900.000"})

    assert response.status_code == 303
    hint = f"{LAST}: Nilai bahan baku (900.000) lebih besar daripada nilai produksi (500.000)."
    assert hint in page_text(client.get(ikm.get_absolute_url()))
    assert hint in page_text(client.get(address_of(ikm)))


def test_the_same_sending_twice_has_one_effect(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm)), **{f"production_value_{LAST}": "500.000"})

    answers = [client.post(address_of(ikm), data).status_code for _number in range(2)]

    assert answers == [303, 303]
    assert (YearlyFigures.objects.count(), Receipt.objects.count()) == (1, 1)


def test_what_two_people_changed_is_asked_about(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    figures = make_figures(ikm=ikm, year=LAST, production_value=100_000, investment=1_000_000)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm)), **{f"production_value_{LAST}": "300.000"})
    figures.production_value, figures.investment = 200_000, 2_000_000
    figures.save()

    response = client.post(address_of(ikm), data)

    assert response.status_code == 409
    assert [column.is_stale for column in response.context["form"].columns] == [False, True, False]
    assert "Nilai produksi setahun (rupiah)" in page_text(response)
    assert YearlyFigures.objects.get().production_value == 200_000


def test_a_year_both_recorded_at_once_is_asked_about(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm)), **{f"production_value_{LAST}": "300.000"})
    make_figures(ikm=ikm, year=LAST, production_value=200_000)

    first = client.post(address_of(ikm), data)
    again = typed(first) | {f"{LAST}-pilih-production_value": "saya", "idempotency_key": str(uuid7())}
    second = client.post(address_of(ikm), again)

    assert (first.status_code, second.status_code) == (409, 303)
    assert stored(ikm) == {LAST: (None, None, 300_000)}


def test_a_year_somebody_else_recorded_stays_where_the_column_was_left_empty(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm)), **{f"production_value_{BEFORE}": "300.000"})
    make_figures(ikm=ikm, year=LAST, production_value=200_000)

    response = client.post(address_of(ikm), data)

    assert response.status_code == 303
    assert stored(ikm) == {BEFORE: (None, None, 300_000), LAST: (None, None, 200_000)}


def test_a_year_somebody_else_cleared_stays_cleared_where_nothing_was_typed(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    make_figures(ikm=ikm, year=LAST, production_value=100_000)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm)), **{f"production_value_{BEFORE}": "300.000"})
    send(client, ikm, **{f"production_value_{LAST}": ""})

    response = client.post(address_of(ikm), data)

    assert response.status_code == 303
    assert stored(ikm) == {BEFORE: (None, None, 300_000)}


def test_a_change_of_a_year_somebody_else_cleared_is_asked_about(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    cleared = make_figures(ikm=ikm, year=LAST, production_value=100_000)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm)), **{f"production_value_{LAST}": "300.000"})
    send(client, ikm, **{f"production_value_{LAST}": ""})

    first = client.post(address_of(ikm), data)
    second = client.post(address_of(ikm), typed(first) | {"idempotency_key": str(uuid7())})

    assert (first.status_code, second.status_code) == (409, 303)
    assert f"dikosongkan {officer} sejak Anda membukanya" in page_text(first)
    assert stored(ikm) == {LAST: (None, None, 300_000)}
    assert YearlyFigures.objects.get().pk != cleared.pk


def test_other_years_are_asked_for(signed_in, officer):
    ikm = make_ikm(wilayah=BENTAR)
    make_figures(ikm=ikm, year=2011)

    page = signed_in(officer).get(address_of(ikm), {"tahun": "1998"})

    assert [column.year for column in page.context["form"].columns] == [THIS_YEAR, LAST, BEFORE, 2011, 1998]


@pytest.mark.parametrize("asked", ["1700", "3000", "abc", ""])
def test_a_year_that_cannot_be_is_refused_in_a_sentence(signed_in, officer, asked):
    page = signed_in(officer).get(address_of(make_ikm(wilayah=BENTAR)), {"tahun": asked})

    assert page.status_code == HTTPStatus.OK
    assert page.context["other"].errors["tahun"]
    assert len(page.context["form"].columns) == 3


@pytest.mark.parametrize("years", ["", "2024 abc", "9999", " ".join(map(str, range(2000, 2020)))])
def test_a_form_of_other_years_than_ours_is_refused(signed_in, officer, years):
    ikm = make_ikm(wilayah=BENTAR)
    client = signed_in(officer)
    data = typed(client.get(address_of(ikm))) | {"years": years}

    response = client.post(address_of(ikm), data)

    assert response.status_code == 422
    assert "Formulir ini tidak lengkap. Buka lagi halamannya" in page_text(response)


def test_who_may_not_edit_is_refused(signed_in, leader, stranger, verifier):
    ikm = make_ikm(wilayah=BENTAR)

    assert signed_in(leader).get(address_of(ikm)).status_code == HTTPStatus.FORBIDDEN
    assert signed_in(stranger).get(address_of(ikm)).status_code == HTTPStatus.NOT_FOUND
    take_out_of_use(ikm, by=verifier)
    assert signed_in(verifier).get(address_of(ikm)).status_code == HTTPStatus.FORBIDDEN


def test_form_about_another_record_is_refused(signed_in, officer):
    ikm, other = make_ikm(wilayah=BENTAR), make_ikm(wilayah=BENTAR)
    client = signed_in(officer)
    data = typed(client.get(address_of(other)), **{f"production_value_{LAST}": "1"})

    response = client.post(address_of(ikm), data)

    assert (response.status_code, YearlyFigures.objects.count()) == (422, 0)


@pytest.mark.parametrize("years", [1, 3])
def test_the_page_asks_as_often_for_many_years_as_for_one(signed_in, officer, years, django_assert_num_queries):
    ikm = make_ikm(wilayah=BENTAR)
    for number in range(years):
        make_figures(ikm=ikm, year=THIS_YEAR - number)
    client = signed_in(officer)
    client.get("/")

    with django_assert_num_queries(5):
        client.get(address_of(ikm))
