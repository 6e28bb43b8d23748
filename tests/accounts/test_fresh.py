"""A fresh sign-in before what cannot be taken back, seen through the decision about a product."""

from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from accounts import fresh
from assessment.models import Assessment, Decision
from outbox.uuid7 import uuid7
from tests.accounts.second_factor import code_of, give_totp
from tests.assessment.factories import move_to, start_assessment
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

State = Assessment.State
LONG_AGO = 16 * 60
NOTE = 'Kedaluwarsa "palsu" & <b>benda asing</b>\nbaris kedua'


class Fields(HTMLParser):
    """The names and values of the fields of a page, and where its form is sent to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found, self.action = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and "action" in attributes:
            self.action = attributes["action"]
        if tag == "input" and attributes.get("name"):
            self.found[attributes["name"]] = attributes.get("value", "")


@pytest.fixture
def reviewed(officer, other_verifier):
    return move_to(start_assessment(officer=officer), State.IN_REVIEW, verifier=other_verifier)


@pytest.fixture
def decided(officer, other_verifier):
    return move_to(start_assessment(officer=officer), State.DECIDED, verifier=other_verifier)


def send(client, assessment, action, **fields):
    revision = Assessment.objects.values_list("revision", flat=True).get(pk=assessment.pk)
    data = {"idempotency_key": uuid7(), "id": assessment.pk, "revision": revision, "note": ""} | fields
    return client.post(f"/penilaian/{assessment.pk}/langkah/{action}/", data)


def send_again(client, page, **proof):
    """Press "Lanjutkan" on the page that asks."""
    fields = Fields(page.content.decode())
    return client.post(fields.action, fields.found | proof)


def state(assessment) -> str:
    return Assessment.objects.get(pk=assessment.pk).state


@pytest.mark.parametrize("action", ["putuskan", "gugurkan"])
def test_deciding_asks_who_signed_in_long_ago(client, reviewed, verifier, action):
    client.force_login(verifier, ago=LONG_AGO)

    page = send(client, reviewed, action, note=NOTE)

    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "Pastikan ini Anda" in page.content.decode()
    assert state(reviewed) == State.IN_REVIEW


def test_revoking_asks_too(client, decided, verifier):
    client.force_login(verifier, ago=LONG_AGO)

    assert "Pastikan ini Anda" in send(client, decided, "cabut", note=NOTE).content.decode()
    assert state(decided) == State.DECIDED


def test_what_was_typed_goes_on_with_the_password(client, decided, verifier):
    client.force_login(verifier, ago=LONG_AGO)
    page = send(client, decided, "cabut", note=NOTE)

    answer = send_again(client, page, **{fresh.PASSWORD: PASSWORD})

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert state(decided) == State.REVOKED
    assert decided.step_set.latest("pk").note == NOTE


def test_the_same_form_counts_once_however_often_it_is_asked(client, reviewed, verifier):
    client.force_login(verifier, ago=LONG_AGO)
    page = send(client, reviewed, "putuskan")

    answers = [send_again(client, page, **{fresh.PASSWORD: PASSWORD}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.SEE_OTHER] * 2
    assert Decision.objects.count() == 1


def test_a_wrong_password_keeps_what_was_typed(client, decided, verifier):
    client.force_login(verifier, ago=LONG_AGO)
    page = send(client, decided, "cabut", note=NOTE)

    again = send_again(client, page, **{fresh.PASSWORD: "bukan"})

    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "belum cocok" in again.content.decode()
    assert Fields(again.content.decode()).found["note"] == NOTE
    assert send_again(client, again, **{fresh.PASSWORD: PASSWORD}).status_code == HTTPStatus.SEE_OTHER


def test_an_empty_password_is_asked_for_again(client, reviewed, verifier):
    client.force_login(verifier, ago=LONG_AGO)

    again = send_again(client, send(client, reviewed, "putuskan"))

    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_guessing_ends_after_five(client, reviewed, verifier):
    client.force_login(verifier, ago=LONG_AGO)
    page = send(client, reviewed, "putuskan")
    for _ in range(5):
        send_again(client, page, **{fresh.PASSWORD: "bukan"})

    late = send_again(client, page, **{fresh.PASSWORD: PASSWORD})

    assert "terlalu banyak percobaan" in late.content.decode()
    assert state(reviewed) == State.IN_REVIEW


def test_a_code_of_the_application_will_do(client, reviewed, verifier):
    secret = give_totp(verifier)
    client.force_login(verifier, ago=LONG_AGO)
    page = send(client, reviewed, "putuskan")

    answer = send_again(client, page, **{fresh.CODE: code_of(secret)})

    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_a_wrong_code_is_said_at_its_field(client, reviewed, verifier):
    give_totp(verifier)
    client.force_login(verifier, ago=LONG_AGO)
    page = send(client, reviewed, "putuskan")

    again = send_again(client, page, **{fresh.CODE: "000000"})

    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kode ini belum cocok" in again.content.decode()


def test_once_proven_the_next_decision_asks_nothing(client, reviewed, verifier):
    client.force_login(verifier, ago=LONG_AGO)
    send_again(client, send(client, reviewed, "putuskan"), **{fresh.PASSWORD: PASSWORD})

    assert client.get("/akun/surel/").status_code == HTTPStatus.OK


def test_who_just_signed_in_is_asked_nothing(client, reviewed, verifier):
    client.force_login(verifier)

    assert send(client, reviewed, "putuskan").status_code == HTTPStatus.SEE_OTHER


def test_other_steps_ask_nothing(client, officer, verifier):
    assessment = move_to(start_assessment(officer=officer), State.SUBMITTED, verifier=verifier)
    client.force_login(verifier, ago=LONG_AGO)

    assert send(client, assessment, "tinjau").status_code == HTTPStatus.SEE_OTHER


def test_who_may_not_decide_is_not_asked_first(client, reviewed, officer):
    client.force_login(officer, ago=LONG_AGO)

    assert "Pastikan ini Anda" not in send(client, reviewed, "putuskan").content.decode()


def test_a_page_that_is_opened_leads_through_the_password_and_back(client, officer):
    client.force_login(officer, ago=LONG_AGO)

    response = client.get("/akun/surel/?a=b")

    assert (response.status_code, response.url) == (302, "/masuk/ulang/?next=%2Fakun%2Fsurel%2F%3Fa%3Db")


def asked(client, user, **kwargs):
    """What a view with the decorator answers to a form sent by somebody who signed in long ago."""
    client.force_login(user, ago=LONG_AGO)
    request = RequestFactory().post("/uji/", {"a": "b"} | kwargs.pop("data", {}), **kwargs)
    request.user, request.session = user, client.session
    return fresh.fresh_sign_in_required(lambda request: HttpResponse("jalan"))(request)


def test_a_script_gets_a_sentence(client, officer):
    answer = asked(client, officer, headers={"Accept": "application/json"})

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert b'"code": "fresh_sign_in"' in answer.content


def test_files_are_said_to_be_chosen_again(client, officer):
    answer = asked(client, officer, data={"photo": SimpleUploadedFile("a.jpg", b"x")})

    assert "Pilih lagi sesudah ini" in answer.content.decode()
