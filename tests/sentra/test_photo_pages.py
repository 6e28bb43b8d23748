import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage

from files.intake import check, store
from files.models import StoredFile
from outbox.uuid7 import uuid7
from sentra.models import Photo
from tests.factories import hidden_fields, make_certificate, make_ikm, make_photo, make_product, make_sentra, make_user
from tests.files import samples


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def entries(**changed):
    """A filled form for a new photo."""
    filled = {
        "idempotency_key": uuid7(),
        "id": uuid7(),
        "revision": 1,
        "caption": "Irisan pisang dijemur",
        "file": samples.upload(samples.jpeg()),
    }
    return {name: value for name, value in (filled | changed).items() if value is not None}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def photo(officer):
    return make_photo(
        sentra=make_sentra(name="Sale Pisang"), file=store(check(samples.upload(samples.jpeg())), by=officer)
    )


@pytest.mark.parametrize(
    ("path", "make_subject"), [("sentra", make_sentra), ("ikm", make_ikm), ("produk", make_product)]
)
def test_photo_is_added_to_its_record(signed_in, officer, path, make_subject):
    subject = make_subject()
    sent = entries()

    response = signed_in(officer).post(f"/{path}/{subject.pk}/foto/baru/", sent)

    assert (response.status_code, response["Location"]) == (303, subject.get_absolute_url())
    photo = Photo.objects.get(pk=sent["id"])
    assert (photo.subject, photo.caption, photo.created_by) == (subject, "Irisan pisang dijemur", officer)
    assert said(response) == ["Foto tersimpan."]


def test_page_of_a_new_photo_takes_camera_and_file(signed_in, officer):
    html = signed_in(officer).get(f"/sentra/{make_sentra().pk}/foto/baru/").content.decode()

    assert 'capture="environment"' in html
    assert 'enctype="multipart/form-data"' in html
    assert 'data-draft="new"' in html


