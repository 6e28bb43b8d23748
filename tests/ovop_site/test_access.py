"""Role × path × area: the statuses of the permission matrix, as one table.

The sentra, its IKM and product lie in Kecamatan Salem (33.29.01). *own* is a duty exactly there, *wider* one for the
kabupaten, *narrower* one for a village inside (sees, is not inside), *foreign* one for another kabupaten.
"""

import pytest

from accounts.models import Duty
from accounts.versions import versions_of
from assessment.models import Assessment
from files import intake
from outbox.uuid7 import uuid7
from sentra.history import figures_versions
from tests.assessment.factories import attach, move_to, start_assessment
from tests.factories import (
    make_certificate,
    make_figures,
    make_file,
    make_ikm,
    make_photo,
    make_product,
    make_sentra,
    make_user,
    take_out_of_use,
)
from tests.files.samples import jpeg, upload
from wilayah.models import Wilayah

pytestmark = pytest.mark.django_db

State = Assessment.State
SALEM = "33.29.01"
AREAS = {"own": SALEM, "wider": "33.29", "narrower": "33.29.01.2003", "foreign": "33.28"}
SEEN, FORBIDDEN, UNSEEN = 200, 403, 404


@pytest.fixture
def catalogue(areas, officer):
    sentra = make_sentra(wilayah=SALEM)
    ikm = make_ikm(wilayah=SALEM, sentra=sentra, nib="9120004170001")
    product = make_product(ikm=ikm)
    paper, picture = make_file(by=officer), make_file(by=officer)
    certificate = make_certificate(product=product, file=paper)
    photo = make_photo(product=product, file=picture)
    make_figures(ikm=ikm, year=2024, investment=1_000_000)
    return {
        "sentra": f"/sentra/{sentra.pk}/",
        "sentra/ubah": f"/sentra/{sentra.pk}/ubah/",
        "sentra/foto": f"/sentra/{sentra.pk}/foto/baru/",
        "sentra/angka": f"/sentra/{sentra.pk}/angka/",
        "sentra/angka/periksa": f"/sentra/{sentra.pk}/angka/periksa/",
        "ikm": f"/ikm/{ikm.pk}/",
        "ikm/ubah": f"/ikm/{ikm.pk}/ubah/",
        "ikm/angka": f"/ikm/{ikm.pk}/angka/",
        "ikm/angka/periksa": f"/ikm/{ikm.pk}/angka/periksa/",
        "ikm/sertifikat": f"/ikm/{ikm.pk}/sertifikat/baru/",
        "produk": f"/produk/{product.pk}/",
        "produk/ubah": f"/produk/{product.pk}/ubah/",
        "produk/sertifikat": f"/produk/{product.pk}/sertifikat/baru/",
        "sertifikat/ubah": f"/sertifikat/{certificate.pk}/ubah/",
        "sentra/bandingkan": f"/sentra/{sentra.pk}/bandingkan/",
        "ikm/bandingkan": f"/ikm/{ikm.pk}/bandingkan/",
        "produk/bandingkan": f"/produk/{product.pk}/bandingkan/",
        "sentra/nonaktifkan": f"/sentra/{sentra.pk}/nonaktifkan/",
        "ikm/nonaktifkan": f"/ikm/{ikm.pk}/nonaktifkan/",
        "produk/nonaktifkan": f"/produk/{product.pk}/nonaktifkan/",
        "sertifikat/nonaktifkan": f"/sertifikat/{certificate.pk}/nonaktifkan/",
        "sentra/catatan/baru": f"/sentra/{sentra.pk}/catatan/baru/",
        "ikm/catatan/baru": f"/ikm/{ikm.pk}/catatan/baru/",
        "produk/catatan/baru": f"/produk/{product.pk}/catatan/baru/",
        "sentra/catatan": f"/sentra/{sentra.pk}/catatan/",
        "ikm/catatan": f"/ikm/{ikm.pk}/catatan/",
        "produk/catatan": f"/produk/{product.pk}/catatan/",
        "sentra/riwayat": f"/sentra/{sentra.pk}/riwayat/",
        "ikm/riwayat": f"/ikm/{ikm.pk}/riwayat/",
        "produk/riwayat": f"/produk/{product.pk}/riwayat/",
        "sertifikat/riwayat": f"/sertifikat/{certificate.pk}/riwayat/",
        "foto/riwayat": f"/foto/{photo.pk}/riwayat/",
        "sentra/versi": f"/sentra/{sentra.pk}/riwayat/{versions_of(sentra).first().pgh_id}/",
        "ikm/angka/versi": f"/ikm/{ikm.pk}/angka/riwayat/{figures_versions(ikm).get().pgh_id}/",
        "foto/versi": f"/foto/{photo.pk}/riwayat/{versions_of(photo).first().pgh_id}/",
    }


