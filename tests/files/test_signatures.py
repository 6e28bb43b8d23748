import pytest

from files.signatures import Kind, kind_of
from tests.files import samples


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (samples.jpeg(), Kind.JPEG),
        (samples.png(), Kind.PNG),
        (samples.webp(), Kind.WEBP),
        (samples.pdf(), Kind.PDF),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", Kind.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0heic", Kind.HEIC),
        (b"\0\0\0\x18ftypavif", Kind.HEIC),
        (b"\0\0\0\x18ftypmp42", Kind.VIDEO),
        (b"\0\0\0\x14ftypqt  ", Kind.VIDEO),
        (b"RIFF\x10\0\0\0WAVEfmt ", Kind.VIDEO),
        (b"\x1aE\xdf\xa3webm", Kind.VIDEO),
        (b"GIF89a\x01\0", Kind.OTHER_IMAGE),
        (b"BM\x36\0", Kind.OTHER_IMAGE),
        (b"II*\0", Kind.OTHER_IMAGE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', Kind.DRAWING),
        (b'\xef\xbb\xbf<?xml version="1.0"?><SVG/>', Kind.DRAWING),
        (b"   <!DOCTYPE html><p>halo", Kind.DRAWING),
        (b"GIF is not all: <html>", Kind.DRAWING),
        (b"<html>%PDF-1.4", Kind.DRAWING),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", Kind.OFFICE),
        (b"PK\x03\x04\x14\0\0\0foto.jpg", Kind.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
        (b"MZ\x90\0", Kind.PROGRAM),
        (b"\x7fELF\x02", Kind.PROGRAM),
        (b"#!/bin/sh\n", Kind.PROGRAM),
        (b"halo dunia", Kind.UNKNOWN),
        (b"\xff\xd8", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_kind_of_looks_at_the_content(head, kind):
    assert kind_of(head) is kind


def test_is_image_is_true_for_the_pictures_that_are_taken():
    assert {kind for kind in Kind if kind.is_image} == {Kind.JPEG, Kind.PNG, Kind.WEBP}
