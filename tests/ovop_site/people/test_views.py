"""The pages of `/pengguna/`."""

from datetime import date
from http import HTTPStatus

import pghistory
import pytest
from django.utils import timezone

from accounts import codes, people
from accounts.models import Duty, SignInCode, User
from outbox.uuid7 import uuid7
from tests.factories import make_user
from tests.ovop_site.crawling import Page
from tests.ovop_site.people.pages import BREBES, PEOPLE, SALEM, TEGAL, hidden_in, hidden_of, said, send

pytestmark = pytest.mark.django_db

NEW = {"name": "Siti Aminah", "username": "", "email": "", "wilayah": SALEM, "valid_from": "2026-11-01"}


WHO = {
    # role: list, a person inside, a person elsewhere, new
    "officer": (403, 403, 403, 403),
    "verifier": (200, 200, 404, 200),
    "assessor": (403, 403, 403, 403),
    "leader": (403, 403, 403, 403),
}


@pytest.mark.parametrize("role", WHO)
def test_who_opens_the_pages(client, siti, stranger, role):
    client.force_login(make_user("", (role, BREBES)))
    addresses = (PEOPLE, f"{PEOPLE}{siti.pk}/", f"{PEOPLE}{stranger.pk}/", f"{PEOPLE}baru/")

    assert tuple(client.get(address).status_code for address in addresses) == WHO[role]


