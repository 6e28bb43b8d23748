"""Takes in what a person uploads: looks at the content, makes the copies that are shown, stores it.

`check` refuses with a sentence that says how to repair it and writes nothing; `store` writes what `check` accepted.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.models import StoredFile
from files.pictures import Derived, PictureDamaged, PictureTooLarge, derive
from files.signatures import HEAD_BYTES, Kind, kind_of
from outbox.delivery import file_hash

MAX_BYTES = 15 * 1024 * 1024
MEGABYTE = 1024 * 1024
# How far from its end a PDF may carry what its writer appended after the end mark.
PDF_TAIL_BYTES = 2048

PHOTOS = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
PAPERS = PHOTOS | {Kind.PDF}

SUFFIXES = {Kind.JPEG: ".jpg", Kind.PNG: ".png", Kind.WEBP: ".webp", Kind.PDF: ".pdf"}
KNOWN_SUFFIX = re.compile(r"\.(jpe?g|png|webp|pdf|heic|gif|bmp|tiff?)$", re.IGNORECASE)
NAME_LENGTH = 120

REFUSALS = {
    Kind.PDF: _("Ini dokumen PDF, sedangkan di sini hanya foto. Foto dengan kamera, atau pilih foto JPEG."),
    Kind.HEIC: _(
        "Ini foto HEIC, bentuk simpanan iPhone yang tidak dapat dibaca di sini. Di iPhone buka Pengaturan, Kamera,"
        " Format, pilih “Paling Kompatibel”, lalu foto lagi; atau simpan foto itu sebagai JPEG."
    ),
    Kind.OTHER_IMAGE: _(
        "Gambar jenis ini (GIF, BMP, TIFF dan sejenisnya) tidak diterima. Simpan dahulu sebagai JPEG atau PNG."
    ),
    Kind.DRAWING: _(
        "Isi berkas ini halaman web atau gambar vektor (SVG), bukan foto, apa pun namanya. Foto dengan kamera, atau"
        " pilih foto JPEG atau PNG."
    ),
    Kind.VIDEO: _("Ini rekaman video atau suara. Ambil fotonya, lalu pilih foto itu."),
    Kind.OFFICE: _("Ini dokumen pengolah kata atau lembar kerja. Buka, simpan sebagai PDF, lalu pilih PDF-nya."),
    Kind.ARCHIVE: _("Ini berkas terkemas (ZIP dan sejenisnya). Buka dahulu, lalu pilih foto atau PDF di dalamnya."),
    Kind.PROGRAM: _("Isi berkas ini sebuah program, bukan foto atau dokumen. Periksa lagi berkas yang dipilih."),
}
UNKNOWN_PHOTO = _("Isi berkas ini bukan foto JPEG, PNG atau WebP. Foto dengan kamera, atau pilih foto lain.")
UNKNOWN_PAPER = _(
    "Isi berkas ini bukan foto (JPEG, PNG, WebP) dan bukan PDF. Foto suratnya dengan kamera, atau pindai ke PDF."
)
DAMAGED_PHOTO = _(
    "Foto ini rusak atau terpotong, jadi tidak dapat dibuka. Buka dahulu di ponsel: bila tampak utuh, pilih lagi; bila"
    " tidak, foto ulang."
)
DAMAGED_PDF = _(
    "PDF ini terpotong atau rusak: bagian akhirnya tidak ada. Unduh atau pindai lagi, buka untuk memastikan, lalu pilih"
    " lagi."
)
TOO_MANY_PIXELS = _(
    "Foto ini lebih dari 50 megapiksel. Atur kamera ke ukuran sedang (12 megapiksel sudah cukup), lalu foto ulang, atau"
    " perkecil fotonya."
)
TOO_BIG = _(
    "Berkas ini %(size)s MB; paling besar 15 MB. Foto ulang dengan ukuran sedang, atau pindai dengan 150 dpi hitam"
    " putih."
)
EMPTY = _("Berkas ini kosong. Pilih lagi berkasnya; bila tetap kosong, foto atau pindai ulang.")


@dataclass(frozen=True)
class Checked:
    """An upload whose content is known and good; `picture` is None for a PDF."""

    upload: UploadedFile
    name: str
    kind: Kind
    size: int
    sha256: str
    picture: Derived | None


def check(upload: UploadedFile, accepts: frozenset[Kind] = PAPERS) -> Checked:
    """Look at the content of `upload` and make the copies of a picture, in memory.

    Raises ValidationError with the sentence for the person. Decoding takes up to a second for the largest pictures.
    """
    if not upload.size:
        raise ValidationError(EMPTY, code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_BIG, code="too_big", params={"size": -(-upload.size // MEGABYTE)})
    upload.seek(0)
    kind = kind_of(upload.read(HEAD_BYTES))
    if kind not in accepts:
        raise _refusal(kind, accepts)
    picture = _copies(upload, kind) if kind.is_image else None
    if kind is Kind.PDF and not _has_end(upload):
        raise ValidationError(DAMAGED_PDF, code="damaged")
    return Checked(
        upload=upload,
        name=clean_name(upload.name, kind),
        kind=kind,
        size=upload.size,
        sha256=file_hash(upload),
        picture=picture,
    )


def store(checked: Checked, *, by: User) -> StoredFile:
    """Write the bytes to the storage, then the row, in the state received.

    A write that fails takes its bytes back. Bytes of a transaction that is rolled back later stay without a row until
    `manage.py clean_files` removes them.
    """
    stored = StoredFile(
        name=checked.name,
        content_type=checked.kind.value,
        size=checked.size,
        sha256=checked.sha256,
        state=StoredFile.State.RECEIVED,
        received_at=timezone.now(),
        uploaded_by=by,
    )
    try:
        # Wrapped, so that the storage copies a spooled upload instead of moving it away: it may be read again.
        stored.original.save("", File(checked.upload.file), save=False)
        if checked.picture:
            stored.width, stored.height = checked.picture.width, checked.picture.height
            stored.preview.save("", ContentFile(checked.picture.preview), save=False)
            if checked.picture.medium:
                stored.medium.save("", ContentFile(checked.picture.medium), save=False)
            stored.thumbnail.save("", ContentFile(checked.picture.thumbnail), save=False)
        stored.save(force_insert=True)
    except Exception:
        delete_bytes(stored)
        raise
    return stored


def delete_bytes(stored: StoredFile) -> None:
    """Remove what the storage holds of `stored`; the row is not touched."""
    for content in stored.contents:
        content.storage.delete(content.name)


def clean_name(name: str, kind: Kind) -> str:
    """`name` as it may stand in a page or a header, with the suffix of what the file really is.

    Control and formatting characters go: a right-to-left mark would turn "…fdp.exe" around.
    """
    visible = "".join(mark for mark in name or "" if unicodedata.category(mark)[0] != "C")
    base = re.split(r"[\\/]", visible)[-1].strip(" .")
    stem = KNOWN_SUFFIX.sub("", base)[:NAME_LENGTH].strip(" .")
    return (stem or ("foto" if kind.is_image else "dokumen")) + SUFFIXES[kind]


def _refusal(kind: Kind, accepts: frozenset[Kind]) -> ValidationError:
    unknown = UNKNOWN_PAPER if Kind.PDF in accepts else UNKNOWN_PHOTO
    return ValidationError(REFUSALS.get(kind, unknown), code="format")


def _copies(upload: UploadedFile, kind: Kind) -> Derived:
    try:
        return derive(upload.file, kind)
    except PictureTooLarge:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from None
    except PictureDamaged:
        raise ValidationError(DAMAGED_PHOTO, code="damaged") from None


def _has_end(upload: UploadedFile) -> bool:
    """Whether a PDF ends as ISO 32000 wants it; a PDF that was cut off while sending does not."""
    upload.seek(max(0, upload.size - PDF_TAIL_BYTES))
    tail = upload.read()
    return b"startxref" in tail and b"%%EOF" in tail
