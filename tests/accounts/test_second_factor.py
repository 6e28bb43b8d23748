"""Two-step sign-in: turned on, used, taken back; and what of it is kept."""

from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import second_factor
from accounts.models import SecondFactor
from tests.accounts.second_factor import code_of, give_recovery_codes, give_totp
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

INDEX, TURN_ON, TURN_OFF = "/akun/dua-langkah/", "/akun/dua-langkah/nyalakan/", "/akun/dua-langkah/matikan/"
CODES, NEW_CODES, DOWNLOAD = (f"{INDEX}kode-cadangan/", f"{INDEX}kode-cadangan/baru/", f"{INDEX}kode-cadangan/unduh/")
SECOND_STEP = "/masuk/langkah-kedua/"


@pytest.fixture
def secret(officer):
    return give_totp(officer)


def password_step(client: Client):
    return client.post("/masuk/", {"login": "petugas", "password": PASSWORD})


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


# turned on


def test_turning_on_shows_picture_and_secret(officer, signed_in):
    client = signed_in(officer)

    page = client.get(TURN_ON)

    secret = client.session["mfa.totp.secret"]
    content = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in content
    assert " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) in content
    assert "issuer=Sentra%20OVOP" in content


def test_pictures_inside_a_page_are_allowed_there_alone(officer, signed_in):
    client = signed_in(officer)

    sources = {address: client.get(address)["Content-Security-Policy"] for address in (TURN_ON, INDEX, "/")}

    assert {address: "data:" in policy for address, policy in sources.items()} == {
        TURN_ON: True,
        INDEX: False,
        "/": False,
    }


def test_turning_on_needs_the_code(officer, signed_in):
    client = signed_in(officer)
    client.get(TURN_ON)

    wrong = client.post(TURN_ON, {"code": "000000"})
    assert "Kode ini belum cocok" in wrong.content.decode()

    client.post(TURN_ON, {"code": code_of(client.session["mfa.totp.secret"])})
    assert {factor.type for factor in SecondFactor.objects.filter(user=officer)} == {"totp", "recovery_codes"}


def test_turning_on_asks_who_signed_in_long_ago(client, officer):
    client.force_login(officer, ago=3600)

    assert client.get(TURN_ON).url.startswith("/masuk/ulang/")


def test_no_copy_of_the_database_tells_the_secret(officer):
    secret = give_totp(officer)
    seed = Authenticator.objects.get(user=officer).data["secret"]

    assert secret not in seed
    assert second_factor.SecondFactorAdapter().decrypt(seed) == secret