@pytest.mark.parametrize("page", ["", "ubah/", "tugas/baru/", "akhiri/", "kode/"])
def test_people_of_elsewhere_are_unseen(keeper, stranger, page):
    address = f"{PEOPLE}{stranger.pk}/{page}"

    assert keeper.get(address).status_code == HTTPStatus.NOT_FOUND
    if page:
        assert send(keeper, address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("page", ["baru/", "tambah/", "{pk}/ubah/", "{pk}/tugas/baru/", "{pk}/akhiri/", "{pk}/kode/"])
def test_every_act_asks_for_a_fresh_sign_in(keeper, siti, verifier, page):
    keeper.force_login(verifier, ago=24 * 3600)
    address = PEOPLE + page.format(pk=siti.pk)
    before = (User.objects.count(), Duty.objects.count(), SignInCode.objects.count())

    assert keeper.get(address)["Location"].startswith("/masuk/ulang/")
    assert keeper.post(address, NEW | {"idempotency_key": uuid7()}).status_code == HTTPStatus.FORBIDDEN
    assert (User.objects.count(), Duty.objects.count(), SignInCode.objects.count()) == before


@pytest.mark.parametrize("page", ["baru/", "tambah/", "{pk}/ubah/", "{pk}/tugas/baru/", "{pk}/akhiri/", "{pk}/kode/"])
def test_every_form_carries_the_key_of_its_delivery(keeper, siti, page):
    address = PEOPLE + page.format(pk=siti.pk)

    forms = [form for form in Page(address, keeper.get(address).content.decode()).forms if form.address == address]

    assert ["idempotency_key" in form.hidden for form in forms] == [True]


def test_the_list_says_who_acts_where(keeper, siti, stranger):
    response = keeper.get(PEOPLE)

    words = said(response)
    assert "2 pengguna di wilayah Anda" in words
    assert "Petugas lapangan, Kec. Salem, Kab. Brebes sejak 1 Jan 2020" in words
    assert "Belum pernah masuk" in words
    assert "orang_luar" not in words


def test_the_list_takes_as_many_queries_for_three_as_for_one(keeper, django_assert_num_queries):
    with django_assert_num_queries(6):
        keeper.get(PEOPLE)
    for area in (SALEM, BREBES, "33.29.03"):
        make_user("", ("officer", area), ("leader", area))

    with django_assert_num_queries(6):
        assert "4 pengguna" in said(keeper.get(PEOPLE))


FILTERS = {
    "q=siti": ["siti"],
    "q=SAL+brebes": ["salimah"],
    "q=tak+ada": [],
    "peran=officer": ["gani", "mulai", "salimah", "siti"],
    "peran=leader": ["pimpin"],
    "keadaan=berlaku": ["pimpin", "salimah", "siti", "verifikator"],
    "keadaan=nanti": ["mulai"],
    "keadaan=berakhir": ["gani"],
    "peran=officer&keadaan=berlaku": ["salimah", "siti"],
    "peran=raja": [],
    "q=%00": None,
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_list_is_filtered(keeper, siti, query):
    make_user("salimah", ("officer", BREBES), name="Salimah Brebes")
    make_user("pimpin", ("leader", BREBES))
    make_user("gani", ("officer", SALEM)).duty_set.update(valid_until=date(2021, 1, 1))
    make_user("mulai", ("officer", SALEM)).duty_set.update(valid_from=date(2999, 1, 1))

    response = keeper.get(f"{PEOPLE}?{query}")

    if FILTERS[query] is None:
        assert response.status_code == HTTPStatus.BAD_REQUEST
        return
    assert sorted(user.username for user in response.context["listing"].page) == FILTERS[query]


def test_an_officer_is_made(keeper, verifier):
    response = send(keeper, f"{PEOPLE}baru/", **NEW)

    siti = User.objects.get(username="siti.aminah")
    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, f"{PEOPLE}{siti.pk}/")
    duty = siti.duty_set.get()
    assert (duty.role, duty.wilayah_id, str(duty.valid_from), duty.valid_until) == (
        "officer",
        SALEM,
        "2026-11-01",
        None,
    )
    words = said(keeper.get(response["Location"]))
    assert "Akun Siti Aminah dibuat. Nama penggunanya: siti.aminah." in words
    assert f"Akun dibuat. {timezone.localdate().day} " in words
    assert f", {verifier}" in words


def test_a_form_that_is_sent_twice_makes_one_officer(keeper):
    key = uuid7()
    for _time in range(2):
        assert send(keeper, f"{PEOPLE}baru/", **NEW, idempotency_key=key).status_code == HTTPStatus.SEE_OTHER

    assert User.objects.filter(name="Siti Aminah").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": ""}, "name", "Tulis nama lengkapnya, seperti pada surat tugas."),
        ({"name": "\u3164\u200b"}, "name", "Tulis nama lengkapnya, seperti pada surat tugas."),
        ({"username": "Siti"}, "username", "Nama pengguna ini sudah dipakai. Yang masih bebas, misalnya: siti2."),
        (
            {"username": "siti aminah"},
            "username",
            "Nama pengguna hanya boleh berisi huruf, angka, dan tanda @ . + - _.",
        ),
        ({"email": "bukan"}, "email", "Tulis alamat surel yang benar, misalnya nama@contoh.id."),
        ({"email": "SITI@dinas.example"}, "email", "Alamat surel ini sudah dipakai akun lain."),
        ({"wilayah": TEGAL}, "wilayah", "Kab. Tegal ada di luar Kab. Brebes. Pilih wilayah di dalamnya."),
        ({"wilayah": ""}, "wilayah", "Pilih wilayah: ketik namanya, lalu pilih dari daftar."),
        ({"valid_from": "0026-11-01"}, "valid_from", "Tulis tahunnya dengan empat angka, misalnya 2024."),
        ({"valid_until": "2026-10-31"}, "valid_until", "Tanggal akhir tugas tidak boleh sebelum tanggal mulainya."),
        (
            {"valid_from": "2025-01-01", "valid_until": "2025-12-31"},
            "valid_until",
            "Tanggal akhirnya sudah lewat. Pilih hari ini atau sesudahnya.",
        ),
    ],
)
def test_a_wrong_officer_comes_back_with_a_sentence(keeper, siti, wrong, field, sentence):
    User.objects.filter(pk=siti.pk).update(email="siti@dinas.example")

    response = send(keeper, f"{PEOPLE}baru/", **NEW | wrong)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors == {field: [sentence]}
    assert not User.objects.filter(name="Siti Aminah").exists()


def test_a_duty_that_another_verifikator_gave_at_the_same_time_is_told(keeper, siti, monkeypatch):
    monkeypatch.setattr(people, "overlaps", lambda **_duty: False)

    response = send(keeper, f"{PEOPLE}{siti.pk}/tugas/baru/", wilayah=SALEM, valid_from="2020-01-01")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors == {"__all__": ["Tugas ini sudah tercatat untuk pengguna tersebut."]}


def test_a_further_duty_is_given(keeper, siti):
    address = f"{PEOPLE}{siti.pk}/tugas/baru/"

    given = send(keeper, address, wilayah="33.29.03", valid_from="2026-11-01")
    again = send(keeper, address, wilayah="33.29.03", valid_from="2026-11-15")

    assert given["Location"] == f"{PEOPLE}{siti.pk}/"
    assert again.context["form"].errors == {
        "wilayah": ["Siti sudah bertugas sebagai petugas di wilayah ini pada waktu itu."]
    }
    assert sorted(siti.duty_set.values_list("wilayah", flat=True)) == [SALEM, "33.29.03"]


