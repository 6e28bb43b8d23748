"""One measurement of one bench from beginning to end, as data that can be written down."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from ovop_site.bench import measuring, writing
from ovop_site.bench.bare import Floor, floor_of
from ovop_site.bench.browser import Browser
from ovop_site.bench.cast import Cast
from ovop_site.bench.lines import Line, lines_of
from ovop_site.bench.measuring import Times
from ovop_site.bench.saving import saves_of


def measure(ikm: int, *, port: int, rounds: int) -> dict[str, Any]:
    """Times of every line through the server at `port`, their floors, and the costs of writing. Milliseconds."""
    cast = Cast(ikm)
    lines = lines_of(cast)
    cookies = {who: cast.cookies(user) for who, user in cast.users.items()}
    browsers: dict[str, Callable[[], Browser]] = {
        who: partial(_browser, port, signed_in) for who, signed_in in cookies.items()
    }
    clients = {who: cast.client(user) for who, user in cast.users.items()}
    floors = [floor_of(clients[line.who], line.paths[0], line.accept) for line in lines]
    times = measuring.times_of(lines, browsers, rounds)
    return {
        "ikm": ikm,
        "lines": [_row(*found) for found in zip(lines, times, floors, strict=True)]
        + [_row(line, sent, None) for line, sent in saves_of(cast, port) if sent.seconds],
        "writing": [asdict(cost) for cost in writing.costs()],
    }


def _browser(port: int, cookies: dict[str, str]) -> Browser:
    return Browser(port, dict(cookies))


def _row(line: Line, times: Times, floor: Floor | None) -> dict[str, Any]:
    return {
        "name": line.name,
        "who": line.who,
        "kind": line.kind,
        "p50": times.p50 * 1000,
        "p95": times.p95 * 1000,
        "rate": times.rate,
        "bytes": times.bytes,
        "queries": floor and floor.queries,
        "sql": floor and floor.sql * 1000,
        "template": floor and floor.template * 1000,
    }
