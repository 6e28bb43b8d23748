from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from files.intake import check, store
from files.models import StoredFile
from outbox.catching_up import Line
from outbox.uuid7 import uuid7
from sentra import papers
from sentra.models import Certificate
from tests.factories import hidden_fields, make_certificate, make_ikm, make_product, make_sentra, make_user
from tests.files import samples


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def entries(**changed):
    """A filled form for a new certificate, without a file."""
    filled = {
        "idempotency_key": uuid7(),
        "id": uuid7(),
        "revision": 1,
        "kind": "halal",
        "number": "ID33110000417",
        "issued": "2025-05-09",
        "expires": "",
    }
    return {name: value for name, value in (filled | changed).items() if value is not None}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def certificate(officer):
    """A halal certificate of an IKM in Kabupaten Brebes, with a photo of the paper."""
    file = store(check(samples.upload(samples.jpeg(), "halal.jpg")), by=officer)
    return make_certificate(ikm=make_ikm(name="Sale Dukuh"), number="ID-1", file=file)


def edit_of(certificate, **changed):
    return entries(id=certificate.pk, revision=certificate.revision, number=certificate.number, issued="", **changed)


def marked(certificate, **changed):
    return hidden_fields(certificate) | changed


@pytest.mark.parametrize(
    ("path", "make_subject", "kind"),
    [("sentra", make_sentra, "sk_sentra"), ("ikm", make_ikm, "p_irt"), ("produk", make_product, "uji_lab")],
)
def test_certificate_is_added_to_its_record(signed_in, officer, path, make_subject, kind):
    subject = make_subject()
    sent = entries(kind=kind, file=samples.upload(samples.pdf(), "surat.pdf"))

    response = signed_in(officer).post(f"/{path}/{subject.pk}/sertifikat/baru/", sent)

    assert (response.status_code, response["Location"]) == (303, subject.get_absolute_url())
    certificate = Certificate.objects.get(pk=sent["id"])
    assert (certificate.subject, certificate.kind, certificate.created_by) == (subject, kind, officer)
    assert (certificate.file.name, certificate.file.content_type) == ("surat.pdf", "application/pdf")


def test_certificate_without_a_file_is_recorded(signed_in, officer):
    response = signed_in(officer).post(f"/ikm/{make_ikm().pk}/sertifikat/baru/", entries())

    assert response.status_code == 303
    assert Certificate.objects.get().file is None
    assert said(response) == ["Halal ID33110000417 tersimpan."]


@pytest.mark.parametrize(
    ("path", "make_subject", "offered", "kept_back"),
    [
        ("sentra", make_sentra, "sk_sentra", "halal"),
        ("ikm", make_ikm, "halal", "sk_sentra"),
        ("produk", make_product, "uji_lab", "sk_sentra"),
    ],
)
def test_kinds_fit_the_record(signed_in, officer, path, make_subject, offered, kept_back):
    client, url = signed_in(officer), f"/{path}/{make_subject().pk}/sertifikat/baru/"

    html = client.get(url).content.decode()
    response = client.post(url, entries(kind=kept_back))

    assert f'value="{offered}"' in html
    assert f'value="{kept_back}"' not in html
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["kind"]


def test_page_of_a_new_certificate_asks_to_cover_the_nik(signed_in, officer):
    html = signed_in(officer).get(f"/ikm/{make_ikm().pk}/sertifikat/baru/").content.decode()

    assert "Tutup dahulu NIK" in html


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Pilih jenis suratnya."),
        ({"number": " "}, "number", "Isi nomornya seperti tertulis pada surat."),
        ({"expires": "2025-05-08"}, "expires", "Tanggal berakhir tidak boleh sebelum tanggal terbit."),
        ({"issued": "2125-01-01"}, "issued", "Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya."),
        ({"issued": "0025-05-09"}, "issued", "Tulis tahunnya dengan empat angka, misalnya 2024."),
        ({"issued": "", "expires": "0029-05-09"}, "expires", "Tulis tahunnya dengan empat angka, misalnya 2024."),
        ({"issued": "kemarin"}, "issued", "Isi tanggal yang benar, misalnya 24-11-2026."),
        ({"file": samples.upload(b"<html>", "surat.pdf")}, "file", None),
    ],
)
def test_bad_entry_is_told_at_its_field_and_the_rest_kept(signed_in, officer, changed, field, sentence):
    response = signed_in(officer).post(f"/ikm/{make_ikm().pk}/sertifikat/baru/", entries(**changed))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    if sentence:
        assert response.context["form"].errors[field] == [sentence]
    if field != "number":
        assert 'value="ID33110000417"' in response.content.decode()
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("number", ["ID-1", "id-1", "ID - 1"])
def test_same_paper_twice_is_told_at_the_number_with_the_one_that_has_it(signed_in, officer, certificate, number):
    response = signed_in(officer).post(f"/ikm/{certificate.ikm_id}/sertifikat/baru/", entries(number=number))

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "number": [
            f"Surat ini sudah tercatat di sini sebagai {certificate}; huruf besar dan spasi tidak membedakan nomor."
            " Buka surat itu untuk mengubahnya."
        ]
    }
    assert f'value="{number}"' in response.text


