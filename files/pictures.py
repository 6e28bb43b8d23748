"""From a photo of unknown origin to two clean copies: upright, sRGB, without any metadata, small enough for a phone.

Memory is bounded: the size is read from the header first, one picture is decoded at a time per process, JPEG is
decoded at reduced size, everything else is reduced strip by strip. Measured for 50 megapixels: JPEG 45 MB (progressive
160 MB), PNG 320 MB, WebP 820 MB, of which libwebp takes 600.
"""

import logging
import math
import re
import threading
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms

from files.models import MEDIUM_EDGE, PREVIEW_EDGE, THUMBNAIL_EDGE
from files.signatures import Kind

logger = logging.getLogger(__name__)

MAX_PIXELS = 50_000_000
PREVIEW_QUALITY = 80
THUMBNAIL_QUALITY = 70
STRIP_ROWS = 64
# An ordinary progressive JPEG has about ten scans; thousands, each over every pixel, would keep a processor busy.
MAX_JPEG_SCANS = 100
# Within the data of a scan, FF is followed by 00 or by a restart marker (ITU-T T.81, annex B).
JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
JPEG_MARKERS_WITHOUT_LENGTH = (0x01, 0xD8)

PILLOW_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
# EXIF orientation (TIFF 6.0, tag 274) and what turns such a picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = {TURNS[5], TURNS[6], TURNS[7], TURNS[8]}
SRGB = ImageCms.createProfile("sRGB")
_one_at_a_time = threading.Lock()


class PictureTooLarge(Exception):
    """More than `MAX_PIXELS`."""


class PictureDamaged(Exception):
    """Cut off, corrupt, or no picture inside."""


@dataclass(frozen=True)
class Derived:
    """JPEG copies for showing; `width` and `height` are those of the upright original, in pixels.

    `medium` is empty where the preview is hardly larger.
    """

    preview: bytes
    medium: bytes
    thumbnail: bytes
    width: int
    height: int


def derive(file: BinaryIO, kind: Kind) -> Derived:
    """Decode the picture in `file` and make its copies; `file` may be anywhere and is left anywhere.

    Raises PictureTooLarge before anything is decoded, PictureDamaged where it cannot be decoded to the end.
    """
    with _one_at_a_time:
        try:
            return _derive(file, kind)
        except (PictureTooLarge, PictureDamaged):
            raise
        except Image.DecompressionBombError as error:
            raise PictureTooLarge from error
        # Pillow's parsers raise whatever they trip over: OSError, SyntaxError, ValueError, struct.error, zlib.error …
        except Exception as error:
            logger.info("A picture could not be decoded: %r", error)
            raise PictureDamaged from error


def _derive(file: BinaryIO, kind: Kind) -> Derived:
    if kind is Kind.JPEG and _has_too_many_scans(file):
        raise PictureDamaged
    file.seek(0)
    with Image.open(file, formats=[PILLOW_FORMATS[kind]]) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise PictureTooLarge
        small = _shrunk(image)
        profile = image.info.get("icc_profile")
        turn = TURNS.get(_orientation(image))
    if turn is not None:
        small = small.transpose(turn)
        width, height = (height, width) if turn in SIDEWAYS else (width, height)
    preview = _on_white(_in_srgb(small, profile))
    return Derived(
        preview=_jpeg(preview, PREVIEW_QUALITY),
        medium=_jpeg(_copy(preview, MEDIUM_EDGE), PREVIEW_QUALITY) if max(preview.size) > MEDIUM_EDGE else b"",
        thumbnail=_jpeg(_copy(preview, THUMBNAIL_EDGE), THUMBNAIL_QUALITY),
        width=width,
        height=height,
    )


def _copy(image: Image.Image, edge: int) -> Image.Image:
    """`image` with its long edge at most `edge`."""
    copy = image.copy()
    copy.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return copy


def _has_too_many_scans(file: BinaryIO) -> bool:
    """Whether the first JPEG in `file` (a phone may append a film to it) has more than `MAX_JPEG_SCANS`."""
    file.seek(0)
    content = file.read()
    scans = position = 0
    while scans <= MAX_JPEG_SCANS and (marker := JPEG_MARKER.search(content, position)):
        code, position = marker[0][1], marker.end()
        if code == END_OF_IMAGE:
            break
        scans += code == START_OF_SCAN
        if code not in JPEG_MARKERS_WITHOUT_LENGTH:
            position += int.from_bytes(content[position : position + 2])
    return scans > MAX_JPEG_SCANS


def _shrunk(image: Image.Image) -> Image.Image:
    """`image` with its long edge at most `PREVIEW_EDGE`, decoded to the end, in L, RGB, RGBA or CMYK."""
    scale = PREVIEW_EDGE / max(image.size)
    if scale < 1:
        image.draft(None, tuple(math.ceil(edge * scale) for edge in image.size))
    image.load()
    small = _reduced(image, max(1, max(image.size) // (2 * PREVIEW_EDGE)))
    small.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE), Image.Resampling.LANCZOS)
    return small


def _orientation(image: Image.Image) -> int | None:
    """How the camera was held, by EXIF; None where it does not say, or says it in a way nobody can read."""
    try:
        return image.getexif().get(ExifTags.Base.Orientation)
    except Exception as error:  # parsers again; a photo is no worse for broken notes about it
        logger.info("EXIF could not be read: %r", error)
        return None


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """`image` in a plain mode and `factor` times smaller, strip by strip, so that no second full copy exists."""
    height_of_strip = STRIP_ROWS * factor
    small = None
    for top in range(0, image.height, height_of_strip):
        strip = _in_plain_mode(image.crop((0, top, image.width, min(top + height_of_strip, image.height))))
        strip = strip.reduce(factor)
        if small is None:
            small = Image.new(strip.mode, (strip.width, math.ceil(image.height / factor)))
        small.paste(strip, (0, top // factor))
    return small


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """`image` in RGB or RGBA, its colours moved from `profile` to sRGB where the profile can be used."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if not profile:
        return image.convert(target)
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(colours, source, SRGB, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        return image.convert(target)
    if alpha:
        converted.putalpha(alpha)
    return converted


def _on_white(image: Image.Image) -> Image.Image:
    """A new RGB picture with the pixels of `image` and nothing else that it carries."""
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()
