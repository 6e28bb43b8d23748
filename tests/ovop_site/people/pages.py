"""What the tests of `/pengguna/` share: an address, areas, a form as a person sends it."""

import re

from outbox.uuid7 import uuid7
from tests.ovop_site.crawling import Page

PEOPLE = "/pengguna/"
BREBES, SALEM, TEGAL = "33.29", "33.29.01", "33.28"


def send(client, address: str, **fields):
    """The form at `address`, as a person sends it who opened it just now."""
    return client.post(address, {"idempotency_key": uuid7()} | (hidden_of(client, address) | fields))


def hidden_of(client, address: str) -> dict[str, str]:
    """The hidden fields of the form at `address`; none where there is no page."""
    return hidden_in(client.get(address), address)


def hidden_in(response, address: str) -> dict[str, str]:
    forms = Page(address, response.content.decode()).forms
    return next((form.hidden for form in forms if form.address == address), {})


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
