"""Copying, publishing, retiring and downloading an instrument."""

import re
from datetime import date
from http import HTTPStatus

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from assessment.admin.report import Fault
from assessment.instrument_file import read_instrument
from assessment.instrument_rows import load_rules
from assessment.instruments import copy, retire
from assessment.models import Criterion, Gate, Indicator, Instrument
from tests.assessment.admin.forms import told, words
from tests.assessment.factories import make_instrument, make_round, start_assessment
from tests.factories import make_user

INSTRUMENTS = "/admin/assessment/instrument/"
EVERY_WRITER = pytest.mark.parametrize("who", ["admin", "superuser"])


@pytest.fixture
def draft(areas):
    return make_instrument(published=False)


@pytest.fixture
def as_admin(signed_in, admin):
    return signed_in(admin)


def page_of(instrument, word="") -> str:
    return f"{INSTRUMENTS}{instrument.pk}/{word}/" if word else f"{INSTRUMENTS}{instrument.pk}/change/"


def seen(page) -> dict[str, str]:
    return {"seen": re.search(r'name="seen" value="(\w+)"', page.text)[1]}


# Copying


@EVERY_WRITER
@pytest.mark.parametrize("state", Instrument.State)
def test_any_instrument_is_copied_to_a_draft(signed_in, request, areas, who, state):
    original = make_instrument(published=state != "draft")
    if state == "retired":
        retire(original)
    client = signed_in(request.getfixturevalue(who))

    page = client.get(page_of(original, "salin"))
    response = client.post(page_of(original, "salin"), {"name": original.name, "version": "2027"}, follow=True)

    made = Instrument.objects.get(version="2027")
    assert page.context["form"]["name"].value() == "Instrumen kecil"
    assert response.redirect_chain == [(page_of(made), HTTPStatus.FOUND)]
    assert told(response) == ["Rancangan “Instrumen kecil, versi 2027” dibuat dari salinan."]
    assert (made.state, load_rules(made.pk).criteria) == ("draft", load_rules(original.pk).criteria)
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == [f"Disalin dari {original}."]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"version": "1"}, {"__all__": ["Instrumen dengan nama dan versi ini sudah ada. Naikkan versinya."]}),
        ({"version": ""}, {"version": ["Isi bagian ini."]}),
    ],
)
def test_a_copy_needs_another_version(as_admin, draft, typed, found):
    response = as_admin.post(page_of(draft, "salin"), {"name": draft.name} | typed)

    assert (response.status_code, response.context["form"].errors) == (HTTPStatus.OK, found)
    assert Instrument.objects.count() == 1


# Publishing


@EVERY_WRITER
def test_a_sound_draft_is_published(signed_in, request, draft, who):
    user = request.getfixturevalue(who)
    client = signed_in(user)

    response = client.post(page_of(draft, "terbitkan"), seen(client.get(page_of(draft, "terbitkan"))), follow=True)

    draft.refresh_from_db()
    assert response.redirect_chain == [(page_of(draft), HTTPStatus.FOUND)]
    assert told(response) == ["“Instrumen kecil, versi 1” terbit. Putaran penilaian kini dapat memakainya."]
    assert (draft.state, draft.published_by) == ("published", user)
    assert LogEntry.objects.get().get_change_message() == "Diterbitkan."


def test_the_page_says_what_follows(as_admin, draft):
    page = words(as_admin.get(page_of(draft, "terbitkan")))

    assert "berlaku sejak hari ini" in page
    assert "Isinya tidak dapat diubah lagi, juga tidak oleh admin." in page
    assert "berlaku 24 bulan" in page
    assert "Belum ada instrumen terbit bernama “Instrumen kecil”" in page


def test_the_page_says_what_differs_and_which_rounds_use_the_version_before(as_admin, officer):
    before = make_instrument(version="0")
    used, unused = make_round(instrument=before), make_round(instrument=before, name="Brebes", wilayah_id="33.29")
    make_round(instrument=before, name="Usai", closes=date(2020, 2, 1))
    start_assessment(officer=officer)
    draft = copy(before, name=before.name, version="9")
    Criterion.objects.filter(instrument=draft, code="K1").update(name="Nama lain")
    if not used.assessment_set.exists():
        used, unused = unused, used

    page = words(as_admin.get(page_of(draft, "terbitkan")))

    assert "Beda dengan “Instrumen kecil, versi 0” Kriteria Diubah : K1 Nama lain" in page
    assert "nama: Produk unggulan daerah menjadi Nama lain" in page
    assert f"{used.name} : sudah ada penilaiannya" in page
    assert f"{unused.name} : belum ada penilaiannya" in page
    assert "Usai" not in page


def test_a_sound_draft_is_ready(as_admin, draft):
    report = as_admin.get(page_of(draft, "terbitkan")).context["report"]

    assert (report.faults, report.points) == ([], 100)
    assert [(scope.name, scope.indicator_count, scope.reachable) for scope in report.scopes] == [
        ("Makanan", 4, 100),
        ("Tenun", 3, 100),
    ]


