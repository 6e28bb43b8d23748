"""The floor beneath a page: its own queries as plain SQL, and its template drawn once more from what it was given.

Left out is what the site puts around them: HTTP, middleware, session, sign-in, duties, building queries and objects.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.shortcuts import loader
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS = 15
AROUND = re.compile(
    r'FROM "(django_session|accounts_user|accounts_duty|mfa_authenticator|usersessions_usersession)"|pghistory\.context'
)
READING = re.compile(r"\(?(SELECT|WITH) ")

# Choices of a form are read through a cursor on the server; the floor reads them at once.
CURSOR = re.compile(r"^DECLARE .*? CURSOR WITH(OUT)? HOLD FOR ")


@dataclass(frozen=True)
class Floor:
    """Seconds of the queries and of the template; how many queries the whole page asks."""

    sql: float
    template: float
    queries: int

    @property
    def seconds(self) -> float:
        return self.sql + self.template


def floor_of(client: Client, path: str, accept: str) -> Floor:
    """Measured in this process, the median of some rounds. The page is asked for once before.

    A first visit notes the hour of the session and reads what a process then keeps: it asks more than later ones.
    """
    client.get(path, headers={"accept": accept})
    with CaptureQueriesContext(connection) as captured, patch.object(loader, "render_to_string", _Noted()) as noted:
        response = client.get(path, headers={"accept": accept})
    if response.status_code != 200:
        raise LookupError(f"{path} answers {response.status_code}")
    asked = [CURSOR.sub("", query["sql"]) for query in captured]
    own = [sql for sql in asked if READING.match(sql) and not AROUND.search(sql)]
    return Floor(
        sql=_seconds(lambda: _run(own)),
        template=_seconds(noted.draw) if noted.last else 0,
        queries=len(captured),
    )


class _Noted:
    """Stands in for `render_to_string` and keeps what the view handed to it."""

    def __init__(self) -> None:
        self.original = loader.render_to_string
        self.last: tuple[tuple, dict] | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        self.last = args, kwargs
        return self.original(*args, **kwargs)

    def draw(self) -> str:
        args, kwargs = self.last
        return self.original(*args, **kwargs)


@transaction.atomic
def _run(statements: Sequence[str]) -> None:
    """In one transaction, since a search sets its threshold for the transaction it runs in."""
    with connection.cursor() as cursor:
        for statement in statements:
            # As bytes, and without parameters: these stand in the captured text, with every percent sign as it was.
            cursor.connection.execute(statement.encode()).fetchall()


def _seconds(work: Callable[[], Any]) -> float:
    work()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)
