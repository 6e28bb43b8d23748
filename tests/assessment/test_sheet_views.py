"""The page of the score sheet, for the officer who fills it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment import sheets
from assessment.models import Assessment, CheckAnswer, Evidence
from files.models import StoredFile
from tests import factories
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.assessment.page_forms import address, fields_of, filled_in, proposed_levels, send
from tests.files.samples import jpeg

State = Assessment.State


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def assessment(officer) -> Assessment:
    return start_assessment(officer=officer)


@pytest.fixture
def client(client, assessment):
    """The client, signed in as the officer of `assessment`."""
    client.force_login(assessment.officer)
    return client


def test_sheet_without_javascript_saves_a_section_in_one_go(client, assessment, officer):
    paper = factories.make_certificate(product=assessment.product, file=factories.make_file(by=officer))
    entries = {
        "1.1-level": "4",
        "1.1-note": "SK bupati.",
        "1.1-stored": f"sertifikat:{paper.pk}",
        "1.2-level": "5",
        "1.2-caption": "Nota",
        "1.2-file": [SimpleUploadedFile("a.jpg", jpeg()), SimpleUploadedFile("b.jpg", jpeg())],
        "1.2-link": "https://contoh.id/pemasok",
    }

    response = send(client, assessment, "K1", entries)

    assert (response.status_code, response.url) == (303, f"{address(assessment)}?k=K2#k2")
    assert proposed_levels(assessment) == {"1.1": 4, "1.2": 5, "2.1": None, "2.2": None}
    assert [str(evidence) for evidence in Evidence.objects.order_by("created_at")] == [
        str(paper),
        "Nota",
        "Nota",
        "Nota",
    ]


@pytest.mark.parametrize("levels", [{"1.1-level": "4"}, {"1.1-level": "4", "1.2-level": "5"}])
def test_saving_a_section_costs_the_same_for_any_number_of_indicators(
    client, assessment, django_assert_num_queries, levels
):
    send(client, assessment, "K1", {"1.1-level": "1"})
    form = filled_in(client, assessment, "K1", **levels)

    # Session, user, duties; savepoint, receipt, locked row, answers, test lines, evidence, levels, address, release.
    with django_assert_num_queries(12):
        client.post(address(assessment), form)


def test_answers_of_the_test_sheet_are_saved(client, assessment):
    response = send(client, assessment, "K2", {"2.1-benda-asing-value": "0", "2.1-rasa-value": "5"})

    assert response.url == f"{address(assessment)}?k=kirim#kirim"
    assert dict(CheckAnswer.objects.values_list("check_line__code", "value")) == {"2.1-benda-asing": 0, "2.1-rasa": 5}


def test_saved_page_shows_what_was_saved(client, assessment):
    send(client, assessment, "K1", {"1.1-level": "4", "1.1-note": "SK bupati."})

    fields = fields_of(client.get(address(assessment)), section="K1")

    assert (fields["1.1-level"], fields["1.1-note"], fields["1.1-base_level"]) == (["4"], ["SK bupati."], ["4"])


def test_page_opens_the_section_that_is_asked_for(client, assessment):
    page = client.get(f"{address(assessment)}?k=K2")

    assert [(section.code, section.is_open) for section in page.context["sections"]] == [("K1", False), ("K2", True)]


def test_page_opens_the_first_section_with_something_to_do(client, assessment):
    sheets.save_entries(assessment, {code: sheets.Entry(level=4) for code in ("1.1", "1.2")}, by=assessment.officer)

    page = client.get(f"{address(assessment)}?k=K9")

    assert page.context["current"].code == "K2"
    assert [jump.href for jump in page.context["missing_jumps"]] == ["?k=K2#i2.1", "?k=K2#i2.2"]


def test_running_points_and_what_can_be_reached(client, assessment):
    sheets.save_entries(assessment, {"1.2": sheets.Entry(level=4)}, by=assessment.officer)

    page = client.get(address(assessment))

    assert page.context["total"] == 32
    assert page.context["bars"][0] == {
        "code": "K1",
        "title": "Unggulan",
        "points": 32,
        "reachable": 52,
        "maximum": 60,
        "href": "?k=K1#k1",
        "current": True,
    }
    assert "Paling tinggi 92,00 bila 3 indikator yang kosong mendapat level tertinggi." in page.content.decode()


def test_check_before_sending_says_what_is_missing(client, assessment):
    page = client.get(address(assessment))

    assert [line.lead for line in page.context["lines"]] == [
        "4 indikator belum dinilai.",
        "1 butir uji belum dijawab.",
        "Kurang 2 dokumen bukti wajib.",
        "Dua penilai: baru 0. Panel penilai belum ada, jadi satu verifikator yang menilai.",
        "Kunjungan tercatat: belum.",
        "Belum dapat diusulkan ke provinsi dan kementerian:",
        "Syarat yang terpenuhi:",
    ]
    content = page.content.decode()
    assert "Belum bisa dikirim: 4 indikator belum dinilai, 1 butir uji belum dijawab." in content
    assert "Kirim ke dinas" not in content


def test_complete_sheet_offers_to_send(client, assessment):
    fill_all(assessment)

    page = client.get(address(assessment))

    assert page.context["current"] is None
    assert fields_of(page, form_id="kirim-form").keys() == {
        "csrfmiddlewaretoken",
        "idempotency_key",
        "id",
        "revision",
        "seen",
    }
    assert page.content.decode().count("Kirim ke dinas</button>") == 1


def test_complete_sheet_with_a_section_open_offers_to_send_at_its_end(client, assessment):
    fill_all(assessment)

    page = client.get(address(assessment) + "?k=K1").content.decode()

    bar, end = page.split('data-bar=""')[1], page.split('id="kirim-form"')[1].split("</form>")[0]
    assert bar.startswith(" hidden")
    assert "Kirim ke dinas</button>" in end


def test_sheet_is_sent_from_the_page(client, assessment):
    fill_all(assessment)
    fields = fields_of(client.get(address(assessment)), form_id="kirim-form")

    response = client.post(reverse("assessment:advance", args=[assessment.pk, "kirim"]), fields)

    assert response.status_code == 303
    assessment.refresh_from_db()
    assert assessment.state == State.SUBMITTED


def test_remark_stands_at_its_indicator_until_it_is_mended(client, assessment, verifier):
    assessment = move_to(assessment, State.RETURNED, verifier=verifier)

    before = client.get(address(assessment))
    send(client, assessment, "K1", {"1.1-level": "5"})
    after = client.get(address(assessment))

    assert "Lampirkan SK-nya." in before.content.decode()
    assert [jump.code for jump in before.context["remark_jumps"]] == ["1.1"]
    assert before.context["current"].code == "K1"
    assert [mark.text for mark in before.context["sections"][0].part.indicators[0].marks] == ["Ada catatan", "4 Kuat"]
    assert [mark.text for mark in after.context["sections"][0].part.indicators[0].marks] == [
        "Catatan, sudah diubah",
        "5 Unggul",
    ]
    assert after.context["remark_jumps"] == ()


def test_bad_entry_shows_the_section_as_it_was_typed(client, assessment):
    response = send(client, assessment, "K1", {"1.1-level": "9", "1.2-level": "3", "1.2-note": "Dari 14 kebun."})

    assert response.status_code == 422
    fields = fields_of(response, section="K1")
    assert (fields["1.2-level"], fields["1.2-note"]) == (["3"], ["Dari 14 kebun."])
    assert "Level itu tidak ada pada indikator ini. Pilih salah satu kartu." in response.content.decode()
    assert proposed_levels(assessment)["1.2"] is None


def test_every_error_of_the_summary_leads_to_something_on_the_page(client, assessment):
    response = send(
        client, assessment, "K1", {"1.1-level": "9", "1.2-link": "javascript:alert(1)", "1.2-note": "a" * 2001}
    )

    content = response.content.decode()
    anchors = [problem.anchor for problem in response.context["form"].problems]
    assert anchors == ["k1-1.1-level", "k1-1.2-note", "k1-1.2-link"]
    assert all(f'href="#{anchor}"' in content and f'id="{anchor}"' in content for anchor in anchors)


def test_refused_file_is_said_at_its_field(client, assessment):
    drawing = SimpleUploadedFile("foto.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')

    response = send(client, assessment, "K1", {"1.1-file": drawing})

    assert response.status_code == 422
    assert "gambar vektor (SVG)" in response.content.decode()
    assert not StoredFile.objects.exists()


def test_too_big_file_is_refused(client, assessment):
    response = send(
        client, assessment, "K1", {"1.1-file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + bytes(15 * 1024 * 1024))}
    )

    assert response.status_code in (413, 422)
    assert not StoredFile.objects.exists()


def test_double_submit_has_one_effect(client, assessment):
    fields = filled_in(client, assessment, "K1", **{"1.1-link": "https://contoh.id/a"})

    first = client.post(address(assessment), fields)
    second = client.post(address(assessment), fields)

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Evidence.objects.count() == 1


def test_same_key_with_other_content_is_refused(client, assessment):
    fields = filled_in(client, assessment, "K1", **{"1.1-level": "3"})
    client.post(address(assessment), fields)

    response = client.post(address(assessment), fields | {"1.1-level": "5"})

    assert response.status_code == 409
    assert proposed_levels(assessment)["1.1"] == 3


def test_changed_in_another_tab_shows_both_versions(client, assessment):
    old_tab = filled_in(client, assessment, "K1", **{"1.1-level": "5"})
    send(client, assessment, "K1", {"1.1-level": "2"})

    refused = client.post(address(assessment), old_tab)

    assert refused.status_code == 409
    assert proposed_levels(assessment)["1.1"] == 2
    content = refused.content.decode()
    assert "<td>2 Awal</td><td>5 Unggul</td>" in content

    informed = client.post(address(assessment), fields_of(refused, section="K1"))

    assert informed.status_code == 303
    assert proposed_levels(assessment)["1.1"] == 5


def test_untouched_rows_of_an_old_tab_never_conflict(client, assessment):
    old_tab = filled_in(client, assessment, "K1", **{"1.2-level": "5"})
    send(client, assessment, "K1", {"1.1-level": "2", "1.1-note": "Tab lain."})

    response = client.post(address(assessment), old_tab)

    assert response.status_code == 303
    assert proposed_levels(assessment) == {"1.1": 2, "1.2": 5, "2.1": None, "2.2": None}


def test_script_gets_a_receipt(client, assessment):
    fields = filled_in(client, assessment, "K1", **{"1.1-level": "4"})

    response = client.post(address(assessment), fields, headers={"accept": "application/json"})

    assert json.loads(response.content) == {
        "receipt": fields["idempotency_key"][0],
        "location": f"{address(assessment)}?k=K2#k2",
    }


def test_script_gets_errors_by_the_name_of_their_field(client, assessment):
    response = send(client, assessment, "K1", {"1.1-level": "9"}, headers={"accept": "application/json"})

    assert response.status_code == 422
    assert json.loads(response.content) == {
        "errors": {
            "1.1-level": [
                {
                    "message": "Level itu tidak ada pada indikator ini. Pilih salah satu kartu.",
                    "code": "invalid_choice",
                }
            ]
        }
    }


def test_script_learns_of_a_conflict(client, assessment):
    old_tab = filled_in(client, assessment, "K1", **{"1.1-level": "5"})
    send(client, assessment, "K1", {"1.1-level": "2"})

    response = client.post(address(assessment), old_tab, headers={"accept": "application/json"})

    assert response.status_code == 409
    assert json.loads(response.content)["errors"]["1.1-__all__"][0]["code"] == "stale"


def test_script_gets_the_parts_that_follow(client, assessment):
    attach(assessment, "1.1", caption="Nota pemasok")

    parts = client.get(f"{address(assessment)}?bagian=semua").content.decode()

    assert parts.count("data-part=") == 1 + 2 * 2 + 4 * 3 + 2
    assert "Nota pemasok" in parts
    assert "<html" not in parts


@pytest.mark.parametrize("section", ["", "K9", "k1"])
def test_unknown_section_is_a_bad_request(client, assessment, section):
    fields = filled_in(client, assessment, "K1") | {"section": section}

    response = client.post(address(assessment), fields)

    assert response.status_code == 400
    assert "Bagian formulir ini tidak dikenali." in response.content.decode()


def test_form_without_key_is_a_bad_request(client, assessment):
    assert client.post(address(assessment), {"section": "K1"}).status_code == 400


def test_null_byte_is_a_bad_request(client, assessment):
    response = send(client, assessment, "K1", {"1.1-note": "a\0b"})

    assert response.status_code == 400


def test_too_many_photos_at_once_are_told_at_the_field(client, assessment):
    """The server's own limit was lower than the form's: a page without the form, and everything typed was gone."""
    fields = filled_in(client, assessment, "K1", **{"1.1-note": "Foto bengkel."})
    photos = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(11)]

    response = client.post(address(assessment), fields | {"1.1-file": photos})

    assert response.status_code == 422
    assert "Paling banyak 10 berkas sekali kirim." in response.content.decode()
    assert "Foto bengkel." in response.content.decode()
