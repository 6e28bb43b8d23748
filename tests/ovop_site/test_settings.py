import runpy
from pathlib import Path

import pytest
from django.conf import settings

SOURCE = Path(settings.BASE_DIR, "ovop_site", "settings.py")


@pytest.fixture
def configured(monkeypatch):
    """`configured(SECURE_HSTS_PRELOAD="1")` is what the settings say in an installation in earnest."""

    def read(**environment):
        in_earnest = {"OVOP_DEMO": "0", "SECRET_KEY": "x", "ALLOWED_HOSTS": "ovop.contoh"}
        for name, value in (in_earnest | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SOURCE))

    return read


def hsts(found):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    return tuple(found[name] for name in names)


def test_browsers_are_told_of_this_address_alone(configured):
    """A dinas shares its domain with sites that may not speak https yet."""
    assert hsts(configured()) == (31_536_000, False, False)


def test_whoever_keeps_the_domain_speaks_for_all_of_it(configured):
    asked = configured(SECURE_HSTS_INCLUDE_SUBDOMAINS="1", SECURE_HSTS_PRELOAD="1", SECURE_HSTS_SECONDS="60")

    assert hsts(asked) == (60, True, True)
