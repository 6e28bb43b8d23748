"""Rounds and instruments in the admin: rounds are kept, instruments only read, what was decided is not there."""

import re
from http import HTTPStatus

import pytest
from django.utils.html import strip_tags

from assessment.admin import in_words
from assessment.models import Criterion, Indicator, Instrument, Level, Round
from tests.assessment.factories import make_instrument, make_round, move_to, start_assessment

ROUNDS = "/admin/assessment/round/"
NEW = {"name": "Putaran Brebes", "authority": "kabkota", "wilayah": "33.29", "opens": "01-01-2026", "closes": ""}
EVERY_WRITER = pytest.mark.parametrize("who", ["admin", "superuser"])


def words(response) -> str:
    """What a page says, on one line."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def table(response, model) -> list[list[str]]:
    """The cells of the rows of `model` below a page."""
    (inline,) = (inline for inline in response.context["inline_admin_formsets"] if inline.opts.model is model)
    return [
        [strip_tags(field.contents()) for fieldset in row for line in fieldset for field in line]
        for row in inline
        if row.original
    ]


def test_an_instrument_is_read_from_criteria_to_levels_and_lines_of_the_test_sheet(signed_in, admin):
    instrument = make_instrument()
    client = signed_in(admin)
    criterion, indicator = Criterion.objects.get(code="K2"), Indicator.objects.get(code="2.1")

    top = client.get(f"/admin/assessment/instrument/{instrument.pk}/change/")
    middle = client.get(f"/admin/assessment/criterion/{criterion.pk}/change/")
    bottom = client.get(f"/admin/assessment/indicator/{indicator.pk}/change/")

    assert f'href="/admin/assessment/criterion/{criterion.pk}/change/"' in top.content.decode()
    assert f'href="/admin/assessment/indicator/{indicator.pk}/change/"' in middle.content.decode()
    assert table(top, Criterion) == [
        ["K1 Produk unggulan daerah", "60,00"],
        ["K2 Bermutu dan berpenampilan baik", "40,00"],
    ]
    assert [row[:3] for row in table(middle, Indicator)] == [
        ["2.1 Mutu indrawi", "Semua lingkup", "Tidak"],
        ["2.2 Izin dan standar", "Makanan", "Ya"],
    ]
    assert [row[:2] for row in table(bottom, Level)] == [
        ["1", "Belum"],
        ["2", "Awal"],
        ["3", "Cukup"],
        ["4", "Kuat"],
        ["5", "Unggul"],
    ]
    assert "Ada benda asing Makanan Ya atau tidak Ya Menggugurkan" in words(bottom)


def test_gates_and_bands_are_told_in_words(signed_in, admin):
    instrument = make_instrument()

    page = words(signed_in(admin).get(f"/admin/assessment/instrument/{instrument.pk}/change/"))

    assert "bintang 5 90,00" in page
    assert "NIB ada Semua lingkup Bintang paling tinggi 2" in page
    assert (
        "Salah satu sertifikat ini berlaku (Halal) Makanan"
        " Tidak dapat diusulkan ke tingkat ini dan di atasnya (Provinsi)" in page
    )
    assert "Sedikitnya 2 penilai Semua lingkup Bintang paling tinggi 4" in page


def test_parameters_stand_in_the_label():
    assert in_words("Satu indikator di atas level n", 2, "1.1 Penetapan") == (
        "Satu indikator di atas level 2 (1.1 Penetapan)"
    )
    assert in_words("NIB ada", None) == "NIB ada"


@EVERY_WRITER
def test_no_part_of_an_instrument_is_written(signed_in, request, areas, who):
    """Also of a draft: it is filled by a file, which the publishing checks."""
    draft = make_instrument(published=False)
    client = signed_in(request.getfixturevalue(who))
    rows = {
        "instrument": draft,
        "criterion": draft.criterion_set.first(),
        "indicator": Indicator.objects.first(),
    }

    statuses = {
        (name, action): client.post(f"/admin/assessment/{name}/{path}", {"name": "Lain", "post": "yes"}).status_code
        for name, row in rows.items()
        for action, path in [("add", "add/"), ("change", f"{row.pk}/change/"), ("delete", f"{row.pk}/delete/")]
    }

    assert set(statuses.values()) == {HTTPStatus.FORBIDDEN}
    assert list(Instrument.objects.values_list("name")) == [("Instrumen kecil",)]


@EVERY_WRITER
@pytest.mark.parametrize("name", ["assessment", "scoresheet", "score", "evidence", "step", "remark", "decision"])
def test_what_was_done_has_no_page(signed_in, request, who, name):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(f"/admin/assessment/{name}/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/admin/assessment/{name}/1/change/").status_code == HTTPStatus.NOT_FOUND


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