def test_a_replaced_key_opens_nothing_and_breaks_nothing(client, officer, secret, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "lain", []

    password_step(client)
    page = client.post(SECOND_STEP, {"code": code_of(secret)})

    assert "Kode ini belum cocok" in page.content.decode()


def test_the_key_of_before_still_serves(officer, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "lain"

    assert second_factor.SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) == secret


# used


def test_the_password_alone_opens_nothing(client, secret):
    answer = password_step(client)

    assert answer.url == SECOND_STEP
    assert signed_in_as(client) is None
    assert client.get("/sentra/").status_code == HTTPStatus.FOUND


def test_password_and_code_open(client, officer, secret):
    password_step(client)

    client.post(SECOND_STEP, {"code": code_of(secret)})

    assert signed_in_as(client) == str(officer.pk)


def test_the_wanted_page_is_kept_through_both_steps(client, secret):
    client.post("/masuk/", {"login": "petugas", "password": PASSWORD, "next": "/sentra/"})

    assert client.post(SECOND_STEP, {"code": code_of(secret)}).url == "/sentra/"


def test_a_code_serves_once(client, secret):
    code = code_of(secret)
    password_step(client)
    client.post(SECOND_STEP, {"code": code})

    other = Client()
    password_step(other)
    other.post(SECOND_STEP, {"code": code})

    assert signed_in_as(other) is None


def test_a_code_serves_once_for_as_long_as_it_is_right(client, officer, secret):
    """allauth forgets a used code after 30 seconds, while it would still take it."""
    code = code_of(secret)
    password_step(client)
    client.post(SECOND_STEP, {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")

    other = Client()
    password_step(other)
    other.post(SECOND_STEP, {"code": f"{code[:3]} {code[3:]}"})

    assert signed_in_as(other) is None


def test_guessing_codes_ends_after_five(client, secret):
    password_step(client)
    for _ in range(5):
        client.post(SECOND_STEP, {"code": "000000"})

    page = client.post(SECOND_STEP, {"code": code_of(secret)})

    assert signed_in_as(client) is None
    assert "terlalu banyak percobaan" in page.content.decode()


def test_a_recovery_code_serves_once(officer, secret):
    code = give_recovery_codes(officer)[0]
    found = []
    for client in (Client(), Client()):
        password_step(client)
        client.post(SECOND_STEP, {"code": code})
        found.append(signed_in_as(client))

    assert found == [str(officer.pk), None]


# recovery codes


def test_recovery_codes_stay_visible_until_they_are_kept(officer, secret, signed_in):
    """A page lost to a bad connection is opened again."""
    codes = give_recovery_codes(officer)
    client = signed_in(officer)

    pages = [client.get(CODES).content.decode() for _ in range(2)]
    assert all(code in page for page in pages for code in codes)

    assert client.post(CODES).url == INDEX
    assert not any(code in client.get(CODES).content.decode() for code in codes)


def test_recovery_codes_are_taken_along_as_text(officer, secret, signed_in):
    codes = give_recovery_codes(officer)
    client = signed_in(officer)

    file = client.get(DOWNLOAD)
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert 'filename="kode-cadangan-sentra-ovop.txt"' in file["Content-Disposition"]
    assert [line for line in file.content.decode().splitlines() if line.isdigit()] == codes

    client.post(CODES)
    assert client.get(DOWNLOAD).status_code == HTTPStatus.NOT_FOUND


def test_new_recovery_codes_void_the_old(officer, secret, signed_in):
    old = give_recovery_codes(officer)
    client = signed_in(officer)

    answer = client.post(NEW_CODES)

    assert answer.url == CODES
    assert not set(old) & set(SecondFactor.objects.get(type="recovery_codes").wrap().get_unused_codes())


def test_codes_are_shown_after_a_fresh_sign_in_only(client, officer, secret):
    give_recovery_codes(officer)
    client.force_login(officer, ago=3600)

    assert client.get(CODES).url.startswith("/masuk/ulang/")
    assert client.get(DOWNLOAD).url.startswith("/masuk/ulang/")


@pytest.mark.parametrize("address", [CODES, DOWNLOAD, TURN_OFF])
def test_without_two_step_sign_in_there_is_nothing_to_see(officer, signed_in, address):
    assert signed_in(officer).get(address).status_code == HTTPStatus.NOT_FOUND


# turned off and taken back


def test_who_need_not_may_turn_it_off(officer, secret, signed_in):
    client = signed_in(officer)

    client.post(TURN_OFF)

    assert not SecondFactor.objects.exists()
    assert not second_factor.passed_in(client.get("/").wsgi_request)


def test_who_must_does_not_turn_it_off(client, verifier, settings):
    settings.REQUIRE_MFA = True
    give_totp(verifier)
    client.force_login(verifier, methods=("password", "mfa"))

    page = client.post(TURN_OFF)

    assert SecondFactor.objects.filter(user=verifier).exists()
    assert "tidak dapat dimatikan" in page.content.decode()


def test_turning_on_and_off_is_kept_without_the_secret(officer, secret, signed_in):
    signed_in(officer).post(TURN_OFF)

    events = SecondFactor.pgh_event_model.objects.order_by("pgh_id").select_related("pgh_context")
    assert [event.pgh_label for event in events] == ["insert", "delete"]
    assert events[1].pgh_context.metadata["user"] == officer.pk
    assert "data" not in {field.name for field in SecondFactor.pgh_event_model._meta.fields}


def test_the_command_takes_it_back_from_a_lost_phone(client, officer, secret, capsys):
    password_step(client)
    client.post(SECOND_STEP, {"code": code_of(secret)})

    call_command("reset_mfa", "petugas")

    assert not SecondFactor.objects.exists()
    assert client.get("/").url.startswith("/masuk/")
    assert "dimatikan untuk petugas" in capsys.readouterr().out
    event = SecondFactor.pgh_event_model.objects.latest("pgh_id")
    assert (event.pgh_label, event.pgh_context.metadata["name"]) == ("delete", "reset_mfa")


def test_the_command_may_be_repeated(officer, capsys):
    call_command("reset_mfa", "petugas")

    assert "tidak menyala untuk petugas" in capsys.readouterr().out


def test_the_command_knows_no_stranger(db):
    with pytest.raises(CommandError, match="siapa"):
        call_command("reset_mfa", "siapa")


# in the admin


def reset(client, *users):
    data = {"action": "reset_second_factor", "_selected_action": [user.pk for user in users]}
    return client.post("/admin/accounts/user/", data, follow=True)


def test_a_superuser_takes_it_back_in_the_admin(officer, secret, superuser, signed_in):
    page = reset(signed_in(superuser), officer)

    assert not SecondFactor.objects.exists()
    assert "Masuk dua langkah dimatikan untuk 1 akun." in page.content.decode()
    assert SecondFactor.pgh_event_model.objects.latest("pgh_id").pgh_context.metadata["user"] == superuser.pk


def test_an_admin_takes_it_back_from_those_whose_sign_in_is_theirs_to_set(
    admin, superuser, verifier, officer, secret, signed_in
):
    """With a verifikator's password known, it would be the verifikator's decisions."""
    give_totp(superuser)
    give_totp(verifier)

    page = reset(signed_in(admin), officer, verifier, superuser)

    assert set(SecondFactor.objects.values_list("user__username", flat=True)) == {"superuser", "verifikator"}
    assert "Sebagian akun dilewati" in page.content.decode()


def test_nobody_takes_it_back_from_themselves(admin, signed_in):
    """Else a phone found signed in could do without the code."""
    give_totp(admin)

    page = reset(signed_in(admin), admin)

    assert SecondFactor.objects.filter(user=admin).exists()
    assert "akun Anda sendiri" in page.content.decode()


def test_taking_back_asks_for_a_fresh_sign_in(client, admin, officer, secret):
    client.force_login(admin, ago=3600)

    page = reset(client, officer)

    assert "Pastikan ini Anda" in page.content.decode()
    assert SecondFactor.objects.exists()
