"""Pictures and papers for tests, drawn by code; good ones, bad ones and strange ones."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, GREEN, WHITE = (220, 20, 20), (20, 160, 40), (255, 255, 255)


def upload(content: bytes, name: str = "foto.jpg", declared: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, declared)


def two_colours(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Red above, green below."""
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (0, size[1] // 2, *size))
    return image


def encoded(image: Image.Image, format: str = "JPEG", **options) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def jpeg(size: tuple[int, int] = (400, 300), **options) -> bytes:
    return encoded(two_colours(size), "JPEG", **options)


def png(size: tuple[int, int] = (400, 300), **options) -> bytes:
    return encoded(two_colours(size), "PNG", **options)


def webp(size: tuple[int, int] = (400, 300), **options) -> bytes:
    return encoded(two_colours(size), "WEBP", **options)


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that promises a size and holds no pixels."""
    header = _png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + _png_chunk(b"IDAT", b"")


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def jpeg_of_many_scans(scans: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    content = jpeg(progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + (content[last:-2]) * scans + b"\xff\xd9"


def pdf(*, encrypted: bool = False) -> bytes:
    """One empty page."""
    trailer = "/Encrypt 9 0 R " if encrypted else ""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
        f"trailer<</Size 4/Root 1 0 R{trailer}>>\nstartxref\n180\n%%EOF\n"
    ).encode()


def swapped_profile() -> bytes:
    """An ICC profile of a device whose red is the green of sRGB and the other way round."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    linear = b"curv" + struct.pack(">IIHH", 0, 1, 256, 0)
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, 6) + b"tukar\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"-\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": _xyz(*green),
        b"gXYZ": _xyz(*red),
        b"bXYZ": _xyz(*blue),
        b"rTRC": linear,
        b"gTRC": linear,
        b"bTRC": linear,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I", start + len(body)) + bytes(4) + b"\x02\x10\x00\x00mntrRGB XYZ " + bytes(12) + b"acsp"
    header += bytes(28) + _xyz(0.9642, 1.0, 0.8249)[8:]
    return header + bytes(128 - len(header)) + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))
