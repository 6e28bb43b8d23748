"""Reads a form out of a page and sends it, as a browser without JavaScript would."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessment.models import Assessment, Score


class _Fields(HTMLParser):
    """Collects the fields of the one form that carries `attribute="value"`."""

    def __init__(self, attribute: str, value: str) -> None:
        super().__init__()
        self.wanted = (attribute, value)
        self.fields: dict[str, list[str]] = {}
        self.inside = False
        self.text: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.inside = self.wanted in attributes
        elif self.inside and tag == "input" and self._is_sent(found):
            self._add(found["name"], found.get("value") or "")
        elif self.inside and tag == "textarea":
            self.text = found["name"]
            self.fields[self.text] = [""]
        elif self.inside and tag == "select":
            self.select = found["name"]
        elif self.select and tag == "option" and "selected" in found:
            self._add(self.select, found.get("value") or "")

    def handle_data(self, data):
        if self.text:
            self.fields[self.text][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None

    def _is_sent(self, found: dict) -> bool:
        if not found.get("name") or found.get("type") == "file":
            return False
        return found.get("type") not in ("radio", "checkbox") or "checked" in found

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields_of(response: HttpResponse, *, section: str = "", form_id: str = "") -> dict[str, list[str]]:
    """The fields of the form of a section of the sheet, or of the form with this id; files left out."""
    parser = _Fields("data-section", section) if section else _Fields("id", form_id)
    parser.feed(response.content.decode())
    assert parser.fields, "no such form on the page"
    return parser.fields


def address(assessment: Assessment) -> str:
    return reverse("assessment:sheet", args=[assessment.pk])


def filled_in(client: Client, assessment: Assessment, section: str, **entries: Any) -> dict[str, Any]:
    """What a browser sends from the page as it is now, with `entries` typed over it."""
    return fields_of(client.get(address(assessment)), section=section) | entries


def send(client: Client, assessment: Assessment, section: str, entries: dict[str, Any], **extra: Any) -> HttpResponse:
    return client.post(address(assessment), filled_in(client, assessment, section, **entries), **extra)


def proposed_levels(assessment: Assessment) -> dict[str, int | None]:
    rows = Score.objects.filter(sheet__assessment=assessment, sheet__kind="proposal")
    return dict(rows.values_list("indicator__code", "level"))
