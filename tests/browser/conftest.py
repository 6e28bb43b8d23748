"""A real Chromium before the real pages: `site` is the server, `phone` and `desk` are pages of the browser."""

import os
from collections.abc import Iterator

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
def site(live_server) -> str:
    """The address of the running site. Its tables are emptied after each test, also of rows that migrations made."""
    return live_server.url


@pytest.fixture
def phone(browser, site) -> Iterator[Page]:
    """A page on a small phone; addresses may be given without the host."""
    yield from _page(browser, site, PHONE)


@pytest.fixture
def desk(browser, site) -> Iterator[Page]:
    """A page on an office screen; addresses may be given without the host."""
    yield from _page(browser, site, DESK)


def _page(browser: Browser, site: str, device: dict) -> Iterator[Page]:
    """A page in a context of its own, which fails the test if a script of the page failed."""
    context = browser.new_context(base_url=site, **INDONESIA, **device)
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    # A request that a test holds in its hands must not be answered by a closed browser.
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    assert faults == []
