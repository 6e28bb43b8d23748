"""Indonesian throughout: a walk over every page finds no word of English, and every model has an Indonesian name."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Duty
from assessment.models import Assessment, Criterion, Gate, Indicator, Instrument
from files import intake
from sentra import duplicates
from sentra.models import Contact, Note, Photo, SavedFilter, SizeRule, YearlyFigures
from tests.accounts.second_factor import give_recovery_codes, give_totp
from tests.assessment.factories import attach, make_instrument, move_to, start_assessment
from tests.clients import PersonClient
from tests.factories import (
    PASSWORD,
    make_certificate,
    make_figures,
    make_ikm,
    make_note,
    make_photo,
    make_product,
    make_sentra,
    make_user,
    take_out_of_use,
)
from tests.files.samples import jpeg, upload
from tests.ovop_site.crawling import Page, Walk, named_addresses
from wilayah.models import Edition, Succession, Wilayah

ROLES = ("officer", "verifier", "assessor", "leader", "admin", "superuser")
ERROR_PAGES = ("400", "403", "403_csrf", "404", "409", "429", "500", "503")

# What no link leads to: steps that are only posted, pictures, and the page for deleting that the admin never offers.
NOT_LINKED = {
    "account_reset_password_from_key",
    "usersessions_end",
    "assessment:advance",
    "certificate:check",
    "files:medium",
    "files:thumbnail",
    "listing:delete",
    "note:bring_back",
    "photo:delete",
    "sentra:seen",
} | {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_delete"
    for model in admin.site._registry
    if model not in (SizeRule, Instrument, Criterion, Indicator, Gate)
}
# Words that Indonesian does not know; those it shares with English (filter, level, status, total, admin) are no sign.
ENGLISH = frozenset(Path(__file__).with_name("english.txt").read_text().split())
# Names that are English in Indonesian too, the ends of the alphabet, and data of the tests.
ALLOWED = re.compile(
    r"One Village One Product|Sentra OVOP — admin|\(superuser\)|\bA–Z\b|\bZ–A\b|\S+@\S+|\S+://\S+", re.IGNORECASE
)
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*(?!\w)")


def change(record: Photo | Note | YearlyFigures, **values: str | int) -> None:
    """Give `record` a second version."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save(update_fields=list(values))


def close_area(old: str, *new: str) -> None:
    """An area with an IKM in it that was split into `new`."""
    make_ikm(wilayah=old)
    Wilayah.objects.filter(pk=old).update(valid_until=date(2026, 6, 30))
    for code in new:
        Succession.objects.create(old_id=old, new_id=code, since=date(2026, 7, 1), source="Perda 3/2026")


def english_words(texts: list[str]) -> list[str]:
    """The English words in `texts`, sorted, each once."""
    words = {word.lower() for text in texts for word in WORD.findall(ALLOWED.sub(" ", text))}
    return sorted(words & ENGLISH)


@pytest.fixture
def world(officer, verifier, settings, tmp_path):
    """A record of every kind, with papers and photos, and an assessment in every state.

    Returns the addresses of records out of use, which no list shows by itself, of a sentra, an IKM and a product with
    all that belongs to one, and of what became of their figures, before the walk meets another part of a history.
    """
    settings.MEDIA_ROOT = tmp_path
    make_instrument(published=False, version="0")
    sentra = make_sentra(created_by=officer)
    ikm = make_ikm(sentra=sentra, nib="9120004170001", created_by=officer)
    Contact.objects.create(ikm=ikm, owner="Warsih", phone="081234567890", email="warsih@contoh.id")
    product = make_product(ikm=ikm, sentra=sentra, created_by=officer)
    picture = intake.store(intake.check(upload(jpeg())), by=officer)
    for subject in ({"sentra": sentra}, {"ikm": ikm}, {"product": product}):
        make_certificate(**subject, file=picture)
        change(make_photo(**subject, file=picture), caption="Rak jemur")
        change(make_note(**subject, created_by=officer), text="Rak jemur diganti.")
    make_note(sentra=sentra, created_by=officer, withdrawn_at=timezone.now())
    SavedFilter.objects.create(owner=officer, list_key="ikm", name="Tanpa NIB", query="nib=tanpa")
    SizeRule.objects.create(size_class="kecil", source="Peraturan uji")
    Edition.objects.create(name="Daftar uji", digest="0" * 64, area_count=30)
    siti = make_user("siti", ("officer", "33.29.01"), ("officer", "33.29.03"), name="Siti")
    Duty.objects.create(user=siti, role="officer", wilayah_id="33.29.09", valid_from=date(2999, 1, 1))
    close_area("33.29.09.2023", "33.29.01.2016", "33.29.01.2017")
    attach(start_assessment(officer=officer, product=product), "1.1")
    for subject in ({"sentra": sentra}, {"ikm": ikm}):
        # Material that is worth more than what is made of it deserves a second look.
        change(make_figures(**subject, production_value=1_000_000), material_value=2_000_000)
    for state in Assessment.State:
        move_to(start_assessment(officer=officer), state, verifier=verifier)
    duplicates.answer(record=make_ikm(), other=make_ikm(), answer="sama", by=officer)
    gone = [make_sentra(), make_ikm(), make_product(), make_certificate(ikm=ikm)]
    for record in gone:
        take_out_of_use(record, by=verifier)
    earlier_figures = [f"{record.get_absolute_url()}riwayat/?bagian=angka" for record in (sentra, ikm)]
    return [*earlier_figures, *(record.get_absolute_url() for record in (sentra, ikm, product, *gone))]


