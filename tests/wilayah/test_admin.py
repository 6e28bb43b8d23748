"""Areas in the admin: found as everywhere, read only, successors entered."""

import pytest

from accounts.models import User
from wilayah.models import Succession, Wilayah

LIST = "/admin/wilayah/wilayah/"
BENTARSARI = "/admin/wilayah/wilayah/33.29.01.2003/change/"


@pytest.fixture
def admin(areas, client):
    client.force_login(User.objects.create_superuser("admin", password="rahasia-tenun"))
    return client


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("salem brebes", "Kec. Salem, Kab. Brebes, Jawa Tengah"),
        ("33.29.01.2003", "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"),
    ],
)
def test_the_list_is_searched_by_names_and_by_code(admin, query, shown):
    assert shown in admin.get(LIST, {"q": query}).content.decode()


@pytest.mark.parametrize("query", ["%", "xyzxyz", ",", "'"])
def test_a_search_without_hits_is_a_page(admin, query):
    response = admin.get(LIST, {"q": query})

    assert response.status_code == 200
    assert "Kab. Brebes" not in response.content.decode()


def test_other_admins_complete_areas_most_probable_first(admin):
    asked = {"app_label": "accounts", "model_name": "duty", "field_name": "wilayah", "term": "kab brebes"}

    found = admin.get("/admin/autocomplete/", asked).json()["results"]

    assert found[0] == {"id": "33.29", "text": "Kab. Brebes, Jawa Tengah"}


def succession(*new: str) -> dict[str, str]:
    """What the form posts to say that Bentarsari became `new`."""
    rows = {"successions-TOTAL_FORMS": str(len(new)), "successions-INITIAL_FORMS": "0", "name": "Lain"}
    for number, code in enumerate(new):
        row = {"old": "33.29.01.2003", "new": code, "since": "2026-01-01", "source": "Perda 1/2026"}
        rows |= {f"successions-{number}-{field}": value for field, value in row.items()}
    return rows


def test_names_cannot_be_changed_but_successors_are_entered(admin):
    response = admin.post(BENTARSARI, succession("33.29.01.2002", "33.29.01.2001"))

    assert response.status_code == 302
    assert Wilayah.objects.get(pk="33.29.01.2003").name == "Bentarsari"
    assert [row.new_id for row in Succession.objects.order_by("new")] == ["33.29.01.2001", "33.29.01.2002"]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (["33.29.01.2003"], "Wilayah baru harus lain dari wilayah lama."),
        (["33.29.01.2002", "33.29.01.2002"], "Pergantian ini sudah tercatat."),
        (["99"], "Pilihan itu tidak ada dalam daftar. Pilih dari daftar."),
    ],
)
def test_a_wrong_successor_is_refused_with_a_sentence(admin, new, sentence):
    assert sentence in admin.post(BENTARSARI, succession(*new)).content.decode()
    assert not Succession.objects.exists()


@pytest.mark.parametrize("path", ["add/", "33.29/delete/"])
def test_areas_are_neither_added_nor_deleted(admin, path):
    assert admin.get(LIST + path).status_code == 403


def test_editions_are_shown(admin):
    assert admin.get("/admin/wilayah/edition/").status_code == 200
    assert admin.get("/admin/wilayah/edition/add/").status_code == 403
