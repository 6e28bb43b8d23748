"""Accounts and duties as an admin keeps them."""

from http import HTTPStatus

import pytest

from accounts.models import Duty, User
from tests.factories import PASSWORD, make_user

USERS = "/admin/accounts/user/"
DUTIES = "/admin/accounts/duty/"
NEW = {"username": "siti", "name": "Siti", "email": "siti@brebes.example", "password1": PASSWORD, "password2": PASSWORD}
DUTY = {"role": "officer", "wilayah": "33.29.01", "valid_from": "01-01-2026", "valid_until": ""}


def rows(*duties: dict, initial: int = 0) -> dict[str, str]:
    """What the form of an account posts for its duties; `initial` of them are there already."""
    posted = {"duty_set-TOTAL_FORMS": str(len(duties)), "duty_set-INITIAL_FORMS": str(initial)}
    for number, duty in enumerate(duties):
        posted |= {f"duty_set-{number}-{field}": value for field, value in (DUTY | duty).items()}
    return posted


def errors_of(response) -> list[str]:
    """Every error of the form and of the rows below it."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return [error for form in forms for errors in form.errors.values() for error in errors]


def test_an_account_is_made_with_its_duties(signed_in, admin):
    response = signed_in(admin).post(USERS + "add/", NEW | rows({}, {"role": "leader", "wilayah": ""}))

    user = User.objects.get(username="siti")
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, f"{USERS}{user.pk}/change/")
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert sorted(user.duty_set.values_list("role", "wilayah")) == [("leader", None), ("officer", "33.29.01")]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"username": "PETUGAS"}, ["Nama pengguna ini sudah dipakai. Pilih nama lain."]),
        ({"email": "PETUGAS@brebes.example"}, ["Alamat surel ini sudah dipakai akun lain."]),
        ({"email": "bukan surel"}, ["Tulis alamat surel yang benar, misalnya nama@contoh.id."]),
        ({"username": ""}, ["Isi bagian ini."]),
        ({"username": "siti aminah"}, ["Nama pengguna hanya boleh berisi huruf, angka, dan tanda @ . + - _."]),
        ({"password2": "lain"}, ["Kedua kata sandi belum sama. Ketik lagi."]),
        (
            {"password1": "123456", "password2": "123456"},
            [
                "Kata sandi ini terlalu pendek. Pakai paling sedikit 8 karakter.",
                "Kata sandi ini terlalu umum, jadi mudah ditebak.",
                "Kata sandi ini hanya berisi angka. Tambahkan huruf.",
            ],
        ),
        (rows({"valid_until": "31-12-2025"}), ["Tanggal akhir tugas tidak boleh sebelum tanggal mulainya."]),
        (rows({"valid_from": "05/13/2026"}), ["Isi tanggal yang benar, misalnya 24-11-2026."]),
        (rows({"wilayah": "99.99"}), ["Pilihan itu tidak ada dalam daftar. Pilih dari daftar."]),
        (rows({"role": "raja"}), ["“raja” tidak ada dalam daftar. Pilih dari daftar."]),
        (rows({}, {}), ["Tugas ini sudah tercatat untuk pengguna tersebut."]),
        # A national duty has no area, and NULL is like no other value for Django's own comparison.
        (rows({"wilayah": ""}, {"wilayah": ""}), ["Tugas ini sudah tercatat untuk pengguna tersebut."]),
    ],
)
def test_a_wrong_account_comes_back_with_sentences(signed_in, admin, officer, wrong, errors):
    User.objects.filter(pk=officer.pk).update(email="petugas@brebes.example")

    response = signed_in(admin).post(USERS + "add/", NEW | rows() | wrong)

    assert response.status_code == HTTPStatus.OK
    assert errors_of(response) == errors
    assert not User.objects.filter(username="siti").exists()


def test_a_form_that_lost_its_rows_says_so(signed_in, admin):
    response = signed_in(admin).post(USERS + "add/", NEW)

    assert "Sebagian isian tidak ikut terkirim" in response.content.decode()
    assert not User.objects.filter(username="siti").exists()


def account(user: User, **changes: str) -> dict[str, str]:
    """The form of `user` and the one duty it has, as an admin sends it."""
    duty = user.duty_set.get()
    kept = {"id": str(duty.pk), "user": str(user.pk), "role": duty.role, "wilayah": duty.wilayah_id}
    fields = {"username": user.username, "name": user.name, "email": user.email, "is_active": "on"}
    return fields | rows(kept | {"valid_from": "01-01-2020"}, initial=1) | changes


def test_an_account_is_changed_and_put_out_of_use(signed_in, admin, officer):
    changed = account(officer, name="Petugas Salem")
    del changed["is_active"]

    response = signed_in(admin).post(f"{USERS}{officer.pk}/change/", changed)

    officer.refresh_from_db()
    assert (response.status_code, officer.name, officer.is_active) == (HTTPStatus.FOUND, "Petugas Salem", False)


def test_the_history_tells_in_words_what_changed(signed_in, admin, officer):
    client = signed_in(admin)
    unchanged = {"initial-duty_set-0-valid_from": "01-01-2020"}
    client.post(f"{USERS}{officer.pk}/change/", account(officer, name="Petugas Salem") | unchanged)
    client.post(f"{USERS}{officer.pk}/password/", {"password1": "tenun-baru-9", "password2": "tenun-baru-9"})

    entries = client.get(f"{USERS}{officer.pk}/history/").context["action_list"]

    assert [entry.get_change_message() for entry in entries] == ["Nama lengkap diubah.", "Kata sandi diubah."]


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_neither_accounts_nor_duties_are_deleted(signed_in, request, officer, who):
    client = signed_in(request.getfixturevalue(who))
    duty = officer.duty_set.get()

    statuses = [
        client.post(f"{USERS}{officer.pk}/delete/", {"post": "yes"}).status_code,
        client.post(f"{DUTIES}{duty.pk}/delete/", {"post": "yes"}).status_code,
        client.post(f"{USERS}{officer.pk}/change/", account(officer, **{"duty_set-0-DELETE": "on"})).status_code,
    ]

    assert statuses == [HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN, HTTPStatus.FOUND]
    assert list(officer.duty_set.all()) == [duty]


def test_an_admin_makes_nobody_an_admin(signed_in, admin, officer):
    rights = {"is_staff": "on", "is_superuser": "on", "groups": str(admin.groups.get().pk)}

    signed_in(admin).post(f"{USERS}{officer.pk}/change/", account(officer, **rights))

    officer.refresh_from_db()
    assert (officer.is_staff, officer.is_superuser, officer.groups.count()) == (False, False, 0)


def test_a_superuser_makes_admins_but_no_superuser(signed_in, admin, superuser, officer):
    rights = {"is_staff": "on", "is_superuser": "on", "groups": str(admin.groups.get().pk)}

    signed_in(superuser).post(f"{USERS}{officer.pk}/change/", account(officer, **rights))

    officer.refresh_from_db()
    assert (officer.is_staff, officer.is_superuser, officer.groups.count()) == (True, False, 1)


@pytest.mark.parametrize("path", ["change/", "password/", "history/"])
def test_an_admin_does_not_reach_a_superuser(signed_in, admin, superuser, path):
    client = signed_in(admin)

    for method in (client.get, client.post):
        response = method(f"{USERS}{superuser.pk}/{path}", {"password1": "tenun-baru-9", "password2": "tenun-baru-9"})
        assert response.status_code in (HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)

    superuser.refresh_from_db()
    assert superuser.check_password(PASSWORD)
    shown = client.get(USERS).context["cl"].result_list
    assert [user.username for user in shown] == ["admin"]


def test_a_superuser_sees_superusers(signed_in, admin, superuser):
    shown = signed_in(superuser).get(USERS).context["cl"].result_list

    assert [user.username for user in shown] == ["admin", "superuser"]


def test_an_admin_gives_a_superuser_no_duty(signed_in, admin, superuser):
    duty = Duty.objects.create(user=superuser, role="leader", valid_from="2020-01-01")
    client = signed_in(admin)

    response = client.post(DUTIES + "add/", DUTY | {"user": superuser.pk})

    assert errors_of(response) == ["Pilihan itu tidak ada dalam daftar. Pilih dari daftar."]
    assert client.get(f"{DUTIES}{duty.pk}/change/").status_code == HTTPStatus.FOUND
    assert list(client.get(DUTIES).context["cl"].result_list) == []
    assert list(superuser.duty_set.all()) == [duty]


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_nobody_locks_themselves_out(signed_in, request, who):
    user = request.getfixturevalue(who)

    response = signed_in(user).post(f"{USERS}{user.pk}/change/", {"username": user.username} | rows())

    user.refresh_from_db()
    assert response.status_code == HTTPStatus.FOUND
    assert (user.is_active, user.is_staff) == (True, True)


def test_a_new_password_ends_the_sessions_of_the_old_one(signed_in, admin, officer, client):
    other = type(client)()
    other.force_login(officer)

    response = signed_in(admin).post(
        f"{USERS}{officer.pk}/password/", {"password1": "tenun-baru-9", "password2": "tenun-baru-9"}
    )

    officer.refresh_from_db()
    assert (response.status_code, officer.check_password("tenun-baru-9")) == (HTTPStatus.FOUND, True)
    assert other.get("/")["Location"] == "/masuk/?next=/"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"password1": ["Isi bagian ini."], "password2": ["Isi bagian ini."]}),
        (
            {"password1": "tenun-baru-9", "password2": "tenun-baru-8"},
            {"password2": ["Kedua kata sandi belum sama. Ketik lagi."]},
        ),
        # Django would take the password away with these.
        (
            {"usable_password": "false", "unset-password": "1"},
            {"password1": ["Isi bagian ini."], "password2": ["Isi bagian ini."]},
        ),
    ],
)
def test_a_wrong_new_password_changes_nothing(signed_in, admin, officer, typed, errors):
    response = signed_in(admin).post(f"{USERS}{officer.pk}/password/", typed)

    officer.refresh_from_db()
    assert response.context["form"].errors == errors
    assert officer.check_password(PASSWORD)


def test_the_own_password_is_changed_where_the_old_one_is_asked_for(signed_in, admin):
    typed = {"password1": "tenun-baru-9", "password2": "tenun-baru-9"}

    response = signed_in(admin).post(f"{USERS}{admin.pk}/password/", typed)

    admin.refresh_from_db()
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, "/akun/kata-sandi/")
    assert admin.check_password(PASSWORD)


def colleague(kind: str) -> User:
    """An account whose sign-in an admin may not take over."""
    if kind == "admin":
        return make_user("rekan", is_staff=True)
    user = make_user("rekan", ("verifier", "33.29"))
    if kind == "was verifier":
        user.duty_set.update(role="officer")
    return user


TAKEN_OVER = [("admin", False), ("verifier", False), ("was verifier", False)]


@pytest.mark.parametrize(("kind", "is_set"), [*TAKEN_OVER, ("officer", True)])
def test_an_admin_sets_no_password_of_an_admin_or_verifikator(signed_in, admin, officer, kind, is_set):
    """It once did: whoever sets the password can sign in, and decide, under the other name."""
    user = officer if kind == "officer" else colleague(kind)

    response = signed_in(admin).post(
        f"{USERS}{user.pk}/password/", {"password1": "tenun-baru-9", "password2": "tenun-baru-9"}
    )

    user.refresh_from_db()
    assert user.check_password("tenun-baru-9") == is_set
    assert response.status_code == (HTTPStatus.FOUND if is_set else HTTPStatus.FORBIDDEN)
    assert is_set or "hanya diubah oleh pengelola sistem" in response.content.decode()


@pytest.mark.parametrize(("kind", "is_set"), [*TAKEN_OVER, ("officer", True)])
def test_an_admin_sends_no_link_for_their_password_elsewhere(signed_in, admin, officer, kind, is_set):
    user = officer if kind == "officer" else colleague(kind)
    kept = {"username": user.username, "name": "Nama Baru", "is_active": "on"}

    signed_in(admin).post(f"{USERS}{user.pk}/change/", kept | {"email": "milik@orang.example"} | rows())

    user.refresh_from_db()
    assert (user.name, user.email) == ("Nama Baru", "milik@orang.example" if is_set else "")


@pytest.mark.parametrize("kind", ["admin", "verifier"])
def test_a_superuser_sets_every_password(signed_in, superuser, areas, kind):
    user = colleague(kind)

    signed_in(superuser).post(f"{USERS}{user.pk}/password/", {"password1": "tenun-baru-9", "password2": "tenun-baru-9"})

    user.refresh_from_db()
    assert user.check_password("tenun-baru-9")


@pytest.mark.parametrize("name", ["\u3164", "\u200b", "\u2800\u200d"])
def test_a_name_that_nobody_sees_is_refused(signed_in, admin, officer, name):
    response = signed_in(admin).post(f"{USERS}{officer.pk}/change/", account(officer, name=name))

    assert errors_of(response) == ["Nama ini hanya berisi tanda yang tidak terlihat. Tulis nama lengkapnya."]


@pytest.mark.parametrize("user", ["abc", "9" * 30, "-1", "1,2", "(", "Ⅷ"])
def test_nonsense_in_the_place_of_a_person_is_no_choice(signed_in, admin, user):
    """Posted or in the address: drawing the form again once looked it up as a key, which was a 500."""
    client = signed_in(admin)

    filled = client.get(DUTIES + "add/", {"user": user})
    posted = client.post(DUTIES + "add/", DUTY | {"user": user})

    assert (filled.status_code, posted.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    assert errors_of(posted) == ["Pilihan itu tidak ada dalam daftar. Pilih dari daftar."]
    assert not Duty.objects.exists()


def test_a_duty_stays_with_its_person(signed_in, admin, officer, verifier):
    duty = officer.duty_set.get()

    response = signed_in(admin).post(
        f"{DUTIES}{duty.pk}/change/", DUTY | {"user": verifier.pk, "wilayah": "33.29", "valid_until": "31-12-2026"}
    )

    duty.refresh_from_db()
    assert response.status_code == HTTPStatus.FOUND
    assert (duty.user, str(duty.valid_until)) == (officer, "2026-12-31")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"valid_until": "31-12-2025"}, "Tanggal akhir tugas tidak boleh sebelum tanggal mulainya."),
        # Its person is no field of the form, but the constraint reads it.
        ({"wilayah": "33.29", "valid_from": "01-01-2020"}, "Tugas ini sudah tercatat untuk pengguna tersebut."),
    ],
)
def test_a_duty_is_not_changed_to_a_wrong_one(signed_in, admin, officer, wrong, error):
    other = Duty.objects.create(user=officer, role="officer", wilayah_id="33.29.01", valid_from="2026-01-01")

    response = signed_in(admin).post(f"{DUTIES}{other.pk}/change/", DUTY | wrong)

    assert errors_of(response) == [error]


def test_a_row_of_another_account_is_not_changed_with_this_one(signed_in, admin, officer, verifier):
    theirs = verifier.duty_set.get()
    forged = account(officer, **{"duty_set-0-id": str(theirs.pk), "duty_set-0-role": "leader"})

    signed_in(admin).post(f"{USERS}{officer.pk}/change/", forged)

    theirs.refresh_from_db()
    assert (theirs.user, theirs.role) == (verifier, "verifier")


def test_duties_are_listed_with_their_areas(signed_in, admin, officer, django_assert_num_queries):
    """The same number of queries for one duty and for three."""
    client = signed_in(admin)
    with django_assert_num_queries(7):
        client.get(DUTIES)
    make_user("penilai", ("assessor", None), ("leader", "33"))

    with django_assert_num_queries(7):
        response = client.get(DUTIES)

    duty_admin = response.context["cl"].model_admin
    assert [(duty.user.username, duty_admin.area(duty)) for duty in response.context["cl"].result_list] == [
        ("penilai", "Seluruh Indonesia"),
        ("penilai", "Jawa Tengah"),
        ("petugas", "Kab. Brebes, Jawa Tengah"),
    ]


@pytest.mark.parametrize(("chosen", "roles"), [("ya", ["officer"]), ("tidak", ["assessor", "leader"])])
def test_duties_are_filtered_by_whether_they_are_in_force(signed_in, admin, officer, chosen, roles):
    Duty.objects.create(user=officer, role="leader", valid_from="2020-01-01", valid_until="2020-12-31")
    Duty.objects.create(user=officer, role="assessor", valid_from="2999-01-01")

    shown = signed_in(admin).get(DUTIES, {"berlaku": chosen}).context["cl"].result_list

    assert sorted(duty.role for duty in shown) == roles


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_nobody_gives_duties_to_oneself(signed_in, request, who):
    user = request.getfixturevalue(who)
    own = Duty.objects.create(user=user, role="leader", wilayah_id="33.29", valid_from="2020-01-01")
    client = signed_in(user)

    added = client.post(DUTIES + "add/", DUTY | {"user": user.pk})
    below = client.post(f"{USERS}{user.pk}/change/", {"username": user.username} | rows({}))
    changed = client.post(f"{DUTIES}{own.pk}/change/", DUTY | {"role": "verifier"})

    assert errors_of(added) == ["Pilihan itu tidak ada dalam daftar. Pilih dari daftar."]
    assert "Tugas untuk diri Anda sendiri diberikan oleh admin lain." in added.content.decode()
    assert (below.status_code, changed.status_code) == (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    assert list(user.duty_set.values_list("role", flat=True)) == ["leader"]
