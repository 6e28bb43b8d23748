import hashlib
import stat
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image

from files.intake import MAX_BYTES, PAPERS, PHOTOS, check, clean_name, store
from files.models import StoredFile
from files.signatures import Kind
from tests.factories import make_user
from tests.files import samples


def refusal(content, accepts=PAPERS, name="foto.jpg"):
    """Code and sentence with which `content` is refused."""
    with pytest.raises(ValidationError) as caught:
        check(samples.upload(content, name), accepts)
    return caught.value.code, caught.value.messages[0]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.jpeg(), Kind.JPEG),
        (samples.png(), Kind.PNG),
        (samples.webp(), Kind.WEBP),
        (samples.pdf(), Kind.PDF),
        (samples.pdf(encrypted=True), Kind.PDF),
        (samples.pdf() + b"\0" * 500, Kind.PDF),
    ],
)
def test_check_knows_a_file_by_its_content(content, kind):
    checked = check(samples.upload(content, "surat.exe", "application/x-msdownload"))

    assert (checked.kind, checked.size) == (kind, len(content))
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert (checked.picture is not None) is kind.is_image


@pytest.mark.parametrize(
    ("content", "code", "repair"),
    [
        (b"", "empty", "Pilih lagi berkasnya"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "format", "Foto dengan kamera"),
        (b"<!doctype html><script>alert(1)</script>", "format", "Foto dengan kamera"),
        (b"MZ" + bytes(500), "format", "Periksa lagi berkas yang dipilih"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "format", "“Paling Kompatibel”"),
        (b"GIF89a" + bytes(100), "format", "Simpan dahulu sebagai JPEG atau PNG"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "format", "simpan sebagai PDF"),
        (b"PK\x03\x04\x14\0\0\0foto.jpg", "format", "pilih foto atau PDF di dalamnya"),
        (b"\0\0\0\x18ftypmp42", "format", "Ambil fotonya"),
        (b"catatan biasa", "format", "pindai ke PDF"),
        (samples.png_header(10_000, 6_000), "too_many_pixels", "Atur kamera ke ukuran sedang"),
        (samples.jpeg()[:-200], "damaged", "foto ulang"),
        (b"\xff\xd8\xff\xe0<html>", "damaged", "foto ulang"),
        (samples.pdf()[:-60], "damaged", "Unduh atau pindai lagi"),
        (b"%PDF-1.7", "damaged", "Unduh atau pindai lagi"),
        (b"<html></html>" + samples.pdf(), "format", "Foto dengan kamera"),
    ],
)
def test_check_refuses_with_a_sentence_that_says_how_to_repair(content, code, repair):
    assert refusal(content)[0] == code
    assert repair in refusal(content)[1]


def test_check_of_a_photo_refuses_a_pdf():
    assert refusal(samples.pdf(), PHOTOS) == (
        "format",
        "Ini dokumen PDF, sedangkan di sini hanya foto. Foto dengan kamera, atau pilih foto JPEG.",
    )


def test_check_of_a_photo_does_not_offer_pdf_for_an_unknown_file():
    assert "PDF" not in refusal(b"catatan biasa", PHOTOS)[1]


def test_check_takes_fifteen_megabytes_and_not_a_byte_more():
    fitting = samples.jpeg() + bytes(MAX_BYTES - len(samples.jpeg()))

    assert check(samples.upload(fitting)).size == MAX_BYTES
    assert refusal(fitting + b"\0") == (
        "too_big",
        "Berkas ini 16 MB; paling besar 15 MB. Foto ulang dengan ukuran sedang, atau pindai dengan 150 dpi hitam"
        " putih.",
    )


