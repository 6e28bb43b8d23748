"""An instrument comes in as the file that another one, or the same, went out as."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment.instrument_rows import load_rules
from assessment.models import Instrument
from tests.assessment.admin.forms import told, words
from tests.assessment.factories import make_instrument
from tests.factories import make_user

INSTRUMENTS = "/admin/assessment/instrument/"
UPLOAD = f"{INSTRUMENTS}unggah/"


@pytest.fixture
def as_admin(signed_in, admin):
    return signed_in(admin)


@pytest.fixture
def text(as_admin) -> str:
    """The file of a draft of version 2027."""
    draft = make_instrument(published=False, version="2027")
    text = as_admin.get(f"{INSTRUMENTS}{draft.pk}/unduh/").content.decode()
    draft.delete()
    return text


def upload(client, content, name="instrumen.toml", **extra):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, **extra)


def test_a_file_goes_out_and_comes_in_as_the_same_rules(as_admin):
    """Of a draft, of a published one and of the one that comes with the program."""
    original = make_instrument(published=True)
    text = as_admin.get(f"{INSTRUMENTS}{original.pk}/unduh/").content.decode()
    changed = text.replace(f'version = "{original.version}"', 'version = "baru"', 1)

    response = upload(as_admin, changed, follow=True)

    made = Instrument.objects.get(version="baru")
    assert response.redirect_chain == [(f"{INSTRUMENTS}{made.pk}/change/", HTTPStatus.FOUND)]
    assert told(response) == [f"Rancangan “{made}” dibuat dari berkas."]
    assert made.state == "draft"
    before, after = load_rules(original.pk), load_rules(made.pk)
    assert (after.criteria, after.bands, after.gates) == (before.criteria, before.bands, before.gates)
    assert as_admin.get(f"{INSTRUMENTS}{made.pk}/unduh/").content.decode() == changed


def test_an_unfinished_draft_comes_in_too(as_admin, text):
    assert upload(as_admin, text.replace("points = 60", "points = 50", 1)).status_code == HTTPStatus.FOUND

    page = as_admin.get(f"{INSTRUMENTS}{Instrument.objects.get().pk}/terbitkan/")
    assert "Belum dapat diterbitkan" in words(page)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[criteria]]", "[[criteria", r"instrumen.toml: baris"),
        ("[[criteria]]", "[[kriteria]]", "tidak mengikuti tata tulis TOML"),
        ("lowest = ", "terendah = ", "bands nomor 1: isian “"),
        ('code = "K1"', "code = 1", "criteria nomor 1 (1): isian ini bukan jenisnya: code = 1"),
        ('code = "K2"', 'code = "K1"', "K1"),
        ('code = "K1"', f'code = "{"K" * 400}"', "Isi paling banyak 10 karakter (sekarang 400)."),
        ("2027", "2026", "sudah ada. Ganti nama atau versi di dalam berkasnya"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(as_admin, text, old, new, sentence):
    make_instrument(version="2026", published=False)
    assert old in text

    response = upload(as_admin, text.replace(old, new, 1))

    assert response.status_code == HTTPStatus.OK
    assert sentence in " ".join(response.context["form"].errors["file"])
    assert Instrument.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"bukan toml", b"a = 1", b"x = " + b"1" * 2_000_000])
def test_what_is_no_instrument_is_no_instrument(as_admin, content):
    response = upload(as_admin, content)

    assert (response.status_code, list(response.context["form"].errors)) == (HTTPStatus.OK, ["file"])
    assert not Instrument.objects.exists()


def test_unknown_scopes_are_named(as_admin, text):
    changed = text.replace("[[criteria.indicators]]", '[[criteria.indicators]]\nscopes = ["sihir"]', 1)

    assert upload(as_admin, changed).context["form"].errors == {"file": ["Lingkup produk “sihir” tidak ada."]}


def test_who_adds_no_instrument_uploads_none(signed_in, areas):
    client = signed_in(make_user("staf", is_staff=True))

    assert client.get(UPLOAD).status_code == upload(client, "a = 1").status_code == HTTPStatus.FORBIDDEN


def test_the_list_leads_to_the_upload(as_admin):
    assert f'href="{UPLOAD}"' in as_admin.get(INSTRUMENTS).text
