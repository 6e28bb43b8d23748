"""What a file is, told by its first bytes; never by its name or by what the sender declared."""

from enum import Enum

from files.models import StoredFile

HEAD_BYTES = 1024


class Kind(Enum):
    """The formats the system takes, then those people send by mistake and can do something about."""

    JPEG = StoredFile.ContentType.JPEG.value
    PNG = StoredFile.ContentType.PNG.value
    WEBP = StoredFile.ContentType.WEBP.value
    PDF = StoredFile.ContentType.PDF.value
    HEIC = "heic"
    OTHER_IMAGE = "other image"
    DRAWING = "drawing or web page"
    VIDEO = "video"
    OFFICE = "office document"
    ARCHIVE = "archive"
    PROGRAM = "program"
    UNKNOWN = "unknown"

    @property
    def is_image(self) -> bool:
        """Whether it is a picture the system takes."""
        return self in (Kind.JPEG, Kind.PNG, Kind.WEBP)


BEGINNINGS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"%PDF-", Kind.PDF),
    (b"GIF87a", Kind.OTHER_IMAGE),
    (b"GIF89a", Kind.OTHER_IMAGE),
    (b"BM", Kind.OTHER_IMAGE),
    (b"II*\x00", Kind.OTHER_IMAGE),
    (b"MM\x00*", Kind.OTHER_IMAGE),
    (b"\xff\x0a", Kind.OTHER_IMAGE),
    (b"\x00\x00\x00\x0cJXL ", Kind.OTHER_IMAGE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
    (b"{\\rtf", Kind.OFFICE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"\x1aE\xdf\xa3", Kind.VIDEO),
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"#!", Kind.PROGRAM),
)
# Brands of the ISO base media format (ISO/IEC 14496-12); every other brand is a video.
PHOTO_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
MARKUP = (b"<svg", b"<html", b"<!doctype", b"<?xml", b"<script", b"<body", b"<head")
OFFICE_PARTS = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")


def kind_of(head: bytes) -> Kind:
    """The kind of the file that begins with `head` (its first `HEAD_BYTES`, or less where it is shorter)."""
    if head[:4] == b"RIFF":
        return Kind.WEBP if head[8:12] == b"WEBP" else Kind.VIDEO
    if head[4:8] == b"ftyp":
        return Kind.HEIC if head[8:12] in PHOTO_BRANDS else Kind.VIDEO
    if head[:4] == b"PK\x03\x04":
        return Kind.OFFICE if any(part in head for part in OFFICE_PARTS) else Kind.ARCHIVE
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if any(mark in head.lower() for mark in MARKUP):
        return Kind.DRAWING
    return Kind.UNKNOWN
