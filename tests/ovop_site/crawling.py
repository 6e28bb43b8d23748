"""Walks through pages as a person would: what a page says, where it leads, which forms it holds."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

# What a browser shows, or a screen reader says, of attributes.
SAID = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}
BUTTONS = {"button", "reset", "submit"}
# Nothing to be read in: programs, and what is marked as not to be translated (keys and codes, drawn by chance).
SILENT = {"script", "style"}
VISIBLE_FIELDS = {"input", "select", "textarea"}


@dataclass
class Form:
    """A form: where it is posted, the values that are not shown, and whether a person fills anything in."""

    address: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    is_filled_in: bool = False


class Page(HTMLParser):
    """`texts`, `links` and `forms` of a page at `address`."""

    def __init__(self, address: str, content: str) -> None:
        super().__init__()
        self.address = address
        self.texts: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._silent = ""
        self._form: Form | None = None
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._silent = tag if tag in SILENT or values.get("translate") == "no" else ""
        self.texts += [value for name, value in values.items() if name in SAID]
        if tag == "a" and "href" in values:
            self.links.append(urldefrag(urljoin(self.address, values["href"])).url)
        if tag == "form":
            self._form = Form(urljoin(self.address, values.get("action", "")), values.get("method", "get").lower())
            self.forms.append(self._form)
        if tag in VISIBLE_FIELDS:
            self._handle_field(values)

    def _handle_field(self, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in BUTTONS:
            self.texts.append(values.get("value", ""))
        elif self._form and kind == "hidden":
            self._form.hidden[values.get("name", "")] = values.get("value", "")
        elif self._form:
            self._form.is_filled_in = True

    def handle_data(self, text: str) -> None:
        if not self._silent:
            self.texts.append(text)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if tag == "form":
            self._form = None


def named_addresses(resolver: URLResolver | None = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(view name, address pattern) of every named address of the site; a pattern without "<" is an address itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            namespace = (entry.namespace,) if entry.namespace else ()
            for name, pattern in named_addresses(entry, (*names, *namespace)):
                yield name, str(entry.pattern) + pattern
        elif isinstance(entry, URLPattern) and entry.name:
            yield ":".join((*names, entry.name)), str(entry.pattern)


def view_name(address: str) -> str:
    """The name of the view at `address`; "" where there is none of ours."""
    parts = urlsplit(address)
    try:
        return "" if parts.netloc else resolve(parts.path).view_name
    except Resolver404:
        return ""


class Walk:
    """A walk from page to page over links; forms are sent back empty once per view.

    At most `most` pages of a view are opened (in the admin `most_in_admin`), one of them filtered or sorted. Files are
    no pages: they count as reached and are not opened.

    `pages` has every page met, as (what was asked, page); `reached` the names of the views.
    """

    def __init__(self, client: Client, *, most: int, most_in_admin: int) -> None:
        self.client = client
        self.most, self.most_in_admin = most, most_in_admin
        self.pages: list[tuple[str, Page]] = []
        self.reached: Counter[str] = Counter()
        self._met: set[str] = set()
        self._queried: set[str] = set()
        self._sent: set[str] = set()
        self._ahead: deque[str] = deque()

    def go(self, *addresses: str) -> None:
        self._ahead.extend(addresses)
        while self._ahead:
            self._visit(self._ahead.popleft())

    def _visit(self, address: str) -> None:
        name = view_name(address)
        if not name or address in self._met or not self._wants(name, urlsplit(address).query):
            return
        self._met.add(address)
        self.reached[name] += 1
        if name.startswith("files:"):
            return
        page = self._read(f"GET {address}", address, self.client.get(address))
        if page is None:
            return
        self._ahead.extend(page.links)
        for form in page.forms:
            if form.method == "post" and form.is_filled_in and view_name(form.address) not in self._sent:
                self._sent.add(view_name(form.address))
                self._read(f"POST {form.address}", form.address, self.client.post(form.address, form.hidden))

    def _wants(self, name: str, query: str) -> bool:
        if self.reached[name] >= (self.most_in_admin if name.startswith("admin:") else self.most):
            return False
        if not query:
            return True
        first = name not in self._queried
        self._queried.add(name)
        return first

    def _read(self, asked: str, address: str, response: HttpResponse) -> Page | None:
        """The page, or None where something else came; an address that leads elsewhere is followed later."""
        if "Location" in response:
            self._ahead.append(urljoin(address, response["Location"]))
            return None
        if not response["Content-Type"].startswith("text/html"):
            return None
        page = Page(address, response.content.decode())
        self.pages.append((asked, page))
        return page
