import json
import threading
from uuid import UUID

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import encode_multipart
from psycopg import errors

from outbox.delivery import content_hash, form_again, receive
from outbox.models import Receipt
from outbox.uuid7 import uuid7
from sentra.models import Branch
from tests.factories import make_user

KEY = "01920000-0000-7000-8000-000000000001"
JSON = {"Accept": "application/json"}


def post(user, headers=None, path="/uji/", **fields):
    request = RequestFactory().post(path, {"idempotency_key": KEY} | fields, headers=headers)
    request.user = user
    return request


class Work:
    """Something to be done once: counts its runs and makes a row."""

    def __init__(self, code="pangan"):
        self.code = code
        self.runs = 0

    def __call__(self):
        self.runs += 1
        Branch.objects.create(code=self.code, name=self.code)
        return f"/cabang/{self.code}/"


@pytest.fixture
def user(db):
    return make_user()


def test_receive_sends_the_browser_to_the_result(user):
    work = Work()

    response = receive(post(user, nama="a"), work)

    assert (response.status_code, response["Location"]) == (303, "/cabang/pangan/")
    receipt = Receipt.objects.get()
    assert (receipt.key, receipt.user, receipt.location) == (UUID(KEY), user, "/cabang/pangan/")


def test_receive_double_submit_gets_the_same_answer_and_makes_one_row(user):
    work = Work()

    answers = [receive(post(user, nama="a"), work) for _ in range(3)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, "/cabang/pangan/")] * 3
    assert (work.runs, Branch.objects.count(), Receipt.objects.count()) == (1, 1, 1)


def test_receive_same_key_with_other_content_is_refused(user):
    receive(post(user, nama="a"), Work())
    work = Work("sandang")

    response = receive(post(user, nama="b"), work)

    assert response.status_code == 409
    assert "sudah pernah dikirim dengan isi lain" in response.content.decode()
    assert work.runs == 0


def test_receive_same_key_at_another_address_is_refused(user):
    receive(post(user, nama="a"), Work())

    response = receive(post(user, nama="a", path="/lain/"), Work("sandang"))

    assert response.status_code == 409


def test_receive_same_key_of_another_person_is_refused(user):
    receive(post(user, nama="a"), Work())
    work = Work("sandang")

    response = receive(post(make_user(), nama="a"), work)

    assert response.status_code == 409
    assert "/cabang/pangan/" not in response.content.decode()
    assert work.runs == 0


@pytest.mark.parametrize("key", ["", "bukan-uuid", "0192", "\N{DIGIT ONE}" * 40])
def test_receive_without_a_usable_key_says_to_load_the_page_again(user, key):
    work = Work()

    response = receive(post(user, idempotency_key=key), work)

    assert response.status_code == 400
    assert "muat ulang halamannya" in response.content.decode()
    assert work.runs == 0


def test_receive_not_accepted_rolls_back_and_leaves_the_key_free(user):
    def half_done():
        Branch.objects.create(code="pangan", name="Pangan")
        return HttpResponse("periksa lagi", status=422)

    refused = receive(post(user, nama=""), half_done)
    accepted = receive(post(user, nama="a"), Work())

    assert (refused.status_code, refused.content) == (422, b"periksa lagi")
    assert (accepted.status_code, Branch.objects.count()) == (303, 1)


def test_receive_error_in_work_leaves_nothing_behind(user):
    def broken():
        Branch.objects.create(code="pangan", name="Pangan")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        receive(post(user), broken)

    assert (Branch.objects.count(), Receipt.objects.count()) == (0, 0)


def test_receive_lost_race_is_told_by_the_form_itself(user):
    """The form found nothing wrong, the database did; asked again, the form sees the other's row."""
    seen = []

    def overtaken():
        seen.append(len(seen))
        if seen == [0]:
            Branch.objects.create(code="KODE SALAH", name="Pangan")
        return HttpResponse("kode ini sudah dipakai", status=422)

    response = receive(post(user), overtaken)

    assert (response.status_code, response.content, seen) == (422, b"kode ini sudah dipakai", [0, 1])


def test_receive_constraint_that_stays_violated_is_told_in_its_own_words(user):
    response = receive(post(user), Work("KODE SALAH"))

    assert response.status_code == 409
    assert "Kode hanya boleh berisi huruf kecil, angka dan garis bawah." in response.content.decode()
    assert Receipt.objects.count() == 0


def test_receive_gives_a_script_the_receipt(user):
    response = receive(post(user, headers=JSON), Work())

    assert response.status_code == 200
    assert json.loads(response.content) == {"receipt": KEY, "location": "/cabang/pangan/"}


def test_receive_tells_a_script_why_it_was_refused(user):
    receive(post(user, nama="a"), Work())

    response = receive(post(user, headers=JSON, nama="b"), Work())

    sentence = "Formulir ini sudah pernah dikirim dengan isi lain. Buka lagi halamannya untuk melihat hasilnya."
    assert response.status_code == 409
    assert json.loads(response.content) == {"errors": {"__all__": [{"message": sentence, "code": "refused"}]}}


@pytest.mark.parametrize("headers", [None, JSON])
def test_receive_tells_the_browser_which_keys_were_accepted(user, headers):
    """So that a page out of a cache does not use one of them for another record."""
    older = [str(uuid7()) for _ in range(7)]
    request = post(user, headers=headers)
    request.COOKIES["diterima"] = ".".join([older[0], "<script>", *older[1:], KEY])

    cookie = receive(request, Work()).cookies["diterima"]

    assert cookie.value == ".".join([KEY, *older[:4]])
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", "")


def test_receive_tells_of_no_key_that_was_not_accepted(user):
    assert not receive(post(user), lambda: HttpResponse(status=422)).cookies