@pytest.mark.parametrize("page", ["/sentra/{sentra}/foto/baru/", "/foto/{photo}/ubah/", "/foto/{photo}/hapus/"])
@pytest.mark.parametrize(
    ("role", "area", "status"),
    [
        ("officer", "33.29", 303),
        ("verifier", "33.29", 303),
        ("leader", "33.29", 403),
        ("officer", "33.29.01.2003", 303),
        ("assessor", "33.29", 404),
        ("officer", "32.08", 404),
    ],
)
def test_photos_are_changed_inside_a_duty_alone(signed_in, photo, page, role, area, status):
    client = signed_in(make_user("", (role, area)))
    sent = entries() if "baru" in page else entries(**hidden_fields(photo))

    response = client.post(page.format(sentra=photo.sentra_id, photo=photo.pk), sent)

    assert response.status_code == status


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "gambar vektor (SVG), bukan foto"),
        (samples.png_header(10_000, 6_000), "lebih dari 50 megapiksel"),
        (samples.pdf(), "Ini dokumen PDF"),
        (samples.jpeg()[:-100], "rusak atau terpotong"),
        (b"", "Berkas ini kosong"),
        (samples.jpeg() + bytes(16 * 1024 * 1024), "Berkas ini 17 MB; paling besar 15 MB"),
    ],
)
def test_file_that_is_no_photo_is_refused_at_its_field_and_the_rest_kept(signed_in, officer, content, sentence):
    url = f"/sentra/{make_sentra().pk}/foto/baru/"

    response = signed_in(officer).post(url, entries(file=samples.upload(content, "foto.jpg")))

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["file"][0]
    assert 'value="Irisan pisang dijemur"' in html
    assert (Photo.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_good_photo_without_a_caption_is_to_be_chosen_again(signed_in, officer):
    response = signed_in(officer).post(f"/sentra/{make_sentra().pk}/foto/baru/", entries(caption=" "))

    assert response.status_code == 422
    assert response.context["form"].errors["file"] == [
        "Berkas ini baik, tetapi belum tersimpan. Pilih lagi berkasnya, lalu simpan."
    ]


def test_photo_sent_twice_is_stored_once(signed_in, officer):
    client = signed_in(officer)
    sentra = make_sentra()
    key, id = uuid7(), uuid7()

    answers = [client.post(f"/sentra/{sentra.pk}/foto/baru/", entries(idempotency_key=key, id=id)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (Photo.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_same_key_with_another_photo_is_a_conflict(signed_in, officer):
    client = signed_in(officer)
    url = f"/sentra/{make_sentra().pk}/foto/baru/"
    key, id = uuid7(), uuid7()
    client.post(url, entries(idempotency_key=key, id=id))

    response = client.post(url, entries(idempotency_key=key, id=id, file=samples.upload(samples.png())))

    assert response.status_code == 409
    assert Photo.objects.count() == 1


def test_null_byte_in_a_caption_is_refused(signed_in, officer):
    response = signed_in(officer).post(f"/sentra/{make_sentra().pk}/foto/baru/", entries(caption="a\0b"))

    assert response.status_code == 400
    assert Photo.objects.count() == 0


def test_page_of_a_photo_shows_the_picture(signed_in, leader, photo):
    html = signed_in(leader).get(f"/foto/{photo.pk}/").content.decode()

    assert f'src="/berkas/{photo.file_id}/"' in html
    assert 'alt="Proses pembuatan"' in html
    assert "Hapus foto" not in html


def test_page_of_a_photo_offers_removal_to_whoever_may(signed_in, officer, photo):
    assert "Hapus foto ini?" in signed_in(officer).get(f"/foto/{photo.pk}/").content.decode()


def test_photo_of_another_area_is_not_found(signed_in, stranger, photo):
    assert signed_in(stranger).get(f"/foto/{photo.pk}/").status_code == 404


def test_caption_is_changed(signed_in, officer, photo):
    sent = entries(id=photo.pk, caption="Rak bambu", revision=photo.revision, file=None)

    response = signed_in(officer).post(f"/foto/{photo.pk}/ubah/", sent)

    photo.refresh_from_db()
    assert (response.status_code, response["Location"], photo.caption) == (303, f"/foto/{photo.pk}/", "Rak bambu")


def test_caption_somebody_else_changed_meanwhile_shows_both(signed_in, officer, photo):
    stale = photo.revision
    Photo.objects.filter(pk=photo.pk).update(caption="Rak kayu")

    response = signed_in(officer).post(
        f"/foto/{photo.pk}/ubah/", entries(id=photo.pk, caption="Rak bambu", revision=stale, file=None)
    )

    html = response.content.decode()
    assert response.status_code == 409
    assert "Data ini diubah orang lain" in html
    assert "Rak kayu" in html
    assert "Rak bambu" in html
    assert Photo.objects.get().caption == "Rak kayu"


def test_removed_photo_is_gone_with_its_bytes(signed_in, officer, photo, django_capture_on_commit_callbacks):
    names = [photo.file.original.name, photo.file.preview.name, photo.file.thumbnail.name]

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in(officer).post(f"/foto/{photo.pk}/hapus/", hidden_fields(photo))

    assert (response.status_code, response["Location"]) == (303, photo.sentra.get_absolute_url())
    assert (Photo.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [default_storage.exists(name) for name in names] == [False] * 3


def test_removal_sent_twice_gets_the_same_answer(signed_in, officer, photo):
    client, sent = signed_in(officer), hidden_fields(photo)

    answers = [client.post(f"/foto/{photo.pk}/hapus/", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]


def test_photo_that_is_evidence_stays_and_the_person_is_told(signed_in, officer, photo):
    make_certificate(ikm=make_ikm(), file=photo.file)

    response = signed_in(officer).post(f"/foto/{photo.pk}/hapus/", hidden_fields(photo))

    assert said(response) == ["Foto ini menjadi bukti sebuah penilaian, jadi tidak dapat dihapus."]
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"id": str(uuid7())}, 422, "Isian ini milik data lain."),
        ({"revision": "9"}, 409, "Data ini diubah orang lain sejak Anda membukanya."),
        ({"id": ""}, 422, "Isian ini milik data lain."),
        ({"revision": ""}, 409, "Data ini diubah orang lain sejak Anda membukanya."),
    ],
)
def test_removal_of_another_photo_or_version_than_the_one_seen_is_refused(
    signed_in, officer, photo, fields, status, sentence
):
    response = signed_in(officer).post(f"/foto/{photo.pk}/hapus/", hidden_fields(photo) | fields)

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert Photo.objects.count() == 1


def test_removal_is_never_a_get(signed_in, officer, photo):
    assert signed_in(officer).get(f"/foto/{photo.pk}/hapus/").status_code == 405
