"""The admin as a whole: what is there, for whom, and that no address and no form ends in a page of error."""

import itertools
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group

from accounts.models import Duty
from assessment.models import Instrument, Round
from outbox.uuid7 import uuid7
from ovop_site.admin_site import answered
from tests.assessment.factories import make_instrument, make_round
from tests.factories import make_branch, make_scope, make_user
from wilayah.models import Edition

READ, WRITE, DELETE = {"view"}, {"view", "add", "change"}, {"view", "add", "change", "delete"}


def test_only_what_an_admin_keeps_is_registered():
    """Contacts, records, assessments, sheets, steps and decisions are not, so no page can change them."""
    registered = {model._meta.label for model in django_admin.site._registry}

    assert registered == {
        "accounts.User",
        "accounts.Duty",
        "assessment.Instrument",
        "assessment.Criterion",
        "assessment.Indicator",
        "assessment.Gate",
        "assessment.Round",
        "sentra.Branch",
        "sentra.ProductScope",
        "sentra.SizeRule",
        "wilayah.Wilayah",
        "wilayah.Edition",
    }


def test_the_group_may_do_this_and_no_more(db):
    granted: dict[str, set[str]] = {}
    for label, codename in Group.objects.get(name="Admin Sentra").permissions.values_list(
        "content_type__app_label", "codename"
    ):
        action, _, model = codename.partition("_")
        granted.setdefault(f"{label}.{model}", set()).add(action)

    assert granted == {
        "accounts.user": WRITE,
        "accounts.duty": WRITE,
        "assessment.instrument": DELETE,
        "assessment.criterion": DELETE,
        "assessment.indicator": DELETE,
        "assessment.level": DELETE,
        "assessment.check": DELETE,
        "assessment.gate": DELETE,
        "assessment.starband": DELETE,
        "assessment.round": WRITE,
        "sentra.branch": WRITE,
        "sentra.productscope": WRITE,
        "sentra.sizerule": DELETE,
        "wilayah.wilayah": {"view", "change"},
        "wilayah.edition": READ,
        "wilayah.succession": DELETE,
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("admin", HTTPStatus.OK),
        ("superuser", HTTPStatus.OK),
        ("officer", HTTPStatus.FORBIDDEN),
        ("verifier", HTTPStatus.FORBIDDEN),
        ("leader", HTTPStatus.FORBIDDEN),
    ],
)
def test_the_admin_opens_for_staff_alone(signed_in, request, who, status):
    client = signed_in(request.getfixturevalue(who))

    found = {url: client.get(url, follow=True).status_code for url in ("/admin/", "/admin/accounts/user/")}

    assert found == {"/admin/": status, "/admin/accounts/user/": status}


def test_staff_without_the_group_see_an_empty_index(signed_in, admin):
    admin.groups.clear()

    index, refused = (signed_in(admin).get(path) for path in ("/admin/", "/admin/accounts/user/"))

    assert index.context["app_list"] == []
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "Halaman admin ini tidak termasuk hak Anda." in refused.text


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_the_index_is_calm(signed_in, request, who):
    """Criteria and indicators are reached from their instrument; groups and what packages bring are left out."""
    response = signed_in(request.getfixturevalue(who)).get("/admin/")

    assert [(app["name"], [str(m["name"]) for m in app["models"]]) for app in response.context["app_list"]] == [
        ("Pengguna", ["Pengguna", "Tugas"]),
        ("Penilaian OVOP", ["Instrumen", "Putaran penilaian"]),
        ("Sentra IKM", ["Batas kelas ukuran", "Cabang industri", "Lingkup produk"]),
        ("Wilayah", ["Edisi daftar wilayah", "Wilayah"]),
    ]