def test_check_reads_from_the_beginning_however_often():
    upload = samples.upload(samples.jpeg())

    assert check(upload).sha256 == check(upload).sha256


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("IMG_0417.JPG", Kind.JPEG, "IMG_0417.jpg"),
        ("foto.png", Kind.JPEG, "foto.jpg"),
        ("SK No. 530/214.pdf", Kind.PDF, "214.pdf"),
        ("SK 530.214", Kind.PDF, "SK 530.214.pdf"),
        (r"C:\Users\Siti\sk.pdf", Kind.PDF, "sk.pdf"),
        ("../../etc/passwd", Kind.PDF, "passwd.pdf"),
        ("foto\u202egpj.exe", Kind.JPEG, "fotogpj.exe.jpg"),
        ("a\r\nSet-Cookie: b.pdf", Kind.PDF, "aSet-Cookie: b.pdf"),
        ("a" * 500 + ".pdf", Kind.PDF, "a" * 120 + ".pdf"),
        ("", Kind.JPEG, "foto.jpg"),
        (".pdf", Kind.PDF, "pdf.pdf"),
        ("...", Kind.PDF, "dokumen.pdf"),
        ("Akta “Sale” émas.pdf", Kind.PDF, "Akta “Sale” émas.pdf"),
    ],
)
def test_clean_name_is_safe_and_tells_the_truth(name, kind, clean):
    assert clean_name(name, kind) == clean


@pytest.fixture
def user(db):
    return make_user()


def test_store_keeps_the_original_as_it_was_sent(user):
    content = samples.jpeg((2000, 1500))

    stored = store(check(samples.upload(content)), by=user)

    stored.refresh_from_db()
    assert stored.original.read() == content
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (stored.width, stored.height, stored.content_type) == (2000, 1500, "image/jpeg")
    assert (stored.state, stored.uploaded_by) == (StoredFile.State.RECEIVED, user)
    assert stored.preview.read()[:2] == stored.medium.read()[:2] == stored.thumbnail.read()[:2] == b"\xff\xd8"


@pytest.mark.parametrize(
    ("size", "widths"), [((2000, 1500), [320, 800, 1600]), ((1500, 2000), [240, 600, 1200]), ((400, 300), [320, 400])]
)
def test_srcset_names_the_copies_with_their_widths(user, size, widths):
    stored = store(check(samples.upload(samples.jpeg(size))), by=user)

    names = ["kecil/", *(["sedang/"] if len(widths) == 3 else []), ""]
    parts = [f"/berkas/{stored.pk}/{name} {width}w" for name, width in zip(names, widths, strict=True)]
    assert stored.srcset == ", ".join(parts)
    copies = [copy for copy in (stored.thumbnail, stored.medium, stored.preview) if copy]
    assert [Image.open(copy).width for copy in copies] == widths


def test_store_of_a_pdf_makes_no_pictures(user):
    stored = store(check(samples.upload(samples.pdf(), "sk.pdf")), by=user)

    assert ([content.name for content in stored.contents], stored.width) == ([stored.original.name], None)
    assert stored.original.read() == samples.pdf()


def test_store_uses_paths_no_one_can_guess(user):
    first, second = (store(check(samples.upload(samples.jpeg(), "sk.jpg")), by=user) for _ in range(2))

    names = {field.name for stored in (first, second) for field in stored.contents}
    assert len(names) == 6
    assert not any(part == "sk" or "." in part for name in names for part in name.split("/"))
    assert {len(name.split("/")[1]) for name in names} == {32}


def test_store_lets_only_the_server_read(user):
    stored = store(check(samples.upload(samples.jpeg())), by=user)

    path = Path(stored.original.path)
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_store_leaves_a_spooled_upload_in_its_place(user):
    """A form that lost a race is run a second time and reads the same upload again."""
    upload = TemporaryUploadedFile("foto.jpg", "image/jpeg", len(samples.jpeg()), None)
    upload.write(samples.jpeg())
    upload.flush()

    stored = [store(check(upload), by=user) for _ in range(2)]

    assert [one.original.read() for one in stored] == [samples.jpeg()] * 2


def test_store_that_fails_takes_its_bytes_back(user):
    with patch.object(StoredFile, "save", side_effect=OSError("disk full")), pytest.raises(OSError, match="disk full"):
        store(check(samples.upload(samples.jpeg())), by=user)

    assert (StoredFile.objects.count(), stored_names()) == (0, set())


def stored_names():
    try:
        folders = default_storage.listdir("")[0]
    except FileNotFoundError:
        return set()
    return {f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1]}
