"""Our catalogues against those of the packages: nothing is left in English, and nothing is translated in vain."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, npgettext, pgettext

# Where packages keep their own words, and whose catalogue lists them all: django-filter has none for English.
PACKAGES = {
    "django.conf": "en",
    "django.contrib.admin": "en",
    "django.contrib.auth": "en",
    "django.contrib.contenttypes": "en",
    "django.contrib.postgres": "en",
    "django.contrib.sessions": "en",
    "allauth": "en",
    "django_filters": "de",
}
# Read the same in both languages, or are marks.
SAME = {
    *("salt", "hash", "Headless", "MFA", "WebAuthn", "uid", "token", "Menu:", "Passkey", "Browser"),
    *("IPv4", "IPv6", "URL", "PM", "AM", "%s KB", "%s MB", "%s GB", "%s TB", "%s PB"),
    *("…", ":", ", ", ":?.!", "%(truncated_text)s…", "%(class_name)s %(instance)s"),
}
MONTHS = re.compile(r"(jan|feb|mar|apr|jun|jul|sep|nov)\.?|april|september|november", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|{\w*}")
CATALOGUES = sorted((settings.BASE_DIR / "locale" / "id" / "LC_MESSAGES").glob("*.po"))


@cache
def entries_of(package: str, domain: str = "django") -> list[polib.POEntry]:
    """All that `package` may say; the names of languages are left out."""
    folder = Path(find_spec(package).origin).parent / "locale" / PACKAGES[package] / "LC_MESSAGES"
    path = folder / f"{domain}.po"
    found = polib.pofile(str(path)) if path.exists() else []
    return [e for e in found if not e.obsolete and not any("global_settings" in place for place, _ in e.occurrences)]


def said(entry: polib.POEntry) -> str:
    """What a page says for `entry` (for 2, where it counts)."""
    if entry.msgid_plural and entry.msgctxt:
        return npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, 2)
    if entry.msgid_plural:
        return ngettext(entry.msgid, entry.msgid_plural, 2)
    return pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_speaks_indonesian(package):
    entries = entries_of(package)
    english = {e.msgid for e in entries if said(e) in (e.msgid, e.msgid_plural)}

    assert len(entries) > 5
    assert {text for text in english - SAME if not MONTHS.fullmatch(text)} == set()


def test_the_check_would_notice_english():
    assert said(polib.POEntry(msgid="A sentence that no package has")) == "A sentence that no package has"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_every_entry_is_of_a_package(path):
    """One that a new version of a package no longer says would stay in the catalogue for ever."""
    known = {(e.msgctxt, e.msgid, e.msgid_plural) for package in PACKAGES for e in entries_of(package, path.stem)}

    ours = {(e.msgctxt, e.msgid, e.msgid_plural) for e in polib.pofile(str(path))}

    assert ours - known == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_every_entry_keeps_its_placeholders(path):
    """A lost one would leave a number or a name out, an invented one would be an error in the middle of a page."""
    changed = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr or entry.msgstr_plural[0]))
    ]

    assert changed == []


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("This field is required.", "Isi bagian ini."),
        # Django's own says that it does not exist.
        (
            "%(model_name)s with this %(field_labels)s already exists.",
            "%(model_name)s dengan %(field_labels)s ini sudah ada.",
        ),
        ("Yesterday", "Kemarin"),
    ],
)
def test_ours_come_before_those_of_packages(english, indonesian):
    assert gettext(english) == indonesian
