import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assessment import sheets
from assessment.models import Assessment, CheckAnswer, Evidence, Score
from files.models import StoredFile
from outbox.uuid7 import uuid7
from tests import factories
from tests.assessment.factories import attach, fill_all, move_to, start_assessment
from tests.assessment.page_forms import fields_of
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


def address(assessment: Assessment) -> str:
    return reverse("assessment:sheet", args=[assessment.pk])


def filled_in(client, assessment: Assessment, section: str, **entries) -> dict:
    """What a browser sends from the page as it is now, with `entries` typed over it (`l_1_1` is "1.1-level")."""
    return fields_of(client.get(address(assessment)), section=section) | entries


def send(client, assessment: Assessment, section: str, entries: dict, **extra):
    return client.post(address(assessment), filled_in(client, assessment, section, **entries), **extra)


def levels(assessment: Assessment) -> dict[str, int | None]:
    rows = Score.objects.filter(sheet__assessment=assessment, sheet__kind="proposal")
    return dict(rows.values_list("indicator__code", "level"))


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
    assert levels(assessment) == {"1.1": 4, "1.2": 5, "2.1": None, "2.2": None}
    assert [str(evidence) for evidence in Evidence.objects.order_by("created_at")] == [
        str(paper),
        "Nota",
        "Nota",
        "Nota",
    ]


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
    assert 'aria-disabled="true" aria-describedby="kirim-sebab"' in content


def test_complete_sheet_offers_to_send(client, assessment):
    fill_all(assessment)

    page = client.get(address(assessment))

    assert page.context["current"] is None
    assert fields_of(page, form_id="kirim-form").keys() == {"csrfmiddlewaretoken", "idempotency_key", "revision"}
    assert "aria-disabled" not in page.content.decode()


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
    assert levels(assessment)["1.2"] is None


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
    assert levels(assessment)["1.1"] == 3


def test_changed_in_another_tab_shows_both_versions(client, assessment):
    old_tab = filled_in(client, assessment, "K1", **{"1.1-level": "5"})
    send(client, assessment, "K1", {"1.1-level": "2"})

    refused = client.post(address(assessment), old_tab)

    assert refused.status_code == 409
    assert levels(assessment)["1.1"] == 2
    content = refused.content.decode()
    assert "<td>2 Awal</td><td>5 Unggul</td>" in content

    informed = client.post(address(assessment), fields_of(refused, section="K1"))

    assert informed.status_code == 303
    assert levels(assessment)["1.1"] == 5


def test_untouched_rows_of_an_old_tab_never_conflict(client, assessment):
    old_tab = filled_in(client, assessment, "K1", **{"1.2-level": "5"})
    send(client, assessment, "K1", {"1.1-level": "2", "1.1-note": "Tab lain."})

    response = client.post(address(assessment), old_tab)

    assert response.status_code == 303
    assert levels(assessment) == {"1.1": 2, "1.2": 5, "2.1": None, "2.2": None}


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


def test_evidence_is_taken_away(client, assessment):
    evidence = attach(assessment, "1.1")

    send(client, assessment, "K1", {"1.1-remove": [str(evidence.pk)]})

    assert not Evidence.objects.exists()


def test_evidence_of_another_assessment_is_not_touched(client, assessment, officer):
    foreign = attach(start_assessment(officer=officer), "1.1")

    response = send(client, assessment, "K1", {"1.1-remove": [str(foreign.pk)]})

    assert response.status_code == 422
    assert Evidence.objects.filter(pk=foreign.pk).exists()


def test_certificate_of_another_product_is_refused(client, assessment, officer):
    foreign = factories.make_certificate(product=factories.make_product(), file=factories.make_file(by=officer))

    response = send(client, assessment, "K1", {"1.1-stored": f"sertifikat:{foreign.pk}"})

    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_visit_is_saved(client, assessment):
    response = send(client, assessment, "kunjungan", {"visited_on": "2026-11-08"})

    assert (response.status_code, response.url) == (303, f"{address(assessment)}?k=kirim#kirim")
    assessment.refresh_from_db()
    assert (assessment.visited_on, assessment.visited_by) == (date(2026, 11, 8), assessment.officer)