READS = (
    *("sentra", "ikm", "produk"),
    *("sentra/catatan", "ikm/catatan", "produk/catatan"),
    *("sentra/riwayat", "ikm/riwayat", "produk/riwayat", "sertifikat/riwayat", "foto/riwayat"),
    *("sentra/versi", "foto/versi", "ikm/angka/versi"),
)
WRITES = (
    "sentra/ubah",
    "sentra/foto",
    "sentra/angka",
    "sentra/angka/periksa",
    "ikm/ubah",
    "ikm/angka",
    "ikm/angka/periksa",
    "ikm/sertifikat",
    "produk/ubah",
    "produk/sertifikat",
    "sertifikat/ubah",
    "sentra/bandingkan",
    "ikm/bandingkan",
    "produk/bandingkan",
    "sentra/catatan/baru",
    "ikm/catatan/baru",
    "produk/catatan/baru",
)
# Only for verifiers among those who may write.
VERIFIERS_ONLY = ("sentra/nonaktifkan", "ikm/nonaktifkan", "produk/nonaktifkan", "sertifikat/nonaktifkan")
CATALOGUE = {
    ("officer", "own"): (SEEN, SEEN),
    ("officer", "wider"): (SEEN, SEEN),
    ("officer", "narrower"): (SEEN, FORBIDDEN),
    ("officer", "foreign"): (UNSEEN, UNSEEN),
    ("verifier", "own"): (SEEN, SEEN),
    ("verifier", "wider"): (SEEN, SEEN),
    ("verifier", "narrower"): (SEEN, FORBIDDEN),
    ("verifier", "foreign"): (UNSEEN, UNSEEN),
    ("assessor", "own"): (UNSEEN, UNSEEN),
    ("assessor", "wider"): (UNSEEN, UNSEEN),
    ("assessor", "narrower"): (UNSEEN, UNSEEN),
    ("assessor", "foreign"): (UNSEEN, UNSEEN),
    ("leader", "own"): (SEEN, FORBIDDEN),
    ("leader", "wider"): (SEEN, FORBIDDEN),
    ("leader", "narrower"): (SEEN, FORBIDDEN),
    ("leader", "foreign"): (UNSEEN, UNSEEN),
}


@pytest.mark.parametrize(("role", "area"), CATALOGUE)
def test_catalogue_pages(client, catalogue, role, area):
    client.force_login(make_user("", (role, AREAS[area])))
    reading, writing = CATALOGUE[role, area]
    verifying = writing if role == "verifier" else {SEEN: FORBIDDEN, UNSEEN: UNSEEN}[reading]

    statuses = {name: client.get(path).status_code for name, path in catalogue.items()}

    expected = dict.fromkeys(READS, reading) | dict.fromkeys(WRITES, writing)
    assert statuses == expected | dict.fromkeys(VERIFIERS_ONLY, verifying)


@pytest.mark.parametrize(("role", "area"), CATALOGUE)
def test_record_out_of_use_is_read_as_before_and_brought_back_by_verifiers(client, areas, verifier, role, area):
    sentra = make_sentra(wilayah=SALEM)
    take_out_of_use(sentra, by=verifier)
    client.force_login(make_user("", (role, AREAS[area])))
    reading, writing = CATALOGUE[role, area]
    unchanged = {SEEN: FORBIDDEN, UNSEEN: UNSEEN}[reading]
    pages = {
        "": reading,
        "ubah/": unchanged,
        "bandingkan/": unchanged,
        "aktifkan/": writing if role == "verifier" else unchanged,
    }

    assert {page: client.get(f"/sentra/{sentra.pk}/{page}").status_code for page in pages} == pages


