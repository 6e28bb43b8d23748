import pytest
from django.contrib.auth.models import AnonymousUser

from ovop_site.context_processors import Site, site
from tests.factories import make_user


def site_of(rf, user, path: str = "/") -> Site:
    request = rf.get(path)
    request.user = user
    return site(request)["site"]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("officer", ["Beranda", "Sentra", "Penilaian"]),
        ("verifier", ["Beranda", "Sentra", "Penilaian", "Pengguna"]),
        ("leader", ["Beranda", "Sentra", "Penilaian"]),
        ("assessor", ["Beranda"]),
    ],
)
def test_only_places_the_user_may_use_are_shown(rf, areas, role, places):
    user = make_user("orang", (role, "33.29"))

    assert [place.label for place in site_of(rf, user).places] == places


def test_without_duties_there_is_only_the_home_page(rf, db):
    assert [place.label for place in site_of(rf, make_user()).places] == ["Beranda"]
    assert [place.label for place in site_of(rf, AnonymousUser()).places] == ["Beranda"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["Beranda"]),
        ("/sentra/", ["Sentra"]),
        ("/sentra/baru/", ["Sentra"]),
        ("/ikm/", ["Sentra"]),
        ("/produk/", ["Sentra"]),
        ("/penilaian/", ["Penilaian"]),
        ("/akun/kata-sandi/", []),
        ("/pengguna/baru/", ["Pengguna"]),
    ],
)
def test_the_present_place_is_marked(rf, verifier, path, current):
    assert [place.label for place in site_of(rf, verifier, path).places if place.current] == current


def test_an_admin_keeps_people_too(rf, admin):
    assert [place.label for place in site_of(rf, admin).places] == ["Beranda", "Pengguna"]


def test_duties_and_the_dinas_are_told_in_words(rf, areas):
    user = make_user("orang", ("officer", "33.29.01"), ("verifier", "33.29"))

    found = site_of(rf, user)

    assert sorted(found.duties) == ["Petugas lapangan, Kec. Salem, Kab. Brebes", "Verifikator, Kab. Brebes"]
    assert found.dinas == "Dinas perindustrian Kabupaten Brebes"


def test_a_national_duty_is_the_ministry(rf, db):
    found = site_of(rf, make_user("orang", ("leader", None)))

    assert found.duties == ["Pimpinan, Seluruh Indonesia"]
    assert found.dinas == "Kementerian Perindustrian"


def test_a_page_that_shows_none_of_it_asks_nothing(rf, officer, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert site_of(rf, officer).name == "Sentra OVOP"


def test_all_of_it_takes_one_query(rf, officer, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = site_of(rf, officer)
        assert found.places and found.duties and found.dinas