def test_visit_that_has_not_come_yet_is_refused(client, assessment):
    tomorrow = timezone.localdate() + timedelta(days=2)

    response = send(client, assessment, "kunjungan", {"visited_on": tomorrow.isoformat()})

    assert response.status_code == 422
    assert "Tanggal ini belum tiba." in response.content.decode()
    assert fields_of(response, section="kunjungan")["visited_on"] == [tomorrow.isoformat()]


@pytest.mark.parametrize("typed", ["kemarin dulu", "0026-11-08"])
def test_nonsense_for_a_date_is_said_and_kept(client, assessment, typed):
    response = send(client, assessment, "kunjungan", {"visited_on": typed})

    assert response.status_code == 422
    assert fields_of(response, section="kunjungan")["visited_on"] == [typed]


def test_visit_changed_in_another_tab_shows_both(client, assessment):
    old_tab = filled_in(client, assessment, "kunjungan", visited_on="2026-11-08")
    send(client, assessment, "kunjungan", {"visited_on": "2026-11-09"})

    response = client.post(address(assessment), old_tab)

    assert response.status_code == 409
    assessment.refresh_from_db()
    assert assessment.visited_on == date(2026, 11, 9)


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


def test_unknown_assessment_is_not_found(client):
    assert client.get(reverse("assessment:sheet", args=[uuid4()])).status_code == 404


def test_too_many_photos_at_once_are_told_at_the_field(client, assessment):
    """The server's own limit was lower than the form's: a page without the form, and everything typed was gone."""
    fields = filled_in(client, assessment, "K1", **{"1.1-note": "Foto bengkel."})
    photos = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(11)]

    response = client.post(address(assessment), fields | {"1.1-file": photos})

    assert response.status_code == 422
    assert "Paling banyak 10 berkas sekali kirim." in response.content.decode()
    assert "Foto bengkel." in response.content.decode()


def test_foreign_assessment_is_not_found(client, assessment, stranger):
    fields = filled_in(client, assessment, "K1", **{"1.1-level": "4"})
    client.force_login(stranger)

    assert client.get(address(assessment)).status_code == 404
    assert client.post(address(assessment), fields).status_code == 404
    assert levels(assessment)["1.1"] is None


@pytest.mark.parametrize("state", [state for state in State if state not in Assessment.EDITABLE])
def test_own_sheet_that_is_closed_is_read_and_not_written(client, assessment, verifier, state):
    """What was typed once got lost, under the headline that this was none of the officer's duties."""
    fields = filled_in(client, assessment, "K1", **{"1.1-level": "1", "1.1-note": "Nota terlampir."})
    assessment = move_to(assessment, state, verifier=verifier)

    page = client.get(address(assessment))
    response = client.post(address(assessment), fields)

    assert page.status_code == 200
    assert 'method="post" enctype' not in page.content.decode()
    assert response.status_code == 409
    assert f"tidak dapat diubah lagi: statusnya “{State(state).label}”" in response.content.decode()
    assert response.context["typed"] == ["Nota terlampir."]


def test_own_sheet_is_read_only_after_the_duty_ended(client, assessment):
    assessment.officer.duty_set.update(valid_until=timezone.localdate() - timedelta(days=1))

    page = client.get(address(assessment))

    assert page.templates[0].name == "assessment/sheet_read.html"


def test_verifier_reads_a_returned_sheet(client, assessment, verifier):
    assessment = move_to(assessment, State.RETURNED, verifier=verifier)
    client.force_login(verifier)

    page = client.get(address(assessment))

    assert page.templates[0].name == "assessment/sheet_read.html"
    assert "Lampirkan SK-nya." in page.content.decode()
    assert client.post(address(assessment), {"idempotency_key": uuid7(), "section": "K1"}).status_code == 403