@pytest.fixture
def keeping(areas):
    """Pages about a petugas of Kecamatan Salem and about a closed village of it, for those who keep the area."""
    user = make_user("siti", ("officer", SALEM), ("officer", "33.29.01.2017"))
    make_ikm(wilayah="33.29.01.2017")
    Wilayah.objects.filter(pk="33.29.01.2017").update(valid_until="2026-06-30")
    person = f"/pengguna/{user.pk}/"
    duty = user.duty_set.get(wilayah=SALEM)
    later = Duty.objects.create(user=user, role="officer", wilayah_id=SALEM, valid_from="2999-01-01")
    return [
        person,
        *(f"{person}{page}" for page in ("ubah/", "tugas/baru/", "akhiri/", "kode/")),
        f"/pengguna/tugas/{duty.pk}/akhiri/",
        f"/pengguna/tugas/{later.pk}/batalkan/",
        "/wilayah/perubahan/33.29.01.2017/",
    ]


KEEPERS = {"own": SEEN, "wider": SEEN, "narrower": UNSEEN, "foreign": UNSEEN}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("role", ["officer", "verifier", "assessor", "leader"])
def test_people_and_changed_areas_are_kept_by_verifiers(client, keeping, role, area):
    client.force_login(make_user("", (role, AREAS[area])))
    expected = KEEPERS[area] if role == "verifier" else FORBIDDEN

    assert {path: client.get(path).status_code for path in keeping} == dict.fromkeys(keeping, expected)
    for path in ("/pengguna/", "/pengguna/baru/", "/pengguna/tambah/", "/wilayah/perubahan/"):
        assert client.get(path).status_code == (SEEN if role == "verifier" else FORBIDDEN)


OF_LISTS = ("/daftar/ikm/tampilan/", "/daftar/ikm/saringan/", "/daftar/ikm/saringan/baru/?nib=tanpa")
LISTS = ("/", "/sentra/", "/ikm/", "/produk/", "/sertifikat/", "/penilaian/", "/wilayah/cari/?q=salem", *OF_LISTS)
ADDING = tuple(f"/{kind}/{page}/" for kind in ("sentra", "ikm", "produk") for page in ("baru", "mirip"))
BEGINNINGS = {
    "officer": {
        **dict.fromkeys(ADDING, 200),
        "/penilaian/baru/": 200,
        "/kembar/": 403,
    },
    "verifier": {
        **dict.fromkeys(ADDING, 200),
        "/penilaian/baru/": 403,
        "/kembar/": 200,
    },
    "assessor": {
        **dict.fromkeys(ADDING, 403),
        "/penilaian/baru/": 403,
        "/kembar/": 403,
    },
    "leader": {**dict.fromkeys(ADDING, 403), "/penilaian/baru/": 403, "/kembar/": 403},
}


@pytest.mark.parametrize("role", BEGINNINGS)
def test_lists_open_for_all_and_beginnings_for_those_who_may(client, areas, role):
    client.force_login(make_user("", (role, SALEM)))

    assert {path: client.get(path).status_code for path in LISTS} == dict.fromkeys(LISTS, 200)
    assert {path: client.get(path).status_code for path in BEGINNINGS[role]} == BEGINNINGS[role]


# One's own account, open to everybody who has one; what it takes to come in, open to everybody.
OWN = (
    "/akun/",
    "/akun/surel/",
    "/akun/kata-sandi/",
    "/akun/perangkat/",
    "/akun/dua-langkah/",
    "/akun/dua-langkah/nyalakan/",
    "/masuk/ulang/",
)
WAYS_IN = ("/masuk/", "/masuk/kode/", "/lupa-kata-sandi/", "/lupa-kata-sandi/terkirim/", "/daftar/")


@pytest.mark.parametrize("role", BEGINNINGS)
def test_everybody_keeps_the_own_account(client, areas, role):
    client.force_login(make_user("", (role, SALEM)))

    assert {path: client.get(path).status_code for path in OWN} == dict.fromkeys(OWN, 200)


