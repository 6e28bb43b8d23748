from io import BytesIO

from django.test import RequestFactory

from files.intake import MAX_BYTES
from files.upload_handlers import BoundedFileUploadHandler


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
