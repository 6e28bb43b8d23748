"""How the server spools what is being uploaded."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from files.intake import MAX_BYTES


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more than a file may have; the rest is counted and dropped.

    So no upload fills the disk, and the form can still say at the field how big the file was.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
