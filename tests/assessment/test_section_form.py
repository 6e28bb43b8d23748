"""The form of one criterion on the score sheet: what it offers, takes and refuses."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment import sheets
from assessment.dossier import open_dossier
from assessment.forms.section import SectionForm
from assessment.models import Assessment
from sentra.models import Certificate
from tests import factories
from tests.assessment.factories import attach, start_assessment
from tests.assessment.section_forms import changed_elsewhere, posted, section
from tests.files.samples import jpeg


@pytest.fixture
def assessment(officer) -> Assessment:
    return start_assessment(officer=officer)


def test_empty_form_offers_what_the_rules_say(assessment):
    form = section(assessment, "K2")

    assert [row.rule.code for row in form.rows] == ["2.1", "2.2"]
    assert [value for value, _label in form.rows[0].fields["level"].choices] == ["", 1, 2, 3, 4, 5]
    assert [check.line.code for check in form.rows[0].checks] == ["2.1-benda-asing", "2.1-rasa"]


def test_form_leaves_out_what_is_for_other_scopes(officer):
    product = factories.make_product(scope=factories.make_scope("tenun"))

    form = section(start_assessment(officer=officer, product=product), "K2")

    assert [row.rule.code for row in form.rows] == ["2.1"]
    assert [check.line.code for check in form.rows[0].checks] == ["2.1-kerapian"]


def test_entries(assessment):
    form = section(
        assessment,
        "K2",
        {"2.1-level": "4", "2.1-note": " Renyah.\r\nManis. ", "2.1-benda-asing-value": "0", "2.1-rasa-value": "5"},
    )

    assert form.is_valid()
    assert form.entries() == {
        "2.1": sheets.Entry(
            level=4,
            note="Renyah.\nManis.",
            checks={"2.1-benda-asing": 0, "2.1-rasa": 5},
            captions=[],
            additions=[],
            removals=[],
        ),
        "2.2": sheets.Entry(level=None, note="", checks={}, captions=[], additions=[], removals=[]),
    }


def test_caption_of_evidence_is_changed(assessment):
    kept, renamed = attach(assessment, "1.1", caption="SK"), attach(assessment, "1.1", caption="nota")

    form = section(assessment, "K1", {f"1.1-{renamed.pk}-caption": " Nota pemasok "})

    assert form.is_valid()
    assert form.entries()["1.1"].captions == [(renamed, "Nota pemasok")]
    assert kept.caption == "SK"


def test_caption_of_evidence_that_goes_is_not_changed(assessment):
    evidence = attach(assessment, "1.1", caption="nota")

    form = section(assessment, "K1", {f"1.1-{evidence.pk}-caption": "Nota", "1.1-remove": [str(evidence.pk)]})

    assert form.is_valid()
    assert (form.entries()["1.1"].captions, form.entries()["1.1"].removals) == ([], [evidence])


def test_page_that_does_not_know_the_evidence_leaves_its_caption(assessment):
    data = posted(assessment, "K1", {"1.1-level": "4"})
    attach(assessment, "1.1", caption="Nota")
    dossier = open_dossier(assessment)

    form = SectionForm(dossier, dossier.rules.criteria[0], data)

    assert form.is_valid()
    assert form.entries()["1.1"].captions == []


def test_level_is_emptied(assessment):
    changed_elsewhere(assessment, "1.1", level=3)

    form = section(assessment, "K1", {"1.1-level": ""})

    assert form.is_valid()
    assert form.entries()["1.1"].level is None


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"1.1-level": "9"}, {"1.1-level": "invalid_choice"}),
        ({"1.1-level": "banyak"}, {"1.1-level": "invalid_choice"}),
        ({"1.1-note": "a" * 2001}, {"1.1-note": "max_length"}),
        ({"1.1-link": "javascript:alert(1)"}, {"1.1-link": "invalid"}),
        ({"1.1-link": "data:text/html,x"}, {"1.1-link": "invalid"}),
        ({"1.1-link": "contoh"}, {"1.1-link": "invalid"}),
        ({"1.1-stored": f"sertifikat:{uuid4()}"}, {"1.1-stored": "invalid_choice"}),
        ({"1.1-remove": str(uuid4())}, {"1.1-remove": "invalid_choice"}),
        ({"1.1-caption": "Nota"}, {"1.1-caption": "without_evidence"}),
        ({"id": str(uuid4())}, {"id": "foreign"}),
        ({"idempotency_key": "x"}, {"idempotency_key": "invalid"}),
    ],
)
def test_bad_entries_are_refused_at_their_field(assessment, entries, errors):
    form = section(assessment, "K1", entries)

    assert not form.is_valid()
    assert {name: found[0]["code"] for name, found in form.errors.get_json_data().items()} == errors
    assert not form.is_stale


@pytest.mark.parametrize(
    ("name", "value"),
    [("2.1-benda-asing-value", "9"), ("2.1-benda-asing-value", "2"), ("2.1-rasa-value", "0"), ("2.1-rasa-value", "6")],
)
def test_check_takes_only_its_own_answers(assessment, name, value):
    form = section(assessment, "K2", {name: value})

    assert list(form.errors) == [name]


def test_entries_of_another_criterion_are_left_aside(assessment):
    form = section(assessment, "K1", {"2.1-level": "4", "2.1-rasa-value": "3"})

    assert form.is_valid()
    assert list(form.entries()) == ["1.1", "1.2"]


def test_link_without_scheme_is_one_of_the_web(assessment):
    form = section(assessment, "K1", {"1.1-link": "contoh.id/produk"})

    assert form.is_valid()
    assert form.entries()["1.1"].additions == [sheets.Addition(link="https://contoh.id/produk")]


def test_files_of_camera_and_gallery_come_along(assessment):
    uploads = {
        "1.1-file-kamera": [SimpleUploadedFile("kamera.jpg", jpeg())],
        "1.1-file": [SimpleUploadedFile("satu.jpg", jpeg()), SimpleUploadedFile("dua.jpg", jpeg())],
    }

    form = section(assessment, "K1", {"1.1-caption": "Bahan"}, uploads)

    assert form.is_valid()
    additions = form.entries()["1.1"].additions
    assert [(addition.upload.name, addition.caption) for addition in additions] == [
        ("kamera.jpg", "Bahan"),
        ("satu.jpg", "Bahan"),
        ("dua.jpg", "Bahan"),
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "position"),
    [
        ("-7.168420", "108.912340", (Decimal("-7.168420"), Decimal("108.912340"))),
        ("-7.16842049", "108.9123400000001", (Decimal("-7.168420"), Decimal("108.912340"))),
        ("-7.168420", "", None),
        ("", "", None),
        ("100", "108.912340", None),
        ("-7.168420", "timur", None),
        ("NaN", "Infinity", None),
        ("1e-400", "1e400", None),
    ],
)
def test_upload_keeps_where_it_was_taken(assessment, latitude, longitude, position):
    """What is no place is left out: the fields are hidden, so nobody could put them right."""
    uploads = {"1.1-file-kamera": [SimpleUploadedFile("kamera.jpg", jpeg())]}

    form = section(assessment, "K1", {"latitude": latitude, "longitude": longitude}, uploads)

    assert form.is_valid()
    assert [addition.position for addition in form.entries()["1.1"].additions] == [position]


def test_what_nobody_sees_is_left_out_of_note_and_caption(assessment):
    entries = {
        "1.1-note": "\u202eBahan\u200b\r\nsendiri\u2069",
        "1.1-caption": "Nota\u200b  \u202epemasok",
        "1.1-link": "https://contoh.id/produk",
        "1.2-note": "\u200b\u2060",
    }

    form = section(assessment, "K1", entries)

    assert form.is_valid(), form.errors
    written = form.entries()
    assert (written["1.1"].note, written["1.2"].note) == ("Bahan\nsendiri", "")
    assert [addition.caption for addition in written["1.1"].additions] == ["Nota pemasok"]


def test_drawing_named_as_a_photo_is_refused(assessment):
    drawing = SimpleUploadedFile("foto.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')

    form = section(assessment, "K1", {}, {"1.1-file": [drawing]})

    assert form.errors.get_json_data()["1.1-file"][0]["code"] == "format"


def test_refused_one_of_several_files_is_named(assessment):
    uploads = {"1.1-file": [SimpleUploadedFile("baik.jpg", jpeg()), SimpleUploadedFile("rusak.jpg", b"x")]}

    form = section(assessment, "K1", {}, uploads)

    assert [error["message"][:10] for error in form.errors.get_json_data()["1.1-file"]] == ["rusak.jpg:"]


def test_too_many_files_at_once_are_refused(assessment):
    uploads = {"1.1-file": [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(11)]}

    form = section(assessment, "K1", {}, uploads)

    assert form.errors.get_json_data()["1.1-file"][0]["code"] == "too_many"


def test_good_file_beside_a_bad_entry_is_asked_for_again(assessment):
    uploads = {"1.2-file": [SimpleUploadedFile("baik.jpg", jpeg())]}

    form = section(assessment, "K1", {"1.1-level": "9"}, uploads)

    assert {name: found[0]["code"] for name, found in form.errors.get_json_data().items()} == {
        "1.1-level": "invalid_choice",
        "1.2-file": "choose_again",
    }


def test_certificate_with_file_can_be_chosen(assessment, officer):
    product = assessment.product
    paper = factories.make_certificate(product=product, file=factories.make_file(by=officer))

    form = section(assessment, "K1", {"1.1-stored": f"sertifikat:{paper.pk}"})

    assert form.is_valid()
    assert form.entries()["1.1"].additions == [sheets.Addition(certificate=paper)]


def test_certificate_without_file_or_of_another_product_cannot_be_chosen(assessment, officer):
    without_file = factories.make_certificate(product=assessment.product)
    foreign = factories.make_certificate(product=factories.make_product(), file=factories.make_file(by=officer))

    for paper in (without_file, foreign):
        form = section(assessment, "K1", {"1.1-stored": f"sertifikat:{paper.pk}"})
        assert form.errors.get_json_data()["1.1-stored"][0]["code"] == "invalid_choice"


def test_evidence_of_another_indicator_can_be_chosen_once(assessment):
    evidence = attach(assessment, "1.1")

    form = section(assessment, "K2", {"2.1-stored": f"bukti:{evidence.pk}"})

    assert form.is_valid()
    assert form.entries()["2.1"].additions == [sheets.Addition(evidence=evidence)]
    assert section(assessment, "K1").rows[0].fields["stored"].offers_nothing


def test_evidence_of_another_assessment_cannot_be_taken_away(assessment, officer):
    foreign = attach(start_assessment(officer=officer), "1.1")

    form = section(assessment, "K1", {"1.1-remove": [str(foreign.pk)]})

    assert form.errors.get_json_data()["1.1-remove"][0]["code"] == "invalid_choice"


def test_certificate_says_until_when(assessment, officer):
    factories.make_certificate(
        product=assessment.product,
        kind=Certificate.Kind.HALAL,
        number="ID331",
        expires="2099-05-03",
        file=factories.make_file(by=officer),
    )

    choices = dict(section(assessment, "K1").rows[0].fields["stored"].choices)

    assert [label for _key, label in choices["Sertifikat"]] == ["Halal ID331, sampai 3 Mei 2099 (berlaku)"]


def test_a_broken_hidden_field_leads_to_its_indicator(assessment):
    """A field without a label was called "None" in the summary of what is wrong."""
    form = section(assessment, "K1", {"1.1-revision": "x"})

    assert not form.is_valid()
    name = form.rows[0].rule.name
    assert [(problem.anchor, problem.label) for problem in form.problems] == [("i1.1", f"1.1 {name}")]
