from io import BytesIO

from django.test import RequestFactory

from files.intake import MAX_BYTES
from files.upload_handlers import MAX_REQUEST_BYTES, BoundedFileUploadHandler


def received(size):
    """The upload as a view gets it after `size` bytes came in."""
    request = RequestFactory().post("/uji/", {"berkas": named(bytes(size))})
    request.upload_handlers = [BoundedFileUploadHandler(request)]
    return request.FILES["berkas"]


def named(content):
    file = BytesIO(content)
    file.name = "foto.jpg"
    return file


def test_upload_within_the_limit_is_kept_whole():
    upload = received(3_000_000)

    assert (upload.size, len(upload.read())) == (3_000_000, 3_000_000)


def test_upload_beyond_the_limit_is_counted_and_not_kept():
    upload = received(MAX_BYTES + 5_000_000)

    assert upload.size == MAX_BYTES + 5_000_000
    assert MAX_BYTES < len(upload.read()) < MAX_BYTES + 200_000


def test_request_for_more_than_ten_full_files_is_refused_before_it_is_read(client):
    """Nobody has to sign in to send one, so it must not fill the disk either."""
    response = client.post("/masuk/", {"berkas": named(b"x")}, CONTENT_LENGTH=str(MAX_REQUEST_BYTES + 1))

    assert response.status_code == 400
    assert "Kirim lebih sedikit sekaligus" in response.content.decode()
