import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from ovop_site.loopback import is_loopback, refuse_demo_beyond_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_computer(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "", "::", "*", "192.168.1.5", "ovop.example", "localhost.example"])
def test_any_other_computer(host):
    assert not is_loopback(host)


def test_demo_refuses_to_be_seen_from_elsewhere(monkeypatch):
    monkeypatch.setenv("OVOP_DEMO", "1")

    with pytest.raises(ImproperlyConfigured, match=r"hanya boleh dibuka dari komputer ini, bukan di 0\.0\.0\.0:"):
        refuse_demo_beyond_loopback(["127.0.0.1", "0.0.0.0"])


@pytest.mark.parametrize("names", ["ovop.contoh.go.id", "localhost,ovop.contoh.go.id", "*"])
def test_demo_refuses_to_be_asked_by_another_name(monkeypatch, names):
    """A proxy on this computer asks from loopback, whoever stands behind it."""
    monkeypatch.setenv("OVOP_DEMO", "1")
    monkeypatch.setenv("ALLOWED_HOSTS", names)

    with pytest.raises(ImproperlyConfigured, match=f"bukan di {re.escape(names.split(',')[-1])}:"):
        refuse_demo_beyond_loopback(["127.0.0.1"])


def test_demo_on_loopback_and_any_other_site_go_on(monkeypatch):
    monkeypatch.setenv("OVOP_DEMO", "1")
    refuse_demo_beyond_loopback(["127.0.0.1", "::1"])

    monkeypatch.setenv("OVOP_DEMO", "0")
    refuse_demo_beyond_loopback(["0.0.0.0"])
