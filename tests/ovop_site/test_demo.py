"""`manage.py demo`: what it makes, and where it refuses."""

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import User
from assessment import chain
from assessment.models import Assessment, Decision
from ovop_site import set_up
from ovop_site.demo.people import PASSWORD, PEOPLE
from ovop_site.management.commands import demo
from sentra.catalogue import is_recognised
from sentra.models import IKM, Certificate, Photo, Product, Sentra, YearlyFigures
from sentra.plausibility import hints
from tests.factories import make_user
from tests.wilayah_factory import TREE, make_areas

# The places of the story that the tests have no areas for elsewhere.
PLACES = {
    "32.06": "KABUPATEN TASIKMALAYA",
    "32.06.34": "Rajapolah",
    "32.06.34.2004": "Manggungsari",
    "33.29.04": "Paguyangan",
    "33.29.04.2008": "Pandansari",
    "33.29.05": "Sirampog",
    "33.29.05.2007": "Kaliloka",
    "33.29.08": "Wanasari",
    "33.29.08.2007": "Klampok",
    "33.29.09.1012": "Limbangan Kulon",
    "33.29.09.2007": "Kaliwlingi",
    "34": "DAERAH ISTIMEWA YOGYAKARTA",
    "34.02": "KABUPATEN BANTUL",
    "34.02.16": "Kasihan",
    "34.02.16.2001": "Bangunjiwo",
    "52": "NUSA TENGGARA BARAT",
    "52.02": "KABUPATEN LOMBOK TENGAH",
    "52.02.02": "Jonggat",
    "52.02.02.2010": "Sukarara",
    "52.02.05": "Praya Barat",
    "52.02.05.2006": "Penujak",
    "52.02.09": "Kopang",
    "52.02.09.2010": "Aik Bual",
}


@pytest.fixture
def prepared(db, settings, tmp_path):
    """A database as it stands before the demo is filled."""
    settings.MEDIA_ROOT = tmp_path
    make_areas(dict(sorted((TREE | PLACES).items())))
    call_command("load_reference", verbosity=0)
    call_command("load_instrument", verbosity=0)


@pytest.fixture
def accounts_only(prepared, monkeypatch):
    """Pictures take seconds to draw; where only the accounts matter, none are."""
    monkeypatch.setattr(demo, "make_catalogue", lambda story, people: {})
    monkeypatch.setattr(demo, "make_assessments", lambda story, products, people: [])


def test_demo_shows_every_state_and_is_marked_as_examples(prepared, capsys):
    call_command("demo")

    assert capsys.readouterr().out == "6 akun, 12 sentra, 60 produk, 9 penilaian.\n"
    assert (Sentra.objects.count(), IKM.objects.count(), Product.objects.count()) == (12, 80, 60)
    assert [sentra.name for sentra in Sentra.objects.all() if is_recognised(sentra)] == [
        "Bawang Goreng Klampok",
        "Sale Dukuh Kulon",
        "Teh dan Kopi Pandansari",
        "Tenun Sukarara",
    ]
    assert {sentra.wilayah_id[:2] for sentra in Sentra.objects.all()} == {"32", "33", "34", "52"}
    states = Counter(Assessment.objects.values_list("state", flat=True))
    assert states == dict.fromkeys(Assessment.State.values, 1) | {"decided": 2}
    assert all("Contoh rekaan" in sentra.story for sentra in Sentra.objects.all())
    assert all("contoh" in photo.caption.lower() for photo in Photo.objects.all())
    assert (chain.first_break(), Decision.objects.count()) == (None, 5)
    assert set_up.is_demo()


def test_demo_shows_what_is_complete_and_what_is_missing(prepared):
    call_command("demo", verbosity=0)

    this_year = timezone.localdate().year
    years = YearlyFigures.objects.values_list("year", flat=True)
    assert set(years) == {this_year - 1, this_year - 2, this_year - 3}
    assert set(IKM.objects.values_list("size_class", flat=True)) == {"", "kecil", "menengah"}
    assert {paper.urgency.state for paper in Certificate.objects.all()} == {"good", "soon", "bad"}
    assert set(Sentra.objects.values_list("state", flat=True)) == set(Sentra.State.values) - {"tutup"}
    assert {bool(ikm.nib) for ikm in IKM.objects.all()} == {True, False}
    assert {ikm.has_position for ikm in IKM.objects.all()} == {True, False}
    assert IKM.objects.filter(figures=None).exists()
    assert any(hints(ikm.figures.all()) for ikm in IKM.objects.prefetch_related("figures"))
    assert YearlyFigures.objects.counted(this_year - 1).sources().sentra_by_own_row == 3


def test_accounts_of_the_demo_sign_in_and_none_is_a_superuser(accounts_only):
    call_command("demo", verbosity=0)

    users = [authenticate(username=person.username, password=PASSWORD) for person in PEOPLE]
    assert [user.username for user in users] == [person.username for person in PEOPLE]
    assert [user.username for user in users if user.is_staff] == ["admin"]
    assert not any(user.is_superuser for user in users)


def test_demo_filled_by_hand_is_not_filled_again(accounts_only):
    call_command("demo", verbosity=0)

    set_up.fill_demo(lambda sentence: None)

    with pytest.raises(CommandError, match="Akun contoh sudah ada"):
        call_command("demo")


def test_demo_refuses_outside_the_demo(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="hanya dibuat dengan OVOP_DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()


def test_demo_refuses_a_database_with_real_accounts(db):
    make_user("petugas-sungguhan")

    with pytest.raises(CommandError, match="sudah berisi akun dan tidak bertanda contoh"):
        call_command("demo")
    assert User.objects.count() == 1
