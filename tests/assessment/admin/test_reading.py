"""An instrument that was published is read in the admin, from its criteria to its levels, and never written."""

from http import HTTPStatus

import pytest
from django.utils.html import strip_tags

from assessment.admin.instrument import in_words
from assessment.models import Criterion, Gate, Indicator, Instrument, Level
from tests.assessment.admin.forms import told, words
from tests.assessment.factories import make_instrument

EVERY_WRITER = pytest.mark.parametrize("who", ["admin", "superuser"])


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
def test_no_part_of_a_published_instrument_is_written(signed_in, request, areas, who):
    published = make_instrument()
    client = signed_in(request.getfixturevalue(who))
    rows = {
        "instrument": published,
        "criterion": published.criterion_set.first(),
        "indicator": Indicator.objects.first(),
        "gate": Gate.objects.first(),
    }

    answers = {
        (name, action): client.post(
            f"/admin/assessment/{name}/{row.pk}/{action}/", {"name": "Lain", "post": "yes"}, follow=True
        )
        for name, row in rows.items()
        for action in ("change", "delete")
    }

    for (name, action), answer in answers.items():
        assert answer.redirect_chain == [(f"/admin/assessment/{name}/{rows[name].pk}/change/", HTTPStatus.FOUND)]
        assert [message[:34] for message in told(answer)] == ["Instrumen ini sudah terbit, jadi i"], action
    assert list(Instrument.objects.values_list("name")) == [("Instrumen kecil",)]


def test_nothing_is_added_to_a_published_instrument(signed_in, admin):
    published = make_instrument()
    criterion = published.criterion_set.first()
    client = signed_in(admin)

    for path, row in [
        (f"/admin/assessment/indicator/add/?criterion={criterion.pk}", criterion),
        (f"/admin/assessment/gate/add/?instrument={published.pk}", published),
    ]:
        for answer in (client.get(path, follow=True), client.post(path, {"code": "baru"}, follow=True)):
            assert answer.redirect_chain == [
                (f"/admin/assessment/{row._meta.model_name}/{row.pk}/change/", HTTPStatus.FOUND)
            ]

    assert (Indicator.objects.count(), Gate.objects.count()) == (4, 5)


def test_what_is_published_offers_no_field_and_no_button(signed_in, admin):
    published = make_instrument()
    client = signed_in(admin)
    indicator, gate = Indicator.objects.get(code="2.1"), Gate.objects.first()

    for path in (
        f"instrument/{published.pk}",
        f"criterion/{indicator.criterion_id}",
        f"indicator/{indicator.pk}",
        f"gate/{gate.pk}",
    ):
        page = client.get(f"/admin/assessment/{path}/change/")

        assert "isinya hanya dapat dibaca" in words(page)
        assert 'name="_save"' not in page.text
        assert f"/admin/assessment/{path}/delete/" not in page.text


def test_a_gate_is_read_in_words(signed_in, admin):
    make_instrument()
    gate = Gate.objects.get(code="halal")

    page = words(signed_in(admin).get(f"/admin/assessment/gate/{gate.pk}/change/"))

    assert "Syarat: Salah satu sertifikat ini berlaku (Halal)" in page
    assert "Akibat: Tidak dapat diusulkan ke tingkat ini dan di atasnya (Provinsi)" in page


@EVERY_WRITER
@pytest.mark.parametrize("name", ["assessment", "scoresheet", "score", "evidence", "step", "remark", "decision"])
def test_what_was_done_has_no_page(signed_in, request, who, name):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(f"/admin/assessment/{name}/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/admin/assessment/{name}/1/change/").status_code == HTTPStatus.NOT_FOUND
