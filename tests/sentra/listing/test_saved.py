import re

import pytest
from django.db import IntegrityError
from django.urls import reverse

from outbox.uuid7 import uuid7
from sentra.listing import saved as saving
from sentra.models import SavedFilter
from tests.factories import make_ikm, make_user

pytestmark = pytest.mark.django_db

SAVE = reverse("listing:save", args=["ikm"])
LIST = reverse("ikm:list")


def make_saved(owner, **kwargs) -> SavedFilter:
    defaults = {"list_key": "ikm", "name": "Tanpa NIB", "query": "nib=tanpa", "owner": owner, "created_by": owner}
    return SavedFilter.objects.create(**defaults | kwargs)


def save(client, query: str, **fields):
    draft = {"idempotency_key": uuid7(), "id": uuid7(), "alamat": query, "name": "Tanpa NIB"}
    return client.post(SAVE, draft | fields)


def hidden_fields(page, after: str = "") -> dict[str, str]:
    content = page.content.decode()
    return dict(re.findall(r'name="(idempotency_key|id|revision)" value="([^"]*)"', content[content.index(after) :]))


def test_saving_keeps_what_makes_the_list_and_leads_back_to_it(signed_in, officer):
    client = signed_in(officer)
    query = "nib=tanpa&q=&wilayah=33.29&wilayah_teks=x&wilayah_tampil=x&page=3&setelah=abc&urut=-diubah&kolom=nib&x=1"

    answer = save(client, query)

    saved = SavedFilter.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, saved.get_absolute_url())
    assert (saved.owner, saved.created_by, saved.list_key, saved.name) == (officer, officer, "ikm", "Tanpa NIB")
    assert saved.query == "kolom=nib&nib=tanpa&urut=-diubah&wilayah=33.29"
    assert client.get(saved.get_absolute_url())["Location"] == f"{LIST}?{saved.query}"


@pytest.mark.parametrize(
    ("query", "fields", "where", "sentence"),
    [
        ("", {}, "__all__", "Belum ada yang disaring. Pasang saringan di daftarnya dahulu, lalu simpan."),
        ("page=2&x=1", {}, "__all__", "Belum ada yang disaring. Pasang saringan di daftarnya dahulu, lalu simpan."),
        (
            "nib=entah",
            {},
            "__all__",
            "Saringan ini belum bisa disimpan karena isiannya keliru. Perbaiki dahulu di daftarnya.",
        ),
        ("nib=tanpa", {"name": "  "}, "name", "Isi bagian ini."),
        ("nib=tanpa", {"name": "SUDAH ada"}, "name", "Anda sudah punya saringan dengan nama ini. Pilih nama lain."),
        (
            "nib=tanpa&kolom=" + "nib," * 600,
            {},
            "__all__",
            "Saringan ini terlalu panjang untuk disimpan. Kurangi isiannya.",
        ),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(signed_in, officer, query, fields, where, sentence):
    make_saved(officer, name="Sudah ada")

    page = save(signed_in(officer), query, **fields)

    assert page.status_code == 422
    assert page.context["form"].errors == {where: [sentence]}
    assert page.context["form"]["alamat"].value() == query
    assert SavedFilter.objects.count() == 1


def test_more_than_fifty_of_one_list_are_not_kept(signed_in, officer, monkeypatch):
    monkeypatch.setattr(saving, "MOST_SAVED", 1)
    make_saved(officer, name="Pertama")
    make_saved(officer, name="Daftar lain", list_key="sentra")

    page = save(signed_in(officer), "nib=tanpa")

    assert page.context["form"].errors == {
        "__all__": ["Anda sudah menyimpan 1 saringan untuk daftar ini. Hapus satu dahulu."]
    }


def test_names_are_unique_per_person_and_list(officer, verifier):
    make_saved(officer)
    make_saved(officer, list_key="sentra")
    make_saved(verifier)

    with pytest.raises(IntegrityError):
        make_saved(officer, name="TANPA nib")


def test_shared_filter_opens_for_a_colleague_with_what_the_colleague_sees(signed_in, officer, stranger):
    make_ikm(name="Di Brebes")
    make_ikm(name="Di Kuningan", wilayah="32.08")
    saved = make_saved(officer, is_shared=True)

    page = signed_in(stranger).get(saved.get_absolute_url(), follow=True)

    assert [row.name for row in page.context["listing"].page] == ["Di Kuningan"]


def test_own_filter_is_unknown_to_others(signed_in, officer, verifier):
    saved = make_saved(officer)

    assert signed_in(verifier).get(saved.get_absolute_url()).status_code == 404
    assert signed_in(officer).get(saved.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_only_the_owner_changes_and_deletes_also_a_shared_one(signed_in, officer, verifier, page):
    saved = make_saved(officer, is_shared=True)
    draft = {"idempotency_key": uuid7(), "id": saved.pk, "revision": saved.revision, "name": "Direbut"}

    answer = signed_in(verifier).post(reverse(f"listing:{page}", args=[saved.pk]), draft)

    assert answer.status_code == 404
    assert SavedFilter.objects.get().name == "Tanpa NIB"


def test_rename_keeps_the_filter(signed_in, officer):
    saved = make_saved(officer)
    client, address = signed_in(officer), reverse("listing:edit", args=[saved.pk])

    answer = client.post(address, hidden_fields(client.get(address)) | {"name": "NIB belum ada", "is_shared": "on"})

    saved.refresh_from_db()
    assert answer.status_code == 303
    assert (saved.name, saved.is_shared, saved.query) == ("NIB belum ada", True, "nib=tanpa")


def test_delete(signed_in, officer):
    saved = make_saved(officer)
    client = signed_in(officer)
    delete = reverse("listing:delete", args=[saved.pk])
    page = client.get(reverse("listing:edit", args=[saved.pk]))

    answer = client.post(delete, hidden_fields(page, after=f'action="{delete}"'))

    assert (answer.status_code, answer["Location"]) == (303, reverse("listing:saved_list", args=["ikm"]))
    assert not SavedFilter.objects.exists()


def test_list_shows_the_own_and_those_shared_nearby(signed_in, officer, verifier, stranger):
    make_saved(officer, name="Punya sendiri")
    make_saved(verifier, name="Dibagikan", is_shared=True)
    make_saved(verifier, name="Rahasia")
    make_saved(stranger, name="Dari jauh", is_shared=True)
    make_saved(make_user("", ("leader", None)), name="Nasional", is_shared=True)
    make_saved(officer, name="Sentra", list_key="sentra")

    page = signed_in(officer).get(LIST, {"nib": "tanpa"})

    assert [(chip.name, chip.is_on) for chip in page.context["saved"]] == [
        ("Punya sendiri", True),
        ("Dibagikan", True),
        ("Nasional", True),
    ]
    kept = signed_in(officer).get(reverse("listing:saved_list", args=["ikm"]))
    assert [one.name for one in kept.context["own"]] == ["Punya sendiri"]
    assert [one.name for one in kept.context["shared"]] == ["Dibagikan", "Nasional"]


@pytest.mark.parametrize("name", ["save", "saved_list", "layout"])
def test_list_that_is_none_is_not_found(signed_in, officer, name):
    assert signed_in(officer).get(reverse(f"listing:{name}", args=["entah"])).status_code == 404