def test_the_ways_in_are_open_to_strangers(client, db):
    assert {path: client.get(path).status_code for path in WAYS_IN} == dict.fromkeys(WAYS_IN, 200)


def test_everything_asks_strangers_to_sign_in(client, catalogue, keeping):
    paths = [*LISTS, *OWN, *catalogue.values(), *keeping, "/pengguna/", *BEGINNINGS["officer"], "/admin/"]

    answers = {path: client.get(path) for path in paths}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 302)
    assert all("/masuk/" in answer.url or "/admin/login/" in answer.url for answer in answers.values())


# What each role sees of an assessment in a state, inside the area: the same for the page and the sheet.
ASSESSMENT = {
    "proposer": dict.fromkeys(State, 200),
    "officer": {state: 200 if state in ("decided", "eliminated", "revoked") else 404 for state in State},
    "verifier": {state: 404 if state in ("draft", "withdrawn") else 200 for state in State},
    "assessor": dict.fromkeys(State, 404),
    "leader": {state: 200 if state in ("decided", "eliminated", "revoked") else 404 for state in State},
}


@pytest.fixture
def every_state(officer, verifier):
    return {state: move_to(start_assessment(officer=officer), state, verifier=verifier) for state in State}


def assert_statuses(client, every_state, proposer, expected):
    """Both pages of an assessment in every state answer each role as `expected` says."""
    people = {"proposer": proposer} | {role: make_user("", (role, "33.29")) for role in expected if role != "proposer"}
    for page in ("", "lembar/"):
        found = {}
        for role, user in people.items():
            client.force_login(user)
            found[role] = {
                state: client.get(f"/penilaian/{row.pk}/{page}").status_code for state, row in every_state.items()
            }
        assert found == expected


def test_pages_of_assessments(client, every_state, officer):
    assert_statuses(client, every_state, officer, ASSESSMENT)


# The same once its officer no longer acts there: who may withdraw it opens its pages.
ORPHANED = ASSESSMENT | {
    "officer": ASSESSMENT["officer"] | dict.fromkeys(("draft", "returned", "withdrawn"), 200),
    "verifier": dict.fromkeys(State, 200),
}


def test_pages_of_orphaned_assessments(client, every_state, officer):
    officer.duty_set.update(wilayah="33.28")
    assert_statuses(client, every_state, officer, ORPHANED)


def test_assessments_of_elsewhere_are_unseen(client, every_state):
    found = set()
    for role in ("officer", "verifier", "assessor", "leader"):
        client.force_login(make_user("", (role, "33.28")))
        for row in every_state.values():
            found.add(client.get(f"/penilaian/{row.pk}/").status_code)
            step = {"idempotency_key": uuid7()}
            found.add(client.post(f"/penilaian/{row.pk}/langkah/tinjau/", step).status_code)

    assert found == {404}


FILES = {
    # role: photo, certificate, evidence of a submitted one, evidence of a decided one
    "proposer": (200, 200, 200, 200),
    "officer": (200, 200, 404, 200),
    "verifier": (200, 200, 200, 200),
    "assessor": (404, 404, 404, 404),
    "leader": (200, 404, 404, 200),
    "foreign": (404, 404, 404, 404),
}


def stored_picture(by):
    return intake.store(intake.check(upload(jpeg())), by=by)


@pytest.mark.parametrize("role", FILES)
def test_files(client, officer, verifier, role):
    recorder = make_user("", ("officer", "33.29"))
    product = make_product(ikm=make_ikm(wilayah=SALEM))
    files = [
        make_photo(product=product, file=stored_picture(recorder)).file,
        make_certificate(product=product, file=stored_picture(recorder)).file,
    ]
    for state in (State.SUBMITTED, State.DECIDED):
        assessment = start_assessment(officer=officer)
        files.append(attach(assessment, "1.1", file=stored_picture(officer)).file)
        move_to(assessment, state, verifier=verifier)
    people = {"proposer": officer, "foreign": make_user("", ("officer", "33.28"), ("verifier", "33.28"))}
    client.force_login(people.get(role) or make_user("", (role, "33.29")))

    assert tuple(client.get(f"/berkas/{file.pk}/").status_code for file in files) == FILES[role]