def test_who_moves_here_is_taken_on_only_after_the_name_was_seen(keeper, areas):
    moved = make_user("joko", ("officer", TEGAL), name="Joko Susilo")
    typed = {"login": "JOKO", "wilayah": SALEM, "valid_from": "2026-11-01"}

    first = send(keeper, f"{PEOPLE}tambah/", **typed)
    assert first.context["form"].errors == {
        "__all__": ["Akun ini milik Joko Susilo. Bila memang orangnya, tekan “Beri tugas” sekali lagi."]
    }
    assert moved.duty_set.count() == 1
    seen = first.context["form"]["person_seen"].value()
    second = send(keeper, f"{PEOPLE}tambah/", **typed, person_seen=seen)

    assert second["Location"] == f"{PEOPLE}{moved.pk}/"
    assert sorted(moved.duty_set.values_list("wilayah", flat=True)) == [TEGAL, SALEM]
    page = said(keeper.get(second["Location"]))
    assert "juga bertugas di luar wilayah Anda" in page
    assert "Tegal" not in page


def test_a_name_that_was_not_shown_counts_as_unseen(keeper, areas):
    """With a wrong area the page says only that; it once took the person as seen all the same."""
    make_user("joko", ("officer", TEGAL), name="Joko Susilo")

    response = send(keeper, f"{PEOPLE}tambah/", login="joko", wilayah="", valid_from="2026-11-01")

    assert list(response.context["form"].errors) == ["wilayah"]
    assert not response.context["form"]["person_seen"].value()


@pytest.mark.parametrize("login", ["jok", "%", "joko@", "bos"])
def test_nobody_is_taken_on_by_a_part_of_the_name(keeper, login):
    make_user("joko", ("officer", TEGAL))
    make_user("bos", is_superuser=True)

    response = send(keeper, f"{PEOPLE}tambah/", login=login, wilayah=SALEM, valid_from="2026-11-01", person_seen="1")

    assert response.context["form"].errors == {
        "login": ["Tidak ada akun aktif dengan nama pengguna atau surel itu. Periksa ejaannya, atau buat petugas baru."]
    }


def test_a_name_seen_for_one_person_gives_no_duty_to_another(keeper, areas):
    joko, tono = make_user("joko", ("officer", TEGAL)), make_user("tono", ("officer", TEGAL))
    typed = {"wilayah": SALEM, "valid_from": "2026-11-01", "person_seen": joko.pk}

    response = send(keeper, f"{PEOPLE}tambah/", login="tono", **typed)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert tono.duty_set.count() == 1


def test_name_and_address_are_changed(keeper, siti):
    response = send(keeper, f"{PEOPLE}{siti.pk}/ubah/", name="Siti Aminah", email="siti@dinas.example")

    siti.refresh_from_db()
    assert (response.status_code, siti.name, siti.email) == (303, "Siti Aminah", "siti@dinas.example")


def test_what_another_wrote_meanwhile_is_shown_and_not_overwritten(keeper, siti):
    address = f"{PEOPLE}{siti.pk}/ubah/"
    opened = hidden_of(keeper, address)
    User.objects.filter(pk=siti.pk).update(email="siti@dinas.example")

    stale = send(keeper, address, **opened, name="Siti Aminah", email="")
    unseen = send(keeper, address, seen="", name="Siti Aminah", email="")
    siti.refresh_from_db()
    assert (siti.name, siti.email) == ("Siti", "siti@dinas.example")
    again = send(keeper, address, **hidden_in(stale, address), name="Siti Aminah", email="siti@dinas.example")

    sentence = stale.context["form"].errors["__all__"][0]
    assert (stale.status_code, unseen.status_code, again.status_code) == (409, 409, 303)
    assert "Semula: Siti; tanpa surel. Sekarang: Siti; siti@dinas.example." in sentence
    assert 'value="Siti Aminah"' in stale.content.decode()


def test_a_code_that_another_gave_meanwhile_is_not_replaced_blindly(keeper, siti, verifier, other_verifier):
    address = f"{PEOPLE}{siti.pk}/kode/"
    opened = hidden_of(keeper, address)
    codes.issue(user=siti, by=other_verifier)

    response = send(keeper, address, **opened)

    assert response.status_code == HTTPStatus.CONFLICT
    assert f"Semula: tidak ada. Sekarang: kode dari {other_verifier}, berlaku sampai" in said(response)
    assert SignInCode.objects.count() == 1


@pytest.mark.parametrize("duty", [("officer", TEGAL), ("verifier", SALEM)])
def test_an_account_that_is_not_all_ones_own_is_not_changed(keeper, duty):
    user = make_user("", ("officer", SALEM), duty)

    for page in ("ubah/", "kode/"):
        response = send(keeper, f"{PEOPLE}{user.pk}/{page}", name="X", email="saya@orang.example")
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "Hanya untuk petugas lapangan yang seluruh tugasnya" in said(response)

    user.refresh_from_db()
    assert (user.email, SignInCode.objects.count()) == ("", 0)