class NameForm(forms.Form):
    name = forms.CharField(label="Nama", error_messages={"required": "Isi namanya."})


def test_form_again_gives_a_script_the_errors_per_field(user):
    response = form_again(post(user, headers=JSON), NameForm({}), "unused.html")

    assert response.status_code == 422
    assert json.loads(response.content) == {"errors": {"name": [{"message": "Isi namanya.", "code": "required"}]}}


def test_form_again_of_a_stale_form_is_a_conflict(user):
    form = NameForm({})
    form.is_stale = True

    assert form_again(post(user, headers=JSON), form, "unused.html").status_code == 409


def multipart(boundary, content=b"isi foto", **fields):
    photo = SimpleUploadedFile("foto.jpg", content, "image/jpeg")
    body = encode_multipart(boundary, {"nama": "a", "berkas": photo} | fields)
    return RequestFactory().generic("POST", "/uji/", body, f"multipart/form-data; boundary={boundary}")


def test_content_hash_is_the_same_for_another_boundary():
    assert content_hash(multipart("satu")) == content_hash(multipart("dua"))


def test_content_hash_leaves_out_token_and_key():
    assert content_hash(multipart("x", csrfmiddlewaretoken="1", idempotency_key="1")) == content_hash(
        multipart("x", csrfmiddlewaretoken="2", idempotency_key="2")
    )


def test_content_hash_differs_with_the_content_of_a_file():
    assert content_hash(multipart("x")) != content_hash(multipart("x", b"isi lain"))


def test_content_hash_differs_with_a_field():
    assert content_hash(multipart("x")) != content_hash(multipart("x", nama="b"))


def test_content_hash_leaves_a_file_readable():
    request = multipart("x")

    content_hash(request)

    assert request.FILES["berkas"].read() == b"isi foto"


@pytest.mark.django_db(transaction=True)
def test_receive_two_at_once_make_one_row():
    """The second waits at the receipt of the first, then gets its answer."""
    user, key = make_user(), uuid7()
    first_is_working, second_waits = threading.Event(), threading.Event()
    runs, answers = [], []

    def work():
        runs.append(threading.current_thread().name)
        first_is_working.set()
        assert second_waits.wait(10)
        Branch.objects.create(code="pangan", name="Pangan")
        return "/cabang/pangan/"

    def send():
        try:
            answers.append(receive(post(user, idempotency_key=str(key), nama="a"), work))
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(2)]
    senders[0].start()
    assert first_is_working.wait(10)
    senders[1].start()
    while not is_someone_waiting_for_a_lock():
        assert senders[1].is_alive()
    second_waits.set()
    for sender in senders:
        sender.join(10)

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, "/cabang/pangan/")] * 2
    assert (len(runs), Branch.objects.count(), Receipt.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_receive_second_at_once_goes_on_where_the_first_was_not_accepted():
    user, key = make_user(), uuid7()
    first_is_working, second_waits = threading.Event(), threading.Event()
    answers = {}

    def refused():
        first_is_working.set()
        assert second_waits.wait(10)
        return HttpResponse(status=422)

    def send(name, work):
        try:
            answers[name] = receive(post(user, idempotency_key=str(key), nama="a"), work).status_code
        finally:
            connection.close()

    first = threading.Thread(target=send, args=("first", refused))
    second = threading.Thread(target=send, args=("second", Work()))
    first.start()
    assert first_is_working.wait(10)
    second.start()
    while not is_someone_waiting_for_a_lock():
        assert second.is_alive()
    second_waits.set()
    first.join(10)
    second.join(10)

    assert answers == {"first": 422, "second": 303}


@pytest.mark.django_db(transaction=True)
def test_receive_two_that_wait_for_each_other_are_both_stored():
    """PostgreSQL ends one of them by an error; run again, it waits for the other and goes on."""
    user = make_user()
    rows = [Branch.objects.create(code=code, name=code) for code in ("pangan", "sandang")]
    both_hold_one = threading.Barrier(2)
    runs, answers = [], []

    def send(name, first, second):
        def work():
            runs.append(name)
            rename(first, name)
            if len(runs) <= 2:
                both_hold_one.wait(10)
            rename(second, name)
            return f"/{name}/"

        try:
            answers.append(receive(post(user, idempotency_key=str(uuid7())), work))
        finally:
            connection.close()

    senders = [
        threading.Thread(target=send, args=("satu", *rows)),
        threading.Thread(target=send, args=("dua", *reversed(rows))),
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(20)

    assert sorted(answer["Location"] for answer in answers) == ["/dua/", "/satu/"]
    assert (len(runs), Receipt.objects.count()) == (3, 2)
    assert len({name.split()[-1] for name in Branch.objects.values_list("name", flat=True)}) == 1


def rename(branch, name):
    Branch.objects.filter(pk=branch.pk).update(name=f"{branch.code} {name}")


@pytest.mark.parametrize("headers", [None, JSON])
@pytest.mark.parametrize("collision", [errors.DeadlockDetected, errors.SerializationFailure])
def test_receive_collision_that_stays_says_to_send_again(user, collision, headers):
    runs = []

    def collide():
        runs.append(1)
        raise OperationalError from collision()

    response = receive(post(user, headers=headers), collide)

    assert (response.status_code, len(runs)) == (503, 3)
    assert "Muat ulang halaman ini untuk mengirimnya lagi" in response.content.decode()
    assert Receipt.objects.count() == 0


def test_receive_leaves_other_faults_of_the_database_alone(user):
    """A database that is away, for example, gets its own page."""
    runs = []

    def fail():
        runs.append(1)
        raise OperationalError from errors.AdminShutdown()

    with pytest.raises(OperationalError):
        receive(post(user), fail)
    assert len(runs) == 1


def is_someone_waiting_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]
