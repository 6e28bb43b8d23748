"""A page once it is drawn."""

from playwright.sync_api import Locator, Page


def press(button: Locator) -> None:
    """Press what leads to another page, and return when that page is there: going elsewhere sooner would stop it."""
    with button.page.expect_navigation():
        button.click()


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window or paper; 0 where nobody has to scroll sideways.

    A click returns when the next page begins to arrive, which may be before it has anything to measure.
    """
    page.wait_for_load_state()
    return page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
