"""A browser without a screen: one connection that is kept open, cookies, and the fields of the forms it is shown."""

import gzip
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, RemoteDisconnected
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from ovop_site.bench.place import HOST

HTML = "text/html,application/xhtml+xml"
JSON = "application/json"
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Answer:
    """What came back, still compressed, and after how many seconds all of it was there."""

    status: int
    body: bytes
    is_gzipped: bool
    location: str
    seconds: float

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.is_gzipped else self.body).decode()


@dataclass
class Browser:
    """Asks the gunicorn at `port` as the TLS proxy before it would, for somebody at `address`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "203.0.113.7"

    def __post_init__(self) -> None:
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str, accept: str = HTML) -> Answer:
        return self._ask("GET", path, None, {"Accept": accept})

    def post(self, path: str, fields: Fields) -> Answer:
        headers = {"Accept": HTML, "Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}/"}
        return self._ask("POST", path, urlencode(fields, doseq=True).encode(), headers)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        headers |= {
            "Host": HOST,
            "Accept-Encoding": "gzip",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server closes a connection on which nothing was asked for some seconds.
            self._connection.close()
            began = time.perf_counter()
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        is_gzipped = response.headers.get("Content-Encoding") == "gzip"
        return Answer(response.status, content, is_gzipped, response.headers.get("Location", ""), seconds)


class _Form(HTMLParser):
    """Collects what a browser would send of the first form that carries `attribute="value"`."""

    def __init__(self, attribute: str, value: str) -> None:
        super().__init__()
        self.wanted = (attribute, value)
        self.fields: Fields = {}
        self.inside = False
        self.textarea = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.inside = not self.fields and self.wanted in attrs
        elif not self.inside:
            return
        elif tag == "input" and found.get("name") and self._is_sent(found):
            self.fields.setdefault(found["name"], []).append(found.get("value") or "")
        elif tag == "textarea":
            self.textarea = found.get("name") or ""
            self.fields[self.textarea] = [""]
        elif tag == "select":
            self.select = found.get("name") or ""
        elif tag == "option" and self.select and "selected" in found:
            self.fields.setdefault(self.select, []).append(found.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def _is_sent(self, found: dict[str, str | None]) -> bool:
        if found.get("type") in ("radio", "checkbox"):
            return "checked" in found
        return found.get("type") not in ("file", "submit", "button")


def fields_of(page: str, attribute: str, value: str) -> Fields:
    """The fields of the form with `attribute="value"` on the page; LookupError where there is none."""
    form = _Form(attribute, value)
    form.feed(page)
    if not form.fields:
        raise LookupError(f'no form with {attribute}="{value}" on the page')
    return form.fields
