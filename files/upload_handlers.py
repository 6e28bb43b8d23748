"""How the server spools what is being uploaded."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from files.intake import MAX_BYTES

# Ten of the largest files, and the fields beside them.
MAX_REQUEST_BYTES = 10 * MAX_BYTES + 5 * 1024 * 1024


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more than a file may have; the rest is counted and dropped.

    So no upload fills the disk, and the form can still say at the field how big the file was. A request that could
    hold more than ten full files is refused before it is read.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict, content_length: int, boundary: bytes, encoding=None
    ) -> None:
        if content_length > MAX_REQUEST_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes at once")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
