"""Fills in the forms of the catalogue as a browser would, and reads the pages that come back."""

from typing import Any

from django.forms import FileField, Form
from django.test import Client


def filled(form: Form, **typed: Any) -> dict[str, Any]:
    """The fields of the page's form with their values, `typed` over them; an entry None is left empty."""
    shown = {
        bound.html_name: bound.value()
        for bound in form
        if not isinstance(bound.field, FileField) and bound.value() not in (None, False)
    }
    asked = {conflict.marker: conflict.since for conflict in getattr(form, "conflicts", ())}
    return {name: "" if value is None else value for name, value in (shown | asked | typed).items()}


def open_form(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What the browser would post after opening `address` and typing."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return filled(response.context["form"], **typed)


def send(client: Client, address: str, **typed: Any):
    """Opens the form at `address`, types and posts."""
    return client.post(address, open_form(client, address, **typed))


def page_text(response) -> str:
    """The page with every run of blanks as one."""
    return " ".join(response.content.decode().split())
