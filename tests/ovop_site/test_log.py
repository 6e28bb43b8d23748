import json
import logging
import logging.config

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from ovop_site.log import JsonFormatter, RequestLogMiddleware, configuration, request_id
from ovop_site.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401


def fail(request):
    raise ValueError("rusak")


urlpatterns = [*urlpatterns, path("rusak/", fail)]


@pytest.fixture
def lines(caplog):
    """The lines of requests as they stand in the log of an office."""
    caplog.set_level(logging.INFO, "ovop.permintaan")
    return lambda: [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def test_line_of_a_request_names_who_what_and_how_it_ended(client, officer, lines):
    client.force_login(officer)

    client.get("/sentra/", {"q": "nama orang"}, headers={"X-Request-ID": "proxy-12345"})

    line = next(line for line in lines() if line["asal"] == "ovop.permintaan")
    assert line | {"waktu": "", "milidetik": 0} == {
        "waktu": "",
        "tingkat": "INFO",
        "asal": "ovop.permintaan",
        "pesan": "GET /sentra/",
        "status": 200,
        "milidetik": 0,
        "pengguna": officer.pk,
    }


@pytest.mark.parametrize("given", ["", "pendek", "spasi di dalam", "baris\tbaru-baru", "x" * 65])
def test_foreign_id_that_is_none_is_replaced(rf, given):
    response = RequestLogMiddleware(lambda request: HttpResponse())(rf.get("/", headers={"X-Request-ID": given}))

    assert response.headers["X-Request-ID"] != given and len(response.headers["X-Request-ID"]) == 12


def test_id_of_the_proxy_is_kept_and_stands_in_every_line(rf):
    seen = []

    def view(request):
        record = logging.LogRecord("sentra", logging.WARNING, "", 0, "Ada apa %s", ("ini",), None)
        seen.append(json.loads(JsonFormatter().format(record)))
        return HttpResponse()

    response = RequestLogMiddleware(view)(rf.get("/", headers={"X-Request-ID": "proxy-12345"}))

    assert response.headers["X-Request-ID"] == "proxy-12345"
    assert (seen[0]["pesan"], seen[0]["id"], request_id.get()) == ("Ada apa ini", "proxy-12345", "")


def test_health_is_not_logged(client, db, lines):
    client.get("/sehat/")

    assert [line["pesan"] for line in lines()] == []


@pytest.mark.urls(__name__)
def test_page_of_a_fault_names_the_code_in_the_log(client, officer, lines):
    client.force_login(officer)
    client.raise_request_exception = False

    response = client.get("/rusak/")

    code = response.headers["X-Request-ID"]
    assert (response.status_code, f"<b>{code}</b>" in response.content.decode()) == (500, True)


def test_traceback_is_part_of_the_line():
    try:
        raise ValueError("rusak")
    except ValueError as error:
        record = logging.LogRecord("a", logging.ERROR, "", 0, "gagal", (), (type(error), error, None))

    assert "ValueError: rusak" in json.loads(JsonFormatter().format(record))["jejak"]


@pytest.mark.parametrize(("as_json", "first"), [(True, "{"), (False, "D")])
def test_configuration_writes_json_or_text(as_json, first, capfd):
    found = configuration(as_json=as_json) | {"loggers": {}, "root": {"handlers": []}}
    found["loggers"] = {"uji.log": {"handlers": ["console"], "level": "INFO", "propagate": False}}
    logging.config.dictConfig(found | {"incremental": False})

    try:
        raise OperationalError("server tidak ada\nbaris kedua")
    except OperationalError:
        logging.getLogger("uji.log").exception("gagal")

    written = capfd.readouterr().err
    assert (written[0], written.count("\n"), "Database away: server tidak ada" in written) == (first, 1, True)
