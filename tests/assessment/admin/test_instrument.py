"""The page of a draft: itself, its criteria, bands and gates."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.db import IntegrityError

from assessment.instruments import publish
from assessment.models import Criterion, Gate, Indicator, Instrument, StarBand
from tests.assessment.admin.forms import errors, sent, told, words
from tests.assessment.factories import make_instrument, make_round

INSTRUMENTS = "/admin/assessment/instrument/"


@pytest.fixture
def draft(areas):
    return make_instrument(published=False)


@pytest.fixture
def address(draft):
    return f"{INSTRUMENTS}{draft.pk}/change/"


@pytest.fixture
def as_admin(signed_in, admin):
    return signed_in(admin)


def test_a_draft_is_begun_with_its_criteria_and_bands(as_admin):
    page = as_admin.get(INSTRUMENTS + "add/")
    data = sent(page, name="Instrumen baru", version="1", basis="Uji", validity_months="36")
    data |= {"criterion_set-0-code": "K1", "criterion_set-0-name": "Satu", "criterion_set-0-short_name": "Satu"}
    data |= {"criterion_set-0-points": "100", "band_set-0-star": "1", "band_set-0-lowest": "50,5"}

    response = as_admin.post(INSTRUMENTS + "add/", data | {"band_set-0-label": "bintang 1"})

    made = Instrument.objects.get()
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, f"{INSTRUMENTS}{made.pk}/change/")
    assert (made.name, made.validity_months, made.state) == ("Instrumen baru", 36, "draft")
    assert list(made.criterion_set.values_list("code", "points", "order")) == [("K1", 100, 1)]
    assert list(made.band_set.values_list("star", "lowest")) == [(1, Decimal("50.50"))]


def test_a_draft_is_saved_with_its_rows(as_admin, address, draft):
    data = sent(as_admin.get(address), basis="Lain", criterion_set__0__points="59,5", criterion_set__0__order="5")

    response = as_admin.post(address, data)

    draft.refresh_from_db()
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, address)
    assert draft.basis == "Lain"
    assert list(draft.criterion_set.values_list("code", "points")) == [("K2", 40), ("K1", Decimal("59.50"))]


def test_an_unchanged_draft_stays_as_it_is(as_admin, address, draft):
    before = list(Criterion.objects.values()), list(StarBand.objects.values()), list(Gate.objects.values())

    as_admin.post(address, sent(as_admin.get(address)))

    assert (list(Criterion.objects.values()), list(StarBand.objects.values()), list(Gate.objects.values())) == before


def test_two_criteria_may_swap_their_codes(as_admin, address, draft):
    data = sent(as_admin.get(address), criterion_set__0__code="K2", criterion_set__1__code="K1")

    as_admin.post(address, data)

    assert list(draft.criterion_set.values_list("code", "points")) == [("K2", 60), ("K1", 40)]


def test_bands_are_moved_up_to_make_room_for_one(as_admin, address, draft):
    moved = {f"band_set-{row}-star": star for row, star in enumerate((1, 2, 4, 5, 6))}
    new = {"band_set-5-star": "3", "band_set-5-lowest": "65", "band_set-5-label": "bintang 3 baru"}

    as_admin.post(address, sent(as_admin.get(address)) | moved | new)

    assert list(draft.band_set.values_list("star", "lowest")) == [(1, 50), (2, 60), (3, 65), (4, 70), (5, 80), (6, 90)]


def test_bands_are_deleted(as_admin, address, draft):
    as_admin.post(address, sent(as_admin.get(address), band_set__4__DELETE="on"))

    assert list(draft.band_set.values_list("star", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"name": ""}, {"name": ["Isi bagian ini."]}),
        ({"validity_months": "0"}, {"__all__": ["Masa berlaku paling sedikit 1 bulan."]}),
        (
            {"criterion_set__0__code": "K2"},
            {"criterion_set-1-__all__": ["Kode kriteria ini sudah dipakai dalam instrumen ini."]},
        ),
        (
            {"criterion_set__0__points": "101"},
            {"criterion_set-0-__all__": ["Poin kriteria harus lebih dari 0 dan paling banyak 100."]},
        ),
        ({"criterion_set__0__points": "banyak"}, {"criterion_set-0-points": ["Isi dengan angka."]}),
        ({"band_set__1__star": "1"}, {"band_set-1-__all__": ["Bintang ini sudah punya ambang."]}),
        (
            {"band_set__1__lowest": "50"},
            {"band_set-1-__all__": ["Nilai terendah ini sudah dipakai bintang lain."]},
        ),
        (
            {"band_set__0__lowest": "100,01"},
            {"band_set-0-__all__": ["Bintang mulai dari 1 dan nilai terendahnya 0 sampai 100."]},
        ),
    ],
)
def test_what_is_wrong_gets_its_sentence_and_nothing_is_saved(as_admin, address, draft, wrong, found):
    before = list(StarBand.objects.values()), list(Criterion.objects.values())

    response = as_admin.post(address, sent(as_admin.get(address), **wrong))

    assert errors(response) == found
    assert (list(StarBand.objects.values()), list(Criterion.objects.values())) == before


def test_a_version_that_exists_is_refused(as_admin, address, draft):
    make_instrument(version="2")

    response = as_admin.post(address, sent(as_admin.get(address), version="2"))

    assert errors(response) == {"__all__": ["Instrumen dengan nama dan versi ini sudah ada. Naikkan versinya."]}


def test_the_page_says_where_to_read_what_is_still_wrong(as_admin, address, draft):
    publish_page = address.replace("change", "terbitkan")

    assert f'tertulis di halaman <a href="{publish_page}">Terbitkan</a>' in as_admin.get(address).text


def test_a_folded_table_opens_where_something_in_it_is_wrong(as_admin, address):
    page = as_admin.get(address)

    refused = as_admin.post(address, sent(page, band_set__1__star="1"))

    assert [page.text.count(f"<details{state}>") for state in (" open", "")] == [1, 2]
    assert [refused.text.count(f"<details{state}>") for state in (" open", "")] == [2, 1]


# Published meanwhile, deleted


def test_a_form_that_was_open_while_the_draft_was_published_gets_a_sentence(as_admin, address, draft):
    data = sent(as_admin.get(address), basis="Lain")
    publish(draft, by=None)

    response = as_admin.post(address, data, follow=True)

    assert response.redirect_chain == [(address, HTTPStatus.FOUND)]
    assert [message[:27] for message in told(response)] == ["Instrumen ini sudah terbit,"]
    assert Instrument.objects.get().basis == "Uji"


def test_publishing_between_the_look_and_the_write_is_a_sentence_too(as_admin, address, draft, monkeypatch):
    """The trigger has the last word: here the page still takes the instrument for a draft."""
    data = sent(as_admin.get(address), basis="Lain")
    publish(draft, by=None)
    monkeypatch.setattr("assessment.admin.parts.is_open", lambda part: True)
    monkeypatch.setattr("assessment.admin.seen.state_of", lambda part: data["seen"])

    response = as_admin.post(address, data, follow=True)

    assert response.redirect_chain == [(address, HTTPStatus.FOUND)]
    assert told(response) == ["Instrumen ini sudah terbit, jadi isinya tidak berubah lagi. Salin ke rancangan baru."]


def test_a_draft_is_deleted_with_all_its_parts(as_admin, draft):
    page = as_admin.get(f"{INSTRUMENTS}{draft.pk}/delete/")

    response = as_admin.post(f"{INSTRUMENTS}{draft.pk}/delete/", {"post": "yes"})

    assert "2 kriteria, 4 indikator, 20 level, 3 butir lembar uji, 5 syarat, 5 ambang bintang." in words(page)
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, INSTRUMENTS)
    assert (Instrument.objects.count(), Criterion.objects.count(), Gate.objects.count()) == (0, 0, 0)


def test_a_published_instrument_is_never_deleted(as_admin):
    used = make_round().instrument

    response = as_admin.post(f"{INSTRUMENTS}{used.pk}/delete/", {"post": "yes"}, follow=True)

    assert response.redirect_chain == [(f"{INSTRUMENTS}{used.pk}/change/", HTTPStatus.FOUND)]
    with pytest.raises(IntegrityError):
        used.delete()


# Two at once


def test_who_was_slower_is_told_and_keeps_what_was_typed(as_admin, address, draft):
    data = sent(as_admin.get(address), basis="Dari saya")
    Criterion.objects.filter(code="K1").update(name="Dari orang lain")

    told_so = as_admin.post(address, data)
    draft.refresh_from_db()
    kept, name = draft.basis, draft.criterion_set.get(code="K1").name
    as_admin.post(address, sent(told_so))

    draft.refresh_from_db()
    assert [sentence[:61] for sentence in errors(told_so)["__all__"]] == [
        "Halaman ini diubah orang lain sejak Anda membukanya, jadi bel"
    ]
    assert told_so.context["adminform"].form["basis"].value() == "Dari saya"
    assert (kept, name) == ("Uji", "Dari orang lain")
    assert (draft.basis, draft.criterion_set.get(code="K1").name) == ("Dari saya", "Produk unggulan daerah")


def test_work_on_another_page_of_the_draft_is_no_hindrance(as_admin, address, draft):
    data = sent(as_admin.get(address), basis="Dari saya")
    Indicator.objects.filter(code="1.1").update(name="Dari orang lain")
    Gate.objects.filter(code="nib").update(name="Dari orang lain")

    as_admin.post(address, data)

    draft.refresh_from_db()
    assert draft.basis == "Dari saya"
