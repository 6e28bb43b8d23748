"""Rounds in the admin."""

from http import HTTPStatus

import pytest

from assessment.models import Instrument, Round
from tests.assessment.factories import make_instrument, make_round, move_to, start_assessment

ROUNDS = "/admin/assessment/round/"
NEW = {"name": "Putaran Brebes", "authority": "kabkota", "wilayah": "33.29", "opens": "01-01-2026", "closes": ""}
EVERY_WRITER = pytest.mark.parametrize("who", ["admin", "superuser"])


def test_a_round_is_opened(signed_in, admin):
    instrument = make_instrument()

    response = signed_in(admin).post(ROUNDS + "add/", NEW | {"instrument": instrument.pk})

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, ROUNDS)
    assert list(Round.objects.values_list("name", "authority", "wilayah", "instrument")) == [
        ("Putaran Brebes", "kabkota", "33.29", instrument.pk)
    ]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        (
            {"wilayah": ""},
            {
                "__all__": [
                    "Sudah ada putaran tetap untuk penilai ini. Isi dulu tanggal tutup putaran yang lama.",
                ]
            },
        ),
        ({"wilayah": "33"}, {"wilayah": ["Pilih wilayah setingkat kabupaten/kota, sesuai penilainya."]}),
        (
            {"authority": "kementerian"},
            {"__all__": ["Kementerian menilai seluruh Indonesia. Kosongkan wilayahnya."]},
        ),
        ({"closes": "31-12-2025"}, {"__all__": ["Tanggal tutup tidak boleh sebelum tanggal buka."]}),
        ({"name": "\u3164\u200b"}, {"__all__": ["Isi nama putaran dengan huruf yang terlihat."]}),
        ({"instrument": ""}, {"instrument": ["Isi bagian ini."]}),
        ({"opens": "31-02-2026"}, {"opens": ["Isi tanggal yang benar, misalnya 24-11-2026."]}),
    ],
)
def test_a_wrong_round_comes_back_with_sentences(signed_in, admin, wrong, errors):
    standing = make_round()

    response = signed_in(admin).post(ROUNDS + "add/", NEW | {"instrument": standing.instrument_id} | wrong)

    assert response.context["adminform"].form.errors == errors
    assert list(Round.objects.all()) == [standing]


@pytest.mark.parametrize("state", [Instrument.State.DRAFT, Instrument.State.RETIRED])
def test_a_round_needs_an_instrument_in_force(signed_in, admin, state):
    instrument = make_instrument(published=state == Instrument.State.RETIRED)
    if state == Instrument.State.RETIRED:
        instrument.state, instrument.retired_at = state, instrument.published_at
        instrument.save()

    response = signed_in(admin).post(ROUNDS + "add/", NEW | {"instrument": instrument.pk})

    assert response.context["adminform"].form.errors == {
        "instrument": ["Pilih instrumen yang sudah terbit dan masih dipakai."]
    }


@EVERY_WRITER
def test_a_round_that_was_used_keeps_what_assessments_copied(signed_in, request, officer, who):
    used = make_round()
    start_assessment(officer=officer)
    other = make_instrument(name="Lain")

    response = signed_in(request.getfixturevalue(who)).post(
        f"{ROUNDS}{used.pk}/change/", NEW | {"authority": "provinsi", "instrument": other.pk, "closes": "31-12-2026"}
    )

    kept = (used.authority, used.wilayah_id, used.instrument_id)
    used.refresh_from_db()
    assert response.status_code == HTTPStatus.FOUND
    assert (used.authority, used.wilayah_id, used.instrument_id) == kept
    assert (used.name, str(used.closes)) == ("Putaran Brebes", "2026-12-31")


@EVERY_WRITER
def test_a_used_round_checks_also_what_its_form_does_not_show(signed_in, request, officer, who):
    """Its authority and area are read only, so they are no fields of the form, but a constraint reads them."""
    used = make_round(closes="2026-12-31")
    start_assessment(officer=officer)
    Round.objects.create(name="Tetap", authority="kabkota", instrument=used.instrument, opens="2020-01-01")

    response = signed_in(request.getfixturevalue(who)).post(
        f"{ROUNDS}{used.pk}/change/", {"name": used.name, "opens": "01-01-2020", "closes": ""}
    )

    assert response.status_code == HTTPStatus.OK
    assert response.context["adminform"].form.errors == {
        "__all__": ["Sudah ada putaran tetap untuk penilai ini. Isi dulu tanggal tutup putaran yang lama."]
    }


@EVERY_WRITER
def test_a_round_with_decisions_is_not_deleted(signed_in, request, officer, verifier, who):
    move_to(start_assessment(officer=officer), "decided", verifier=verifier)
    used = Round.objects.get()

    response = signed_in(request.getfixturevalue(who)).post(f"{ROUNDS}{used.pk}/delete/", {"post": "yes"})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Round.objects.get() == used