def test_no_page_speaks_english(world, request):
    """Every page that links lead to, as everybody sees it, and the answers to forms sent back empty."""
    starts = ["/" + pattern for _, pattern in named_addresses() if "<" not in pattern and "(" not in pattern]
    found, reached, asked = {}, set(), set()
    for role in (None, *ROLES):
        cache.clear()
        walk = Walk(PersonClient(), most=9, most_in_admin=2)
        if role:
            walk.client.force_login(request.getfixturevalue(role))
        walk.go("/", "/tidak-ada/", *world, *starts)
        found |= {(role, what): words for what, page in walk.pages if (words := english_words(page.texts))}
        reached |= set(walk.reached)
        asked |= {what for what, _ in walk.pages}

    assert found == {}
    assert {name for name, _ in named_addresses()} - reached == NOT_LINKED
    assert {"POST /masuk/", "POST /sentra/baru/", "POST /admin/accounts/user/add/"} <= asked


def test_pages_of_two_step_sign_in_speak_no_english(officer):
    """Those that the walk meets only of who has it on."""
    give_totp(officer)
    give_recovery_codes(officer)
    client = PersonClient()
    client.post("/masuk/", {"login": "petugas", "password": PASSWORD})
    pages = {"second step": client.post("/masuk/langkah-kedua/", {"code": "1"})}
    codes = "/akun/dua-langkah/kode-cadangan/"
    client.force_login(officer)
    for address in ("masuk/ulang/", "masuk/ulang/kode/", "akun/dua-langkah/", "akun/dua-langkah/matikan/"):
        pages[address] = client.get(f"/{address}")
    for address in ("", "baru/", "unduh/"):
        pages[f"codes {address}"] = client.get(f"{codes}{address}")

    assert {page.status_code for page in pages.values()} == {200}
    found = {name: english_words(Page("/", page.content.decode()).texts) for name, page in pages.items()}
    assert found == dict.fromkeys(pages, [])


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_pages_of_errors_speak_no_english(db, rf, name):
    texts = Page("/", render_to_string(f"{name}.html", {"sentence": ""}, rf.get("/"))).texts

    assert english_words(texts) == []
    assert len(" ".join(texts).split()) > 10


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<h1>Add sentra</h1>", ["add"]),
        ("<p>This field is required.</p>", ["field", "is", "required", "this"]),
        ('<input type="submit" value="Save">', ["save"]),
        ('<img alt="A photo"><a href="/" title="Log out">Keluar</a>', ["a", "log", "out", "photo"]),
        ('<input type="search" placeholder="Search" aria-label="Next page">', ["next", "page", "search"]),
        # What nobody reads, and what Indonesian shares with English.
        ("<script>search(next)</script><style>.page {}</style><p>Simpan, lalu hapus filter level 4.</p>", []),
        ("<option>Nama A–Z</option><option>Nama Z–A</option>", []),
        ('<p><code translate="no">THIS GKBA</code></p>', []),
        ('<input name="search" value="page"><p class="required">Sentra OVOP: One Village One Product</p>', []),
    ],
)
def test_the_finder_finds_english(page, words):
    assert english_words(Page("/", page).texts) == words
