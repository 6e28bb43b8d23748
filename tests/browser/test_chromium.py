import pytest

from tests.browser import chromium


class Playwright:
    """Playwright with a browser of its own at `executable_path`, which need not exist."""

    def __init__(self, executable_path):
        self.chromium = self
        self.executable_path = str(executable_path)


def test_chromium_on_the_path_comes_first(monkeypatch, tmp_path):
    for name in ("google-chrome", "chromium"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.find(Playwright(tmp_path / "google-chrome")) == str(tmp_path / "chromium")


def test_chromium_of_playwright_is_taken_where_none_is_on_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    own = tmp_path / "unduhan"

    assert chromium.find(Playwright(own)) is None
    own.touch()
    assert chromium.find(Playwright(own)) == str(own)


def test_where_none_can_be_had_the_run_says_what_to_install(monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda playwright: None)
    monkeypatch.setattr(chromium, "install", lambda playwright: None)

    with pytest.raises(pytest.fail.Exception, match="Debian/Ubuntu: sudo apt install chromium"):
        chromium.find_or_install(None)
