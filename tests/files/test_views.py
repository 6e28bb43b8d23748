import logging

import pytest
from django.core.files.storage import default_storage

from files.intake import check, store
from files.views import FILE_POLICY
from tests.factories import make_certificate, make_photo, make_sentra
from tests.files import samples


@pytest.fixture
def photo(officer):
    """A received photo of a sentra in Kabupaten Brebes."""
    file = store(check(samples.upload(samples.png((2000, 1000)), "Jemur pisang.png")), by=officer)
    make_photo(file=file, sentra=make_sentra())
    return file


@pytest.fixture
def paper(officer):
    """A received PDF of a certificate in Kabupaten Brebes."""
    file = store(check(samples.upload(samples.pdf(), 'SK "Sale" émas.pdf')), by=officer)
    make_certificate(file=file, sentra=make_sentra(), kind="sk_sentra")
    return file


def content_of(response):
    return b"".join(response.streaming_content)


def test_picture_is_shown_from_its_clean_copy(signed_in, officer, photo):
    response = signed_in(officer).get(f"/berkas/{photo.pk}/")

    assert response.status_code == 200
    assert content_of(response) == photo.preview.read()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="Jemur pisang.jpg"'


def test_thumbnail_is_the_small_copy(signed_in, officer, photo):
    response = signed_in(officer).get(f"/berkas/{photo.pk}/kecil/")

    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert content_of(response) == photo.thumbnail.read()


def test_medium_copy_is_for_phones(signed_in, officer, photo, paper):
    client = signed_in(officer)

    assert content_of(client.get(f"/berkas/{photo.pk}/sedang/")) == photo.medium.read()
    assert client.get(f"/berkas/{paper.pk}/sedang/").status_code == 404


def test_paper_is_an_attachment(signed_in, officer, paper):
    response = signed_in(officer).get(f"/berkas/{paper.pk}/")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert content_of(response) == samples.pdf()
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''SK%20%22Sale%22%20%C3%A9mas.pdf"


def test_paper_has_no_thumbnail(signed_in, officer, paper):
    assert signed_in(officer).get(f"/berkas/{paper.pk}/kecil/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/berkas/{photo}/", "/berkas/{photo}/kecil/", "/berkas/{photo}/sedang/", "/berkas/{paper}/"]
)
def test_files_run_nothing_and_are_kept_by_nobody_else(signed_in, officer, photo, paper, address):
    response = signed_in(officer).get(address.format(photo=photo.pk, paper=paper.pk))

    assert response["Content-Security-Policy"] == FILE_POLICY == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"].startswith("private")


def test_picture_may_be_kept_for_a_day_and_a_paper_is_asked_for_each_time(signed_in, officer, photo, paper):
    client = signed_in(officer)

    assert client.get(f"/berkas/{photo.pk}/")["Cache-Control"] == "private, max-age=86400"
    assert client.get(f"/berkas/{paper.pk}/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", ["/berkas/{photo}/", "/berkas/{photo}/kecil/", "/berkas/{paper}/"])
def test_file_the_browser_has_is_not_sent_again(signed_in, officer, photo, paper, address):
    client = signed_in(officer)
    url = address.format(photo=photo.pk, paper=paper.pk)
    first = client.get(url)

    again = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]


def test_copies_of_one_file_have_different_etags(signed_in, officer, photo):
    client = signed_in(officer)

    assert client.get(f"/berkas/{photo.pk}/")["ETag"] != client.get(f"/berkas/{photo.pk}/kecil/")["ETag"]


def test_picture_is_not_compressed_a_second_time(signed_in, officer, photo):
    response = signed_in(officer).get(f"/berkas/{photo.pk}/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response
    assert int(response["Content-Length"]) == photo.preview.size


def test_head_tells_the_size_without_the_content(signed_in, officer, paper):
    response = signed_in(officer).head(f"/berkas/{paper.pk}/")

    assert (response.status_code, int(response["Content-Length"])) == (200, len(samples.pdf()))


@pytest.mark.parametrize("address", ["/berkas/{pk}/", "/berkas/{pk}/kecil/"])
def test_who_may_not_see_a_photo_finds_nothing(signed_in, stranger, photo, address):
    assert signed_in(stranger).get(address.format(pk=photo.pk)).status_code == 404


def test_leader_sees_the_photo_and_finds_no_paper(signed_in, leader, photo, paper):
    client = signed_in(leader)

    assert client.get(f"/berkas/{photo.pk}/").status_code == 200
    assert client.get(f"/berkas/{paper.pk}/").status_code == 404


def test_a_browser_that_has_the_file_is_told_nothing_without_the_right(signed_in, officer, stranger, photo):
    etag = signed_in(officer).get(f"/berkas/{photo.pk}/")["ETag"]

    assert signed_in(stranger).get(f"/berkas/{photo.pk}/", headers={"If-None-Match": etag}).status_code == 404


def test_signed_out_goes_to_the_sign_in_page(client, photo):
    response = client.get(f"/berkas/{photo.pk}/")

    assert (response.status_code, response["Location"]) == (302, f"/masuk/?next=/berkas/{photo.pk}/")


@pytest.mark.parametrize("address", ["/berkas/00000000-0000-7000-8000-000000000000/", "/berkas/bukan-uuid/"])
def test_unknown_file_is_not_found(signed_in, officer, address):
    assert signed_in(officer).get(address).status_code == 404


def test_file_cannot_be_posted_to(signed_in, officer, photo):
    assert signed_in(officer).post(f"/berkas/{photo.pk}/").status_code == 405


def test_missing_content_is_not_found_and_logged(signed_in, officer, photo, caplog):
    default_storage.delete(photo.preview.name)

    with caplog.at_level(logging.ERROR, "files.views"):
        response = signed_in(officer).get(f"/berkas/{photo.pk}/")

    assert response.status_code == 404
    assert f"The preview of file {photo.pk} is missing in the storage." in caplog.messages


def test_file_costs_few_queries(signed_in, officer, photo, django_assert_num_queries):
    """Session, user, duties, file."""
    client = signed_in(officer)

    with django_assert_num_queries(4):
        client.get(f"/berkas/{photo.pk}/kecil/")
