import brotli
import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connection
from django.http import HttpResponse

from ovop_site import set_up
from ovop_site.middleware import CompressPagesMiddleware, DemoOnLoopbackMiddleware, RefuseDemoDataMiddleware


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("192.168.1.5", 403), ("", 403)])
def test_demo_is_for_this_computer_only(rf, address, status):
    middleware = DemoOnLoopbackMiddleware(lambda request: HttpResponse())

    assert middleware(rf.get("/", REMOTE_ADDR=address)).status_code == status


def test_other_sites_are_for_everybody(settings):
    settings.DEMO = False

    with pytest.raises(MiddlewareNotUsed):
        DemoOnLoopbackMiddleware(lambda request: None)


@pytest.fixture
def in_earnest(db, settings):
    settings.DEMO = False


def answer(middleware, rf):
    response = middleware(rf.get("/"))
    return response.status_code, response.content.decode()[:31]


PAGE, REFUSAL = (200, "halaman"), (403, "Basis data ini bertanda contoh:")


def test_data_of_a_demo_are_refused_in_earnest(in_earnest, rf):
    set_up.mark_demo()

    middleware = RefuseDemoDataMiddleware(lambda request: HttpResponse("halaman"))

    assert [answer(middleware, rf) for _ in range(2)] == [REFUSAL, REFUSAL]


def test_data_of_a_demo_are_refused_as_soon_as_their_database_is_there(in_earnest, rf, monkeypatch):
    """When a computer starts, the web server may be faster than PostgreSQL."""
    set_up.mark_demo()
    middleware = RefuseDemoDataMiddleware(lambda request: HttpResponse("halaman"))
    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", fail_without_database)
        assert answer(middleware, rf) == PAGE

    assert answer(middleware, rf) == REFUSAL


def test_data_in_earnest_are_asked_for_once(in_earnest, rf, django_assert_num_queries):
    middleware = RefuseDemoDataMiddleware(lambda request: HttpResponse("halaman"))

    with django_assert_num_queries(1):
        assert [answer(middleware, rf) for _ in range(2)] == [PAGE, PAGE]


def test_demo_needs_no_such_question(settings):
    with pytest.raises(MiddlewareNotUsed):
        RefuseDemoDataMiddleware(lambda request: None)


def fail_without_database(*args, **kwargs):
    raise OperationalError


SENTENCE = "berisi karakter yang tidak dapat disimpan"


@pytest.mark.parametrize("address", ["/masuk%00/", "/masuk/?next=%00", "/masuk/?%00=1", "/sentra/?q=a%00b"])
def test_null_byte_in_an_address_is_answered_in_a_sentence(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert SENTENCE in response.content.decode()


@pytest.mark.parametrize("form", [{"login": "a\0b", "password": "x"}, {"lo\0gin": "a"}])
@pytest.mark.parametrize("content_type", ["multipart", "urlencoded"])
def test_null_byte_in_a_form_is_answered_in_a_sentence(client, form, content_type):
    if content_type == "multipart":
        response = client.post("/masuk/", form)
    else:
        encoded = "&".join(f"{name}={value}" for name, value in form.items()).replace("\0", "%00")
        response = client.post("/masuk/", encoded, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 400
    assert SENTENCE in response.content.decode()


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "diterima"])
def test_null_byte_in_a_cookie_is_answered_in_a_sentence(client, name):
    """Written as an octal escape it got through the web server and reached the query for the session."""
    client.cookies.load(f'{name}="\\000abcdefghij"')

    response = client.get("/sentra/")

    assert response.status_code == 400
    assert SENTENCE in response.content.decode()


def test_other_unusual_characters_pass(client, db):
    assert client.get("/masuk/?next=/%C3%A9%01%EF%BF%BE%ff").status_code == 200


@pytest.mark.parametrize(
    ("accepted", "used"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("abram, gzip", "gzip"), ("identity", None)]
)
def test_pages_are_compressed_as_the_browser_takes_it(client, db, accepted, used):
    response = client.get("/masuk/", headers={"Accept-Encoding": accepted})

    assert response.get("Content-Encoding") == used
    assert "Accept-Encoding" in response["Vary"]


def test_brotli_gives_the_same_page_in_a_length_that_varies(rf):
    page = b"<p>Sale pisang</p>" * 100
    middleware = CompressPagesMiddleware(lambda request: HttpResponse(page))

    answers = [middleware(rf.get("/", headers={"Accept-Encoding": "br"})) for _ in range(20)]

    assert {brotli.decompress(answer.content) for answer in answers} == {page}
    assert {int(answer["Content-Length"]) for answer in answers} == {len(answers[0].content)}
    assert len({len(answer["X-Padding"]) for answer in answers}) > 1


def test_short_answers_stay_as_they_are(rf):
    middleware = CompressPagesMiddleware(lambda request: HttpResponse(b"ok"))

    assert "Content-Encoding" not in middleware(rf.get("/", headers={"Accept-Encoding": "br"}))


@pytest.mark.parametrize(
    ("content_type", "compressed"),
    [("text/html; charset=utf-8", True), ("application/json", True), ("image/jpeg", False), ("application/pdf", False)],
)
def test_only_text_is_compressed(rf, content_type, compressed):
    middleware = CompressPagesMiddleware(lambda request: HttpResponse(b"a" * 1000, content_type=content_type))

    response = middleware(rf.get("/", headers={"Accept-Encoding": "gzip"}))

    assert ("Content-Encoding" in response) is compressed


def test_address_that_only_takes_a_form_is_explained(client, officer):
    client.force_login(officer)

    response = client.get("/penilaian/00000000-0000-0000-0000-000000000000/langkah/kirim/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Buka lagi halamannya, lalu tekan tombolnya di sana." in response.content.decode()


def test_pages_are_kept_by_nobody_between(client, officer):
    client.force_login(officer)

    caching = {path: client.get(path)["Cache-Control"] for path in ("/", "/tidak-ada/", "/sehat/")}

    assert caching["/"] == caching["/tidak-ada/"] == "private, no-cache"
    assert "no-store" in caching["/sehat/"]
