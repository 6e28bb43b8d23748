"""What the tests of `/pengguna/` share: an address, areas, a form as a person sends it."""

import re

from outbox.uuid7 import uuid7

PEOPLE = "/pengguna/"
BREBES, SALEM, TEGAL = "33.29", "33.29.01", "33.28"


def send(client, address: str, **fields):
    """The form at `address`, as a person sends it."""
    return client.post(address, {"idempotency_key": uuid7()} | fields)


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
