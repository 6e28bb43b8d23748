"""The pages of `/wilayah/perubahan/`."""

import re
from http import HTTPStatus

import pytest

from sentra.models import IKM, Sentra
from tests.factories import make_ikm, make_product, make_sentra, make_user
from tests.ovop_site.area_changes.conftest import GANGGAWANG, OLD, SALEM, succeed
from tests.ovop_site.people.pages import hidden_in, hidden_of, said, send

pytestmark = pytest.mark.usefixtures("closed")
CHANGES = "/wilayah/perubahan/"
VILLAGE, NEW_VILLAGE = f"{OLD}.2003", f"{SALEM}.2003"


@pytest.fixture
def mover(signed_in, verifier):
    return signed_in(verifier)


WHO = {"officer": 403, "verifier": 200, "assessor": 403, "leader": 403, "admin": 200, "stranger": 404}


@pytest.mark.parametrize("who", WHO)
def test_who_opens_the_pages(signed_in, request, who):
    make_sentra(wilayah=VILLAGE)
    client = signed_in(request.getfixturevalue(who))

    assert client.get(f"{CHANGES}{OLD}/").status_code == WHO[who]
    assert client.get(CHANGES).status_code == (200 if WHO[who] == 404 else WHO[who])


def test_nothing_left_is_said(mover):
    assert "Tidak ada yang tertinggal di wilayah lama" in said(mover.get(CHANGES))


def test_closed_areas_are_listed_below_the_outermost(mover):
    make_product(ikm=make_ikm(wilayah=VILLAGE))
    make_sentra(wilayah=f"{OLD}.2001")

    response = mover.get(CHANGES)

    assert f'href="{CHANGES}{OLD}/"' in response.content.decode()
    assert "kode 33.29.01, berlaku sampai 30 Jun 2026 1 sentra, 1 IKM, 1 produk" in said(response)


def test_a_proposal_is_confirmed(mover):
    make_sentra(wilayah=VILLAGE)
    succeed(OLD, SALEM)
    page = mover.get(f"{CHANGES}{OLD}/")
    assert f'<option value="{NEW_VILLAGE}" selected>' in page.content.decode()

    response = send(mover, f"{CHANGES}{OLD}/", **{f"ke-wilayah-{VILLAGE}": NEW_VILLAGE})

    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, CHANGES)
    assert Sentra.objects.get().wilayah_id == NEW_VILLAGE
    assert "Dipindahkan: 1 sentra." in said(mover.get(CHANGES))
    assert mover.get(f"{CHANGES}{OLD}/").status_code == HTTPStatus.NOT_FOUND


def test_what_is_left_unchosen_stays(mover):
    make_sentra(wilayah=VILLAGE)
    make_sentra(wilayah=f"{OLD}.2001")
    succeed(OLD, SALEM)
    names = {f"ke-wilayah-{VILLAGE}": "", f"ke-wilayah-{OLD}.2001": f"{SALEM}.2001"}

    send(mover, f"{CHANGES}{OLD}/", **names)

    assert set(Sentra.objects.values_list("wilayah", flat=True)) == {VILLAGE, f"{SALEM}.2001"}


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"__all__": ["Belum ada yang dipilih. Pilih wilayah barunya, lalu pindahkan lagi."]}),
        (
            {f"ke-wilayah-{VILLAGE}": "33.29.03.2005"},
            {f"ke-wilayah-{VILLAGE}": ["Pilihan itu tidak ada lagi. Pilih penggantinya dari daftar."]},
        ),
    ],
)
def test_a_wrong_choice_comes_back(mover, typed, errors):
    make_sentra(wilayah=VILLAGE)
    succeed(OLD, SALEM)

    response = send(mover, f"{CHANGES}{OLD}/", **typed)

    assert (response.status_code, response.context["form"].errors) == (HTTPStatus.UNPROCESSABLE_ENTITY, errors)
    assert Sentra.objects.get().wilayah_id == VILLAGE


def test_an_area_without_a_successor_says_who_enters_it(signed_in, admin, verifier):
    make_sentra(wilayah=VILLAGE)

    page = said(signed_in(verifier).get(f"{CHANGES}{OLD}/"))
    assert "Belum ada pengganti yang dicatat." in page
    assert "Belum ada yang dapat Anda pindahkan dari sini. Sebabnya tertulis pada tiap baris." in page
    assert "Pindahkan yang dipilih" not in page
    page = signed_in(admin).get(f"{CHANGES}{OLD}/")
    assert f'href="/admin/wilayah/wilayah/{VILLAGE}/change/"' in page.content.decode()


def test_a_successor_of_elsewhere_is_left_to_others(signed_in):
    make_sentra(wilayah=VILLAGE)
    succeed(OLD, SALEM)

    page = signed_in(make_user("", ("verifier", OLD))).get(f"{CHANGES}{OLD}/")

    assert "Penggantinya di luar wilayah Anda." in said(page)


