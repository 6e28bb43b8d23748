import runpy
from pathlib import Path

import pytest
from django.conf import settings

SOURCE = Path(settings.BASE_DIR, "ovop_site", "settings.py")


@pytest.fixture
def configured(monkeypatch):
    """`configured(SECURE_HSTS_PRELOAD="1")` is what the settings say in an installation in earnest."""

    def read(**environment):
        in_earnest = {"OVOP_DEMO": "0", "SECRET_KEY": "x", "ALLOWED_HOSTS": "localhost"}
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


@pytest.mark.parametrize(
    ("environment", "required"),
    [
        ({}, True),
        ({"REQUIRE_MFA": "0"}, False),
        ({"OVOP_DEMO": "1"}, False),
        ({"OVOP_DEMO": "1", "REQUIRE_MFA": "1"}, True),
    ],
)
def test_two_step_sign_in_is_required_but_in_the_demo(configured, environment, required):
    assert configured(**environment)["REQUIRE_MFA"] is required


def test_only_applications_and_recovery_codes_are_offered(configured):
    assert configured()["MFA_SUPPORTED_TYPES"] == ["totp", "recovery_codes"]


def test_the_mail_server_comes_from_one_address(configured):
    found = configured(EMAIL_URL="smtp://ovop:s%40ndi@surel.contoh:2525", DEFAULT_FROM_EMAIL="ovop@dinas.contoh")

    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert [found[f"EMAIL_{name}"] for name in names] == ["surel.contoh", 2525, "ovop", "s@ndi", True, False]
    assert (found["SENDS_MAIL"], found["DEFAULT_FROM_EMAIL"]) == (True, "ovop@dinas.contoh")


@pytest.mark.parametrize(("demo", "sends"), [("0", False), ("1", True)])
def test_without_a_mail_server_nobody_is_promised_a_mail(configured, demo, sends):
    """The demo writes mails into files, for whoever tries it."""
    found = configured(OVOP_DEMO=demo)

    assert found["SENDS_MAIL"] is sends
    assert found["EMAIL_FILE_PATH"] == found["OVOP_DATA"] / "surel"


def test_the_content_policy_names_every_kind_and_allows_nothing_inline(configured):
    directives = configured()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert {"default-src", "script-src", "style-src", "connect-src", "img-src", "font-src"} <= set(directives)
    assert not any("unsafe" in source or "data:" in source for sources in directives.values() for source in sources)