def test_all_that_is_wrong_is_told_at_once_and_leads_to_where_it_is_mended(as_admin, draft):
    indicator, gate = Indicator.objects.get(code="2.1"), Gate.objects.get(code="nib")
    Criterion.objects.filter(code="K1").update(points=50)
    Indicator.objects.filter(criterion__code="K1").first().scopes.set(["makanan"])
    Indicator.objects.filter(criterion__code="K1").last().scopes.set(["makanan"])
    indicator.level_set.filter(number=3).delete()
    Gate.objects.filter(pk=gate.pk).update(star=5)

    page = as_admin.get(page_of(draft, "terbitkan"))

    assert page.context["report"].faults == [
        Fault("Poin semua kriteria berjumlah 90; seharusnya 100.", ""),
        Fault(
            "Kriteria K1 tidak punya indikator untuk lingkup “Tenun”.",
            f"/admin/assessment/criterion/{indicator.criterion.instrument.criterion_set.get(code='K1').pk}/change/",
        ),
        Fault(
            "Level indikator 2.1 harus bernomor 1, 2, 3 dan seterusnya tanpa lompatan.",
            f"/admin/assessment/indicator/{indicator.pk}/change/",
        ),
        Fault(
            "Syarat nib tidak membatasi apa pun: bintang tertinggi instrumen ini 5.",
            f"/admin/assessment/gate/{gate.pk}/change/",
        ),
    ]
    assert "Belum dapat diterbitkan: 4 hal harus dibetulkan" in words(page)
    assert "Tenun 1 40 K1" in words(page)


def test_an_empty_draft_says_what_it_needs(as_admin):
    bare = Instrument.objects.create(name="Kosong", version="1", basis="Uji")

    page = words(as_admin.get(page_of(bare, "terbitkan")))

    assert "Poin semua kriteria berjumlah 0; seharusnya 100." in page
    assert "Belum ada ambang bintang." in page


def test_a_faulty_draft_is_not_published_and_says_why(as_admin, draft):
    Criterion.objects.filter(code="K1").update(points=50)

    page = as_admin.get(page_of(draft, "terbitkan"))
    response = as_admin.post(page_of(draft, "terbitkan"), seen(page))

    assert "Poin semua kriteria berjumlah 90; seharusnya 100." in words(page)
    assert 'value="Terbitkan"' not in page.text
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, page_of(draft, "terbitkan"))
    assert Instrument.objects.get().is_draft


@pytest.mark.parametrize("carries_it", [True, False])
def test_a_draft_that_changed_since_it_was_looked_at_is_shown_again(as_admin, draft, carries_it):
    data = seen(as_admin.get(page_of(draft, "terbitkan"))) if carries_it else {}
    Criterion.objects.filter(code="K1").update(name="Nama lain")

    response = as_admin.post(page_of(draft, "terbitkan"), data, follow=True)

    assert told(response) == ["Rancangan ini diubah orang lain sejak Anda membukanya. Periksa lagi, lalu terbitkan."]
    assert Instrument.objects.get().is_draft


def test_publishing_twice_is_a_sentence(as_admin, draft):
    data = seen(as_admin.get(page_of(draft, "terbitkan")))
    as_admin.post(page_of(draft, "terbitkan"), data, follow=True)

    response = as_admin.post(page_of(draft, "terbitkan"), data, follow=True)

    assert told(response)[0] == "Instrumen ini sudah terbit. Buat versi baru untuk mengubahnya."
    assert response.redirect_chain[-1] == (page_of(draft), HTTPStatus.FOUND)


# Retiring


def test_a_published_instrument_is_retired_after_a_warning(as_admin, officer):
    used = make_round().instrument
    start_assessment(officer=officer)

    page = words(as_admin.get(page_of(used, "hentikan")))
    response = as_admin.post(page_of(used, "hentikan"), follow=True)

    used.refresh_from_db()
    assert "1 penilaian yang sedang berjalan diteruskan dengan instrumen ini sampai selesai." in page
    assert "Putaran yang masih memakainya" in page
    assert "Putaran tetap" in page
    assert told(response) == ["“Instrumen kecil, versi 1” tidak dipakai lagi."]
    assert used.state == "retired"


def test_only_what_is_in_force_is_retired(as_admin, draft):
    for answer in (
        as_admin.get(page_of(draft, "hentikan"), follow=True),
        as_admin.post(page_of(draft, "hentikan"), follow=True),
    ):
        assert told(answer) == ["Hanya instrumen yang terbit dan masih dipakai yang dapat dihentikan."]
    assert Instrument.objects.get().is_draft


# Downloading


def test_what_is_downloaded_is_loaded_as_the_same_rules(as_admin, draft, tmp_path):
    response = as_admin.get(page_of(draft, "unduh"))

    file = tmp_path / "unduhan.toml"
    file.write_bytes(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="instrumen-kecil-1.toml"'
    assert read_instrument(file) == load_rules(draft.pk)


# Who may


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("salin", HTTPStatus.FORBIDDEN),
        ("terbitkan", HTTPStatus.FORBIDDEN),
        ("hentikan", HTTPStatus.FORBIDDEN),
        ("unduh", HTTPStatus.OK),
    ],
)
def test_who_may_only_look_may_only_download(signed_in, draft, word, status):
    reader = make_user("pembaca", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_instrument"))
    client = signed_in(reader)

    assert client.get(page_of(draft, word)).status_code == status
    assert client.post(page_of(draft, word), {"version": "2"}).status_code != HTTPStatus.FOUND
    assert Instrument.objects.get().is_draft


@pytest.mark.parametrize("word", ["salin", "terbitkan", "hentikan", "unduh"])
def test_an_instrument_that_is_not_there(as_admin, word):
    assert as_admin.get(f"{INSTRUMENTS}999/{word}/").status_code == HTTPStatus.NOT_FOUND
