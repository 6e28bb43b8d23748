"""What every test may use: the server, a few areas, and the cast."""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from accounts.models import User
from tests import own_server
from tests.clients import PersonClient
from tests.factories import make_user
from tests.wilayah_factory import make_wilayah_tree
from wilayah.models import Wilayah

BREBES = "33.29"
KUNINGAN = "32.08"


def pytest_configure(config: pytest.Config) -> None:
    """Once, in the process that leads: translations and the server. A SIGTERM ends the run in order, as Ctrl-C does."""
    if not is_leader(config):
        return
    call_command("compile_translations")
    if uses_own_server():
        own_server.start(settings.OVOP_DATA, settings.DATABASES["default"]["NAME"])
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    if uses_own_server() and is_leader(config):
        own_server.stop(settings.OVOP_DATA)


@receiver(post_migrate, sender=apps.get_app_config("ovop_site"))
def remake_admin_group(**kwargs: Any) -> None:
    """Sent also after a test that emptied the tables (browser, transactions): the next finds what migrations made."""
    import_module("ovop_site.migrations.0002_admin_group").make_group(apps, None)
    import_module("ovop_site.migrations.0003_instrument_editor").grant(apps, None)
    import_module("ovop_site.migrations.0004_size_rules").grant(apps, None)


def uses_own_server() -> bool:
    return not settings.DATABASE_URL


def is_leader(config: pytest.Config) -> bool:
    """Whether this process is not one of the workers of pytest-xdist."""
    return not hasattr(config, "workerinput") and "PYTEST_XDIST_WORKER" not in os.environ


@pytest.fixture(autouse=True)
def empty_cache():
    """No count of a rate limit reaches the next test."""
    cache.clear()


@pytest.fixture
def client() -> PersonClient:
    return PersonClient()


@pytest.fixture
def areas(db) -> dict[str, Wilayah]:
    """Areas by code: a part of two provinces."""
    return make_wilayah_tree()


@pytest.fixture
def officer(areas) -> User:
    """Petugas lapangan of Kabupaten Brebes."""
    return make_user("petugas", ("officer", BREBES))


@pytest.fixture
def verifier(areas) -> User:
    """Verifikator of Kabupaten Brebes."""
    return make_user("verifikator", ("verifier", BREBES))


@pytest.fixture
def other_verifier(areas) -> User:
    """A second verifikator of Kabupaten Brebes, for what needs four eyes."""
    return make_user("verifikator2", ("verifier", BREBES))


@pytest.fixture
def assessor(areas) -> User:
    return make_user("penilai", ("assessor", BREBES))


@pytest.fixture
def leader(areas) -> User:
    """Pimpinan of the dinas of Kabupaten Brebes."""
    return make_user("pimpinan", ("leader", BREBES))


@pytest.fixture
def stranger(areas) -> User:
    """Petugas and verifikator of Kabupaten Kuningan, with nothing to do in Brebes."""
    return make_user("orang_luar", ("officer", KUNINGAN), ("verifier", KUNINGAN))


@pytest.fixture
def admin(areas) -> User:
    """A member of the group that the migrations make; has no duty and is no superuser."""
    user = make_user("admin", is_staff=True)
    user.groups.add(Group.objects.get(name="Admin Sentra"))
    return user


@pytest.fixture
def superuser(areas) -> User:
    return make_user("superuser", is_staff=True, is_superuser=True)


@pytest.fixture
def signed_in(client) -> Callable:
    """`signed_in(user)` is the test client, signed in as `user`."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in