def test_single_rows_are_chosen_by_a_person(mover):
    one, other = make_ikm(wilayah=VILLAGE, address="Dusun Satu"), make_ikm(wilayah=VILLAGE)
    succeed(OLD, SALEM, GANGGAWANG)
    above = mover.get(f"{CHANGES}{OLD}/").content.decode()
    assert f'href="{CHANGES}{VILLAGE}/satuan/"' in above
    assert "selected" not in re.findall(r"<select.*?</select>", above, re.DOTALL)[0].replace('value="" selected', "")
    page = mover.get(f"{CHANGES}{VILLAGE}/satuan/")
    assert "Dusun Satu" in said(page)

    names = {f"ke-ikm-{one.pk}": NEW_VILLAGE, f"ke-ikm-{other.pk}": f"{GANGGAWANG}.2003"}
    response = send(mover, f"{CHANGES}{VILLAGE}/satuan/", **names)

    assert response.status_code == HTTPStatus.SEE_OTHER
    assert dict(IKM.objects.values_list("pk", "wilayah")) == {one.pk: NEW_VILLAGE, other.pk: f"{GANGGAWANG}.2003"}


@pytest.mark.parametrize("code", ["33.29.03", "33.28", "99", "abc", "33.29.", "%00", "33.29.21"])
def test_other_areas_have_no_page(mover, code):
    make_sentra(wilayah=VILLAGE)
    succeed(OLD, SALEM)

    assert mover.get(f"{CHANGES}{code}/satuan/").status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
    assert mover.get(f"{CHANGES}{code}/").status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)


def test_moving_asks_for_a_fresh_sign_in(mover, verifier):
    make_sentra(wilayah=VILLAGE)
    succeed(OLD, SALEM)
    mover.force_login(verifier, ago=24 * 3600)

    response = send(mover, f"{CHANGES}{OLD}/", **{f"ke-wilayah-{VILLAGE}": NEW_VILLAGE})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Sentra.objects.get().wilayah_id == VILLAGE


@pytest.mark.parametrize(("address", "queries"), [("", 10), (f"{OLD}/", 10), (f"{VILLAGE}/satuan/", 12)])
def test_pages_take_as_many_queries_for_three_as_for_one(mover, django_assert_num_queries, address, queries):
    succeed(OLD, SALEM, GANGGAWANG)
    make_ikm(wilayah=VILLAGE)
    make_user("", ("officer", VILLAGE))
    with django_assert_num_queries(queries):
        mover.get(CHANGES + address)
    for area in (VILLAGE, f"{OLD}.2001", f"{OLD}.2002"):
        make_ikm(wilayah=area)
        make_user("", ("officer", area))

    with django_assert_num_queries(queries):
        assert mover.get(CHANGES + address).status_code == HTTPStatus.OK


def test_what_came_meanwhile_is_shown_before_it_moves_too(mover):
    make_sentra(wilayah=VILLAGE)
    succeed(OLD, SALEM)
    address, chosen = f"{CHANGES}{OLD}/", {f"ke-wilayah-{VILLAGE}": NEW_VILLAGE}
    opened = hidden_of(mover, address)
    make_ikm(wilayah=VILLAGE)

    stale = send(mover, address, **opened | chosen)
    assert set(Sentra.objects.values_list("wilayah", flat=True)) == {VILLAGE}
    again = send(mover, address, **hidden_in(stale, address) | chosen)

    assert (stale.status_code, again.status_code) == (HTTPStatus.CONFLICT, HTTPStatus.SEE_OTHER)
    assert stale.context["form"].errors == {
        f"ke-wilayah-{VILLAGE}": [
            "Berubah sejak halaman ini dibuka. Semula: Desa Bentarsari; 1 sentra. Sekarang: Desa Bentarsari; 1 sentra,"
            " 1 IKM. Periksa lagi, lalu tekan sekali lagi."
        ]
    }
    assert f'<option value="{NEW_VILLAGE}" selected>' in stale.content.decode()


@pytest.mark.parametrize("page", [f"{OLD}/", f"{VILLAGE}/satuan/"])
def test_what_another_moved_meanwhile_is_said(mover, page):
    gone, stays = make_ikm(wilayah=VILLAGE, name="Batik Lama"), make_ikm(wilayah=f"{OLD}.2001")
    succeed(OLD, SALEM)
    opened = hidden_of(mover, CHANGES + page)
    IKM.objects.filter(pk=gone.pk).update(wilayah=NEW_VILLAGE)
    names = {f"ke-wilayah-{VILLAGE}": NEW_VILLAGE, f"ke-ikm-{gone.pk}": NEW_VILLAGE}
    chosen = {name: code for name, code in names.items() if f"dilihat-{name}" in opened}

    response = send(mover, CHANGES + page, **opened | chosen)

    words = "Batik Lama" if "satuan" in page else "Desa Bentarsari; 1 IKM"
    assert response.status_code == HTTPStatus.CONFLICT
    assert f"Sudah dipindahkan orang lain sejak halaman ini dibuka: {words}" in said(response)
    stays.refresh_from_db()
    assert stays.wilayah_id == f"{OLD}.2001"
