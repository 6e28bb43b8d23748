"""A real Chromium before the real pages: `site` is the server, `phone` and `desk` are pages of the browser."""

import os
import threading
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

# Playwright's own loop runs in the thread of the tests; Django would forbid them the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

INDONESIA = {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # While Playwright's loop runs Django keeps connections of its own; none may be left open on either side.
    connections.close_all()
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(**chromium.launch_options(playwright))
        yield chrome
        chrome.close()
        connections.close_all()


@pytest.fixture
def site(live_server) -> Iterator[str]:
    """The address of the running site. Its tables are emptied after each test, also of rows that migrations made."""
    yield live_server.url
    _wait_for_the_last_answer(live_server.url)


def _wait_for_the_last_answer(address: str) -> None:
    """Return when the server works on nothing: what it still writes must not meet tables being emptied.

    A browser that was closed has let its requests go, not the server. It takes connections in the order they
    came, one thread each, so after an answer to this call every earlier one has its thread.
    """
    urlopen(f"{address}/sehat/").close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=30)
            assert not thread.is_alive(), "The server still works on a request of this test."


@pytest.fixture
def phone(browser, site) -> Iterator[Page]:
    """A page on a small phone; addresses may be given without the host."""
    yield from _page(browser, site, PHONE)


@pytest.fixture
def desk(browser, site) -> Iterator[Page]:
    """A page on an office screen; addresses may be given without the host."""
    yield from _page(browser, site, DESK)


def _page(browser: Browser, site: str, device: dict) -> Iterator[Page]:
    """A page in a context of its own; a script that failed, or that the content policy stopped, fails the test."""
    context = browser.new_context(base_url=site, **INDONESIA, **device)
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    # A request that a test holds in its hands must not be answered by a closed browser.
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    assert faults == []