def test_certificate_sent_twice_is_recorded_once(signed_in, officer):
    client, url = signed_in(officer), f"/ikm/{make_ikm().pk}/sertifikat/baru/"
    key, id = uuid7(), uuid7()

    answers = [
        client.post(url, entries(idempotency_key=key, id=id, file=samples.upload(samples.pdf()))) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (Certificate.objects.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.parametrize("page", ["/ikm/{ikm}/sertifikat/baru/", "/sertifikat/{certificate}/ubah/"])
@pytest.mark.parametrize(
    ("role", "area", "status"),
    [
        ("officer", "33.29", 303),
        ("verifier", "33.29.01", 303),
        ("leader", "33.29", 403),
        ("leader", None, 403),
        ("assessor", "33.29", 404),
        ("officer", "33.29.09", 404),
        ("verifier", "32.08", 404),
    ],
)
def test_certificates_are_changed_inside_a_duty_alone(signed_in, certificate, page, role, area, status):
    client = signed_in(make_user("", (role, area)))
    sent = edit_of(certificate) if "ubah" in page else entries()

    response = client.post(page.format(ikm=certificate.ikm_id, certificate=certificate.pk), sent)

    assert response.status_code == status


def test_edit_with_a_new_file_replaces_the_old_one(signed_in, officer, certificate):
    old = certificate.file_id

    response = signed_in(officer).post(
        f"/sertifikat/{certificate.pk}/ubah/", edit_of(certificate, file=samples.upload(samples.pdf(), "baru.pdf"))
    )

    certificate.refresh_from_db()
    assert (response.status_code, certificate.file.name) == (303, "baru.pdf")
    assert not StoredFile.objects.filter(pk=old).exists()


def test_edit_without_a_file_keeps_the_old_one(signed_in, officer, certificate):
    old = certificate.file_id

    signed_in(officer).post(f"/sertifikat/{certificate.pk}/ubah/", edit_of(certificate, kind="p_irt"))

    certificate.refresh_from_db()
    assert (certificate.kind, certificate.file_id) == ("p_irt", old)


def test_edit_somebody_else_overtook_shows_both_versions(signed_in, officer, certificate):
    sent = edit_of(certificate) | {"number": "ID-3"}
    Certificate.objects.filter(pk=certificate.pk).update(number="ID-2", kind="p_irt")

    response = signed_in(officer).post(f"/sertifikat/{certificate.pk}/ubah/", sent)

    assert response.status_code == 409
    assert [conflict.lines for conflict in response.context["form"].conflicts] == [
        [Line("Nomor", base="ID-1", theirs="ID-2", mine="ID-3")]
    ]
    assert response.context["form"].taken == ["Jenis sertifikat"]
    assert Certificate.objects.get().number == "ID-2"


def test_mark_set_meanwhile_is_not_taken_back_unseen(signed_in, officer, verifier, certificate):
    sent = edit_of(certificate) | {"number": "ID-3"}
    papers.mark_checked(certificate=certificate, by=verifier)
    client = signed_in(officer)

    refused = client.post(f"/sertifikat/{certificate.pk}/ubah/", sent)

    assert refused.status_code == 409
    assert "Surat ini ditandai sudah diperiksa sejak Anda membukanya." in refused.content.decode()
    certificate.refresh_from_db()
    assert certificate.checked_by == verifier

    again = client.post(f"/sertifikat/{certificate.pk}/ubah/", sent | {"revision": certificate.revision})

    certificate.refresh_from_db()
    assert (again.status_code, certificate.number, certificate.checked_by) == (303, "ID-3", None)


def test_verifier_marks_a_certificate_as_checked(signed_in, verifier, certificate):
    response = signed_in(verifier).post(f"/sertifikat/{certificate.pk}/diperiksa/", marked(certificate))

    certificate.refresh_from_db()
    assert (response.status_code, certificate.checked_by) == (303, verifier)
    assert said(response) == ["Halal ID-1 ditandai sudah diperiksa."]


@pytest.mark.parametrize(
    ("role", "area", "status"),
    [
        ("verifier", "33.29", 303),
        ("verifier", None, 303),
        ("officer", "33.29", 403),
        ("leader", "33.29", 403),
        ("assessor", "33.29", 404),
        ("verifier", "32.08", 404),
        ("verifier", "33.29.09", 404),
    ],
)
def test_only_a_verifier_of_the_area_checks(signed_in, certificate, role, area, status):
    client = signed_in(make_user("", (role, area)))

    assert client.post(f"/sertifikat/{certificate.pk}/diperiksa/", marked(certificate)).status_code == status


def test_what_a_verifier_did_not_see_cannot_be_checked(signed_in, verifier, certificate):
    """Changed between the look and the tick: the tick is for the old content."""
    sent = marked(certificate)
    Certificate.objects.filter(pk=certificate.pk).update(number="ID-2")

    response = signed_in(verifier).post(f"/sertifikat/{certificate.pk}/diperiksa/", sent)

    assert response.status_code == 409
    assert "Surat ini diubah orang lain" in response.content.decode()
    assert Certificate.objects.get().checked_by is None


@pytest.mark.parametrize("revision", ["x", "", "9"])
def test_check_without_the_present_revision_is_refused(signed_in, verifier, certificate, revision):
    sent = marked(certificate, revision=revision)

    response = signed_in(verifier).post(f"/sertifikat/{certificate.pk}/diperiksa/", sent)

    assert (response.status_code, Certificate.objects.get().checked_by) == (409, None)
    assert list(response.context["form"].errors) == ["__all__"]
    assert "Lihat dahulu isinya, lalu tandai lagi." in response.content.decode()


@pytest.mark.parametrize(
    ("role", "shows"),
    [
        ("officer", {"picture": True, "edit": True, "check": False}),
        ("verifier", {"picture": True, "edit": True, "check": True}),
        ("leader", {"picture": False, "edit": False, "check": False}),
    ],
)
def test_page_of_a_certificate_shows_what_each_may(signed_in, certificate, role, shows):
    html = signed_in(make_user("", (role, "33.29"))).get(f"/sertifikat/{certificate.pk}/").content.decode()

    assert {
        "picture": f'src="/berkas/{certificate.file_id}/"' in html,
        "edit": "Ubah surat" in html,
        "check": "Tandai sudah diperiksa" in html,
    } == shows


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "Berlaku"),
        (91, "Berlaku"),
        (90, "Segera habis"),
        (0, "Segera habis"),
        (-1, "Kedaluwarsa"),
    ],
)
def test_page_of_a_certificate_says_how_long_it_holds(signed_in, officer, days, words):
    expires = None if days is None else timezone.localdate() + timedelta(days=days)
    certificate = make_certificate(ikm=make_ikm(), expires=expires)

    response = signed_in(officer).get(f"/sertifikat/{certificate.pk}/")

    assert f"</svg>{words}</span>" in response.content.decode()


def test_page_of_a_pdf_offers_it_for_download(signed_in, officer):
    file = store(check(samples.upload(samples.pdf(), "sk.pdf")), by=officer)
    certificate = make_certificate(sentra=make_sentra(), kind="sk_sentra", file=file)

    html = signed_in(officer).get(f"/sertifikat/{certificate.pk}/").content.decode()

    assert "Unduh PDF" in html
    assert "<img" not in html.split("<main")[1]


def test_page_says_who_checked_and_when(signed_in, officer, certificate, verifier):
    Certificate.objects.filter(pk=certificate.pk).update(checked_by=verifier, checked_at=timezone.now())

    assert f"Diperiksa {verifier.name}, " in signed_in(officer).get(f"/sertifikat/{certificate.pk}/").content.decode()


@pytest.mark.parametrize("page", ["", "ubah/"])
def test_pages_of_a_certificate_cost_few_queries(signed_in, officer, certificate, page, django_assert_num_queries):
    client = signed_in(officer)

    with django_assert_num_queries(4):
        assert client.get(f"/sertifikat/{certificate.pk}/{page}").status_code == 200