def test_verifier_gets_the_review_while_reviewing(client, assessment, verifier):
    assessment = move_to(assessment, State.IN_REVIEW, verifier=verifier)

    client.force_login(verifier)
    reviewing = client.get(address(assessment))
    client.force_login(assessment.officer)
    own = client.get(address(assessment))

    assert reviewing.templates[0].name != "assessment/sheet_read.html"
    assert own.templates[0].name == "assessment/sheet_read.html"


def test_officer_does_not_see_a_review_that_goes_on(client, assessment, verifier):
    assessment = move_to(assessment, State.IN_REVIEW, verifier=verifier)
    Score.objects.filter(sheet__assessment=assessment, sheet__kind="decision", indicator__code="1.2").update(
        level=1, reason="Baru separuh."
    )

    page = client.get(address(assessment))

    assert page.context["is_decided"] is False
    assert "Baru separuh." not in page.content.decode()


def test_leader_reads_a_decided_sheet_but_opens_no_certificate(client, assessment, verifier, leader, officer):
    paper = factories.make_certificate(product=assessment.product, file=factories.make_file(by=officer))
    attach(assessment, "1.2", certificate=paper, caption="")
    photo = attach(assessment, "1.2", caption="Penjemuran")
    assessment = move_to(assessment, State.DECIDED, verifier=verifier)
    client.force_login(leader)

    page = client.get(address(assessment))

    content = page.content.decode()
    assert page.context["is_decided"] is True
    assert "Hanya dibuka petugas dan verifikator" in content
    assert reverse("files:file", args=[paper.file_id]) not in content
    assert reverse("files:file", args=[photo.file_id]) in content


def well_filled(officer, *, evidence_count: int) -> Assessment:
    """An assessment of a product in a sentra, with a visit and so many pieces of evidence."""
    maker = factories.make_ikm(sentra=factories.make_sentra(), nib="9120004170002")
    assessment = start_assessment(officer=officer, product=factories.make_product(ikm=maker))
    for _ in range(evidence_count):
        attach(assessment, "1.1")
    sheets.record_visit(assessment, by=officer, visited_on=date(2026, 11, 8))
    return assessment


@pytest.mark.parametrize("evidence_count", [1, 3])
def test_sheet_costs_the_same_whatever_is_on_it(client, officer, evidence_count, django_assert_num_queries):
    assessment = well_filled(officer, evidence_count=evidence_count)
    client.get(address(assessment))

    with django_assert_num_queries(9):
        client.get(address(assessment))


@pytest.mark.parametrize("evidence_count", [1, 3])
def test_returned_sheet_costs_the_same(client, officer, verifier, evidence_count, django_assert_num_queries):
    assessment = move_to(well_filled(officer, evidence_count=evidence_count), State.RETURNED, verifier=verifier)
    client.get(address(assessment))

    with django_assert_num_queries(11):
        client.get(address(assessment))


def test_decided_sheet_keeps_its_points_when_the_facts_change(client, assessment, verifier):
    """The page once computed the score again; a paper that lapsed later would have moved what was decided."""
    assessment = move_to(assessment, State.DECIDED, verifier=verifier)
    before = client.get(address(assessment)).context["outlook"]
    assessment.product.ikm.nib = ""
    assessment.product.ikm.save()

    after = client.get(address(assessment))

    assert after.context["outlook"] == before == "Setara bintang 4: 80,00 dari 100. Kurang 10,00 untuk bintang 5."


@pytest.mark.parametrize("evidence_count", [1, 3])
def test_read_sheet_costs_the_same(client, officer, verifier, leader, evidence_count, django_assert_num_queries):
    assessment = move_to(well_filled(officer, evidence_count=evidence_count), State.DECIDED, verifier=verifier)
    client.force_login(leader)
    client.get(address(assessment))

    with django_assert_num_queries(11):
        client.get(address(assessment))
