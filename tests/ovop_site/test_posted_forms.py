"""Every form of ours that is posted carries its key, the id of its record, and the revision that was seen."""

import re
from collections import Counter

import pytest
from django.utils import timezone

from accounts.versions import versions_of
from assessment.models import Assessment
from files import intake
from sentra.models import SavedFilter, Sentra
from tests.assessment.factories import move_to, start_assessment
from tests.factories import (
    make_certificate,
    make_figures,
    make_ikm,
    make_note,
    make_photo,
    make_product,
    make_sentra,
    take_out_of_use,
)
from tests.files.samples import jpeg, upload
from tests.ovop_site.crawling import Page, view_name

pytestmark = pytest.mark.django_db

State = Assessment.State
# What one does to the own account is no record: it is done at once, by who is signed in.
OWN_ACCOUNT = ("account_", "mfa_", "usersessions_")

# What is ticked names the figures it was ticked over, so it needs no revision of theirs.
SAYS_ITSELF = ("sentra:check_hints", "ikm:check_hints")


@pytest.fixture
def pages(officer, verifier, settings, tmp_path):
    """Every page with a posted form, by who opens it."""
    settings.MEDIA_ROOT = tmp_path
    sentra = make_sentra(created_by=officer)
    ikm = make_ikm(sentra=sentra, nib="9120004170001")
    product = make_product(ikm=ikm)
    saved = SavedFilter.objects.create(owner=officer, list_key="ikm", name="Tanpa NIB", query="nib=tanpa")
    photo = make_photo(product=product, file=intake.store(intake.check(upload(jpeg())), by=officer))
    certificate = make_certificate(product=product)
    make_figures(ikm=ikm, year=2024, export_value=5)
    note = make_note(sentra=sentra, created_by=officer)
    make_note(sentra=sentra, created_by=officer, withdrawn_at=timezone.now())
    Sentra.objects.update(name="Sentra Berubah")
    in_state = {
        state: move_to(start_assessment(officer=officer), state, verifier=verifier).pk
        for state in (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.DECIDED)
    }
    records = [f"/sentra/{sentra.pk}/", f"/ikm/{ikm.pk}/", f"/produk/{product.pk}/"]
    gone, other = make_sentra(), make_ikm()
    take_out_of_use(gone, by=verifier)
    return {
        "petugas": [
            *(f"/{name}/baru/" for name in ("sentra", "ikm", "produk")),
            *(
                f"{record}{page}"
                for record in records
                for page in ("ubah/", "foto/baru/", "sertifikat/baru/", "catatan/baru/")
            ),
            *(f"/catatan/{note.pk}/{page}" for page in ("ubah/", "tarik/")),
            f"/sentra/{sentra.pk}/catatan/",
            f"/sentra/{sentra.pk}/riwayat/{versions_of(sentra).last().pgh_id}/",
            *(f"{record}angka/" for record in records[:2]),
            f"/ikm/{ikm.pk}/angka/periksa/",
            "/daftar/ikm/saringan/baru/?nib=tanpa",
            f"/saringan/{saved.pk}/ubah/",
            f"/foto/{photo.pk}/",
            f"/foto/{photo.pk}/ubah/",
            f"/sertifikat/{certificate.pk}/ubah/",
            f"/penilaian/baru/?produk={product.pk}",
            f"/penilaian/{in_state[State.DRAFT]}/",
            f"/penilaian/{in_state[State.DRAFT]}/lembar/",
        ],
        "verifikator": [
            f"/sertifikat/{certificate.pk}/",
            f"/sertifikat/{certificate.pk}/nonaktifkan/",
            f"/ikm/{other.pk}/nonaktifkan/",
            f"/sentra/{gone.pk}/aktifkan/",
            f"/ikm/{ikm.pk}/bandingkan/?dengan={other.pk}",
            f"/penilaian/{in_state[State.SUBMITTED]}/",
            f"/penilaian/{in_state[State.SUBMITTED]}/kembalikan/",
            f"/penilaian/{in_state[State.IN_REVIEW]}/",
            f"/penilaian/{in_state[State.IN_REVIEW]}/lembar/",
        ],
        "verifikator2": [f"/penilaian/{in_state[State.DECIDED]}/"],
    }


def test_every_posted_form_carries_key_id_and_revision(pages, signed_in, officer, verifier, other_verifier):
    lacking, without_form = {}, []
    for user in (officer, verifier, other_verifier):
        client = signed_in(user)
        for address in pages[user.username]:
            page = Page(address, client.get(address).content.decode())
            posted = [
                form
                for form in page.forms
                if form.method == "post" and not view_name(form.address).startswith(OWN_ACCOUNT)
            ]
            without_form += [] if posted else [address]
            for form in posted:
                # A section of the sheet has a revision per indicator.
                carried = {name.rpartition("-")[2] for name in form.hidden}
                if view_name(form.address) in SAYS_ITSELF:
                    carried.add("revision")
                if missing := {"idempotency_key", "id", "revision"} - carried:
                    lacking[address, form.address] = missing

    assert lacking == {}
    assert without_form == []


def test_no_field_of_a_posted_form_is_there_twice(pages, signed_in, officer, verifier, other_verifier):
    """The hidden fields of a position were drawn with the key and again beside the map: a script then found neither."""
    twice = {}
    for user in (officer, verifier, other_verifier):
        client = signed_in(user)
        for address in pages[user.username]:
            found = Counter(re.findall(r'\sid="([^"]+)"', client.get(address).content.decode()))
            twice |= {(address, name): count for name, count in found.items() if count > 1}

    assert twice == {}
