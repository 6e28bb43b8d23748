"""Branches and product scopes as an admin keeps them."""

from http import HTTPStatus

import pytest

from sentra.models import Branch, ProductScope
from tests.factories import make_branch, make_product, make_scope

SCOPES = "/admin/sentra/productscope/"
BRANCHES = "/admin/sentra/branch/"
NEW = {"code": "mainan", "name": "Mainan", "description": "", "source": "", "order": "7", "is_active": "on"}


@pytest.mark.parametrize(("address", "model"), [(SCOPES, ProductScope), (BRANCHES, Branch)])
def test_a_category_is_added(signed_in, admin, address, model):
    response = signed_in(admin).post(address + "add/", NEW)

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, address)
    assert list(model.objects.values_list("code", "name", "order", "is_active")) == [("mainan", "Mainan", 7, True)]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"code": "makanan"}, {"code": ["Lingkup produk dengan Kode ini sudah ada."]}),
        ({"code": "Mainan"}, {"__all__": ["Kode hanya boleh berisi huruf kecil, angka dan garis bawah."]}),
        ({"code": "mai nan"}, {"code": ["Isi hanya dengan huruf, angka, garis bawah, atau tanda hubung."]}),
        ({"name": "MAKANAN"}, {"__all__": ["Nama ini sudah dipakai. Pilih nama lain."]}),
        ({"name": "m" * 151}, {"name": ["Isi paling banyak 150 karakter (sekarang 151)."]}),
        ({"order": "40000"}, {"order": ["Isi dengan 32767 atau kurang."]}),
        ({"order": "-1"}, {"order": ["Isi dengan 0 atau lebih."]}),
        ({"order": "dua"}, {"order": ["Isi dengan bilangan bulat."]}),
        ({"code": "", "name": ""}, {"code": ["Isi bagian ini."], "name": ["Isi bagian ini."]}),
    ],
)
def test_a_wrong_category_comes_back_with_sentences(signed_in, admin, wrong, errors):
    make_scope("makanan")

    response = signed_in(admin).post(SCOPES + "add/", NEW | wrong)

    assert response.context["adminform"].form.errors == errors
    assert ProductScope.objects.count() == 1


def test_a_code_never_changes(signed_in, admin):
    make_scope("makanan")

    signed_in(admin).post(SCOPES + "makanan/change/", NEW | {"code": "lain", "name": "Makanan olahan"})

    assert list(ProductScope.objects.values_list("code", "name")) == [("makanan", "Makanan olahan")]


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_a_category_in_use_is_not_deleted_but_put_out_of_use(signed_in, request, areas, who):
    product = make_product()
    client = signed_in(request.getfixturevalue(who))

    deleted = client.post(SCOPES + "makanan/delete/", {"post": "yes"})
    changed = client.post(SCOPES + "makanan/change/", {"name": "Makanan", "source": "Peraturan", "order": "3"})

    assert (deleted.status_code, changed.status_code) == (HTTPStatus.FORBIDDEN, HTTPStatus.FOUND)
    product.scope.refresh_from_db()
    assert (product.scope.order, product.scope.is_active) == (3, False)


def test_a_wrong_place_in_the_order_is_told_at_its_field(signed_in, admin):
    scope = make_scope("makanan", order=1)
    entries = {"name": "Makanan", "source": "Peraturan", "order": "40000", "is_active": "on"}

    response = signed_in(admin).post(SCOPES + "makanan/change/", entries)

    scope.refresh_from_db()
    assert (response.status_code, scope.order) == (HTTPStatus.OK, 1)
    assert response.context["adminform"].errors == {"order": ["Isi dengan 32767 atau kurang."]}


def test_branches_are_listed_in_their_order(signed_in, admin):
    make_branch("sandang", order=2)
    make_branch("pangan", order=1)

    shown = signed_in(admin).get(BRANCHES).context["cl"].result_list

    assert [branch.code for branch in shown] == ["pangan", "sandang"]
