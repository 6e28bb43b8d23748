"""What is written to the log, and how: one line of JSON per event outside the demo, plain text in it.

Every line that a request causes carries the request's id, which the answer and the page for a fault of ours name too:
whoever reports the fault by telephone names the code, whoever looks for it finds all lines.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

# A proxy may have given the request an id; anything else than that is not repeated in our log.
FOREIGN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
HEADER = "X-Request-ID"

request_id: ContextVar[str] = ContextVar("request_id", default="")
requests = logging.getLogger("ovop.permintaan")


class RequestLogMiddleware:
    """Gives each request an id, and writes a line about it when it has been answered.

    The path is written, not the query, in which people search by name. The user is that of the session, where the
    request asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if FOREIGN_ID.fullmatch(given) else uuid4().hex[:12]
        token = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            if request.path_info != "/sehat/":
                facts = {"permintaan": _facts(request, response, began)}
                requests.info("%s %s", request.method, request.path_info, extra=facts)
            return response
        finally:
            request_id.reset(token)


def _facts(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, Any]:
    # Only a user who was loaded anyway: the log costs no query.
    user = getattr(request, "_cached_user", None)
    return {
        "status": response.status_code,
        "milidetik": round((time.perf_counter() - began) * 1000, 1),
        "pengguna": user.pk if user is not None else None,
    }


class JsonFormatter(logging.Formatter):
    """One line per event: waktu (UTC), tingkat, asal, pesan, the request's id, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "waktu": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "tingkat": record.levelname,
            "asal": record.name,
            "pesan": record.getMessage(),
        }
        if number := request_id.get():
            line["id"] = number
        line |= getattr(record, "permintaan", {})
        if record.exc_info:
            line["jejak"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, as_json: bool) -> dict[str, Any]:
    """The logging of Django and of gunicorn alike, for `logging.config.dictConfig`; all of it goes to stderr."""
    console = {"class": "logging.StreamHandler", "filters": ["database_away"]}
    server = {"level": "WARNING", "handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"database_away": {"()": "ovop_site.database_down.ShortenDatabaseAway"}},
        "formatters": {"json": {"()": "ovop_site.log.JsonFormatter"}},
        "handlers": {"console": console | ({"formatter": "json"} if as_json else {})},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Who tries the demo at a terminal looks for what goes wrong there, not for each picture that was asked for.
            "ovop.permintaan": {"level": "INFO" if as_json else "WARNING"},
            **({"gunicorn.error": server} if as_json else {}),
            # Repeats every second what the request that needed the database has said already.
            "psycopg.pool": {"level": "ERROR"},
            # Strangers who try names of hosts; each gets its 400, none needs a traceback.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