def test_a_code_is_shown_once_and_opens_the_account(keeper, siti):
    address, key = f"{PEOPLE}{siti.pk}/kode/", uuid7()

    opened = hidden_of(keeper, address) | {"idempotency_key": key}

    shown = send(keeper, address, **opened)
    again = send(keeper, address, **opened)
    later = keeper.get(address)

    code = shown.context["code"]
    assert shown.status_code == HTTPStatus.OK
    assert f"Kode masuk {code}" in said(shown)
    assert "Berlaku 24 jam sejak dibuat" in said(shown)
    assert "no-store" in shown["Cache-Control"]
    assert (again.status_code, again["Location"]) == (HTTPStatus.SEE_OTHER, address)
    assert "Masih ada kode yang belum dipakai" in said(later)
    assert code not in later.content.decode() + again.content.decode()
    assert SignInCode.objects.count() == 1
    assert codes.redeem(username="siti", code=code) == siti


def test_a_page_of_a_person_tells_of_an_open_code(keeper, siti, verifier):
    codes.issue(user=siti, by=verifier)

    assert f"Ada kode masuk yang belum dipakai Dibuat oleh {verifier}" in said(keeper.get(f"{PEOPLE}{siti.pk}/"))


def test_the_page_of_a_person_takes_as_many_queries_for_many_duties(keeper, siti, verifier, django_assert_num_queries):
    with pghistory.context(user=verifier.pk):
        User.objects.filter(pk=siti.pk).update(name="Siti Aminah")
    with django_assert_num_queries(11):
        keeper.get(f"{PEOPLE}{siti.pk}/")
    for area in ("33.29.03", "33.29.09", BREBES):
        Duty.objects.create(user=siti, role="officer", wilayah_id=area, valid_from=date(2026, 1, 1))
        codes.issue(user=siti, by=verifier)

    with django_assert_num_queries(11):
        keeper.get(f"{PEOPLE}{siti.pk}/")


def test_an_admin_opens_a_page_in_twelve_queries_too(signed_in, admin, siti, django_assert_max_num_queries):
    client = signed_in(admin)

    with django_assert_max_num_queries(12):
        client.get(f"{PEOPLE}{siti.pk}/")


def test_an_inactive_account_gets_no_duty(keeper, siti):
    User.objects.filter(pk=siti.pk).update(is_active=False)

    response = send(keeper, f"{PEOPLE}{siti.pk}/tugas/baru/", wilayah="33.29.03", valid_from="2026-11-01")

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "Beri tugas lain" not in said(keeper.get(f"{PEOPLE}{siti.pk}/"))


def test_an_admin_keeps_the_officers_of_the_country(signed_in, admin, siti, stranger):
    client = signed_in(admin)

    assert "siti" in said(client.get(PEOPLE))
    assert "orang_luar" in said(client.get(PEOPLE))
    assert "2 pengguna di seluruh Indonesia" in said(client.get(PEOPLE))
    assert send(client, f"{PEOPLE}baru/", **NEW).status_code == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize("who", ["oneself", "verifier", "leader", "assessor"])
def test_a_verifikator_makes_neither_oneself_nor_a_colleague_a_petugas(keeper, verifier, who):
    """A duty of a petugas shows contacts; whoever checks or reads figures once got one from a colleague, or alone."""
    person = verifier if who == "oneself" else make_user("rekan", (who, SALEM))
    new = {"wilayah": SALEM, "valid_from": "2026-11-01"}

    further = send(keeper, f"{PEOPLE}{person.pk}/tugas/baru/", **new)
    taken = send(keeper, f"{PEOPLE}tambah/", login=person.username, **new, person_seen=person.pk)

    assert further.status_code == HTTPStatus.FORBIDDEN
    assert "Tugas untuk orang ini hanya diberikan oleh admin." in said(further)
    assert taken.context["form"].errors["login"][0].startswith("Tugas untuk orang ini hanya diberikan oleh admin.")
    assert "Beri tugas lain" not in said(keeper.get(f"{PEOPLE}{person.pk}/"))
    assert not person.duty_set.filter(role="officer").exists()


def test_an_admin_makes_a_verifikator_a_petugas_too(signed_in, admin, verifier):
    client = signed_in(admin)
    assert "Beri tugas lain" in said(client.get(f"{PEOPLE}{verifier.pk}/"))

    response = send(client, f"{PEOPLE}{verifier.pk}/tugas/baru/", wilayah=SALEM, valid_from="2026-11-01")

    assert response["Location"] == f"{PEOPLE}{verifier.pk}/"
