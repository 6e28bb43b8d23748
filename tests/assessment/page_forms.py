"""Reads a form out of a page, as a browser without JavaScript would send it."""

from html.parser import HTMLParser

from django.http import HttpResponse


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
