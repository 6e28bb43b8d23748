from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from ovop_site.vendor_files import VendorFinder, listed_files

BOOTSTRAP = "bootstrap/dist/css/bootstrap.min.css"


def test_listed_files_leave_out_comments_and_blank_lines():
    listed = listed_files()

    assert BOOTSTRAP in listed
    assert [line for line in listed if not line or line.startswith("#")] == []


def test_a_listed_file_is_found_under_vendor():
    assert finders.find(f"vendor/{BOOTSTRAP}") == str(Path(settings.BASE_DIR, "node_modules", BOOTSTRAP))


@pytest.mark.parametrize(
    "path",
    [
        "vendor/bootstrap/package.json",
        "vendor/../package.json",
        f"vendor/bootstrap/../{BOOTSTRAP}",
        BOOTSTRAP,
        "vendor/",
    ],
)
def test_nothing_else_in_node_modules_is_found(path):
    assert VendorFinder().find(path) == []


def test_exactly_the_listed_files_are_collected():
    collected = [(path, storage.prefix) for path, storage in VendorFinder().list([])]

    assert collected == [(path, "vendor") for path in listed_files()]


def test_a_listed_file_that_is_missing_is_named_with_its_repair(tmp_path):
    finder = VendorFinder()
    finder.storage = type(finder.storage)(location=tmp_path)

    errors = finder.check()

    assert [error.id for error in errors] == ["ovop_site.E001"] * len(listed_files())
    assert "npm ci" in errors[0].hint