class Links(HTMLParser):
    """The addresses of links by their text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._address = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._address = dict(attrs).get("href", "") if tag == "a" else ""

    def handle_data(self, text):
        if self._address:
            self.found[text.strip()] = self._address


def test_the_frame_carries_our_name_and_leads_back(signed_in, admin):
    page = signed_in(admin).get("/admin/").content.decode()

    assert "<title>Data yang diatur admin | Sentra OVOP — admin</title>" in page
    links = Links(page).found
    assert (links["Sentra OVOP — admin"], links["Lihat situs"]) == ("/admin/", "/")


def test_signing_out_and_the_own_password_are_those_of_everybody(signed_in, admin):
    client = signed_in(admin)

    password = client.get("/admin/password_change/")
    out = client.post("/admin/logout/")

    assert (password.status_code, password["Location"]) == (HTTPStatus.FOUND, "/akun/kata-sandi/")
    assert (out.status_code, out["Location"]) == (HTTPStatus.FOUND, "/masuk/")


@pytest.mark.parametrize(
    "path", ["/admin/r/1/1/", "/admin/auth/group/", "/admin/account/emailaddress/", "/admin/assessment/decision/"]
)
def test_what_nobody_needs_is_not_there(signed_in, superuser, path):
    """`/admin/r/1/1/` was a 500: the table of the content type it jumps to exists in no database."""
    assert signed_in(superuser).get(path).status_code == HTTPStatus.NOT_FOUND


@pytest.fixture
def one_more(officer):
    """Called, it adds a row to every list of the admin but that of the areas, each with relatives of its own."""
    areas = itertools.cycle(["33.29", "32.08"])

    def add() -> None:
        round_ = make_round(wilayah_id=next(areas), instrument=make_instrument(name=f"Instrumen {uuid7()}"))
        Edition.objects.create(name="Daftar uji", digest="0" * 64, area_count=30)
        make_user("", ("officer", round_.wilayah_id))
        make_branch(f"cabang_{round_.pk}")
        make_scope(f"lingkup_{round_.pk}")

    return add


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("accounts/user", 7),
        ("accounts/duty", 7),
        ("assessment/instrument", 7),
        ("assessment/criterion", 8),
        ("assessment/indicator", 8),
        ("assessment/gate", 8),
        ("assessment/round", 7),
        ("sentra/branch", 7),
        ("sentra/productscope", 7),
        ("wilayah/edition", 7),
    ],
)
def test_a_list_asks_as_often_for_many_rows_as_for_one(
    signed_in, admin, one_more, path, queries, django_assert_num_queries
):
    client = signed_in(admin)
    one_more()
    client.get("/admin/")
    with django_assert_num_queries(queries):
        few = client.get(f"/admin/{path}/").context["cl"].result_count
    one_more()
    one_more()

    with django_assert_num_queries(queries):
        many = client.get(f"/admin/{path}/").context["cl"].result_count

    assert many > few


HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        "/admin/accounts/user/?duty_set__role__regex=(",
        "/admin/accounts/user/?is_active__exact=mungkin",
        "/admin/accounts/user/?bukan_kolom=1",
        "/admin/accounts/user/?middlewareevents=1",
        "/admin/accounts/duty/?valid_from__year=99999",
        f"/admin/accounts/duty/?valid_from__year={HUGE}",
        "/admin/accounts/duty/?valid_from__gte=kemarin",
        "/admin/assessment/round/?authority__regex=(",
        "/admin/wilayah/wilayah/?level__regex=(",
        "/admin/wilayah/wilayah/?valid_until__isempty=9",
        f"/admin/wilayah/wilayah/?parent_names__{HUGE}=Brebes",
        "/admin/wilayah/wilayah/?e=1&level__exact=2",
    ],
)
def test_an_unusable_address_is_cleared_with_a_sentence(signed_in, admin, address):
    response = signed_in(admin).get(address, follow=True)

    assert response.redirect_chain == [(address.partition("?")[0] + "?e=1", HTTPStatus.FOUND)]
    assert [str(message) for message in response.context["messages"]] == [
        "Saringan atau isian pada alamat itu tidak dapat dipakai, jadi diabaikan."
    ]
    assert response.status_code == HTTPStatus.OK


def test_an_error_without_a_filter_is_not_hidden(rf, db):
    def broken(request):
        raise ValueError("a fault of ours")

    with pytest.raises(ValueError, match="a fault of ours"):
        answered(broken)(rf.get("/admin/"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/accounts/user/?password__startswith=p", HTTPStatus.BAD_REQUEST),
        ("/admin/accounts/duty/?user__password__startswith=p", HTTPStatus.BAD_REQUEST),
        ("/admin/accounts/duty/?user__email__startswith=p", HTTPStatus.BAD_REQUEST),
        ("/admin/accounts/user/?_to_field=password&_popup=1", HTTPStatus.BAD_REQUEST),
        ("/admin/wilayah/wilayah/?q=%00", HTTPStatus.BAD_REQUEST),
        ("/admin/accounts/user/%00/change/", HTTPStatus.BAD_REQUEST),
        (f"/admin/accounts/user/{HUGE}/change/", HTTPStatus.FOUND),
        ("/admin/accounts/user/abc/password/", HTTPStatus.NOT_FOUND),
        ("/admin/autocomplete/", HTTPStatus.FORBIDDEN),
        ("/admin/autocomplete/?app_label=x&model_name=duty&field_name=wilayah", HTTPStatus.FORBIDDEN),
        ("/admin/autocomplete/?app_label=accounts&model_name=duty&field_name=password", HTTPStatus.FORBIDDEN),
        ("/admin/autocomplete/?app_label=accounts&model_name=duty&field_name=wilayah&page=x", HTTPStatus.NOT_FOUND),
        (
            f"/admin/autocomplete/?app_label=accounts&model_name=duty&field_name=wilayah&term={'%' * 900}",
            HTTPStatus.OK,
        ),
        ("/admin/tidak-ada/", HTTPStatus.NOT_FOUND),
    ],
)
def test_nonsense_addresses(signed_in, admin, address, status):
    assert signed_in(admin).get(address).status_code == status


@pytest.mark.parametrize("path", [model_admin.opts.label_lower for model_admin in django_admin.site._registry.values()])
def test_nothing_is_deleted_in_bulk(signed_in, superuser, path):
    response = signed_in(superuser).post(
        f"/admin/{path.replace('.', '/')}/",
        {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"},
        follow=True,
    )

    assert response.status_code == HTTPStatus.OK
    said = [str(message) for message in response.context["messages"]]
    assert said in ([], ["Pilih dulu tindakannya."], ["Tidak ada tindakan dipilih."])


ROUND = {"name": "Putaran", "authority": "kabkota", "wilayah": "33.29", "opens": "01-01-2026", "closes": ""}


def test_what_only_a_trigger_refuses_is_a_sentence(signed_in, admin, monkeypatch):
    """An instrument may be retired between the check of the form and the insert."""
    draft = make_instrument(published=False)
    monkeypatch.setattr(Round, "clean", lambda self: None)

    response = signed_in(admin).post("/admin/assessment/round/add/", ROUND | {"instrument": draft.pk}, follow=True)

    assert response.redirect_chain == [("/admin/assessment/round/add/", HTTPStatus.FOUND)]
    assert [str(message) for message in response.context["messages"]] == [
        "Pilih instrumen yang sudah terbit dan masih dipakai."
    ]
    assert not Round.objects.exists()
    assert Instrument.objects.count() == 1


def test_who_was_slower_gets_the_form_back_with_its_error(signed_in, admin, officer, monkeypatch):
    """Two admins give the same duty at the same time: for one of them the first check sees nothing yet."""
    duty = {"user": officer.pk, "role": "officer", "wilayah": "33.29", "valid_from": "01-01-2020", "valid_until": ""}
    check, calls = Duty.validate_constraints, []

    def blind_at_first(self, **kwargs):
        calls.append(self)
        if len(calls) > 1:
            check(self, **kwargs)

    monkeypatch.setattr(Duty, "validate_constraints", blind_at_first)

    response = signed_in(admin).post("/admin/accounts/duty/add/", duty)

    assert response.status_code == HTTPStatus.OK
    assert response.context["adminform"].form.non_field_errors() == [
        "Tugas ini sudah tercatat untuk pengguna tersebut."
    ]
