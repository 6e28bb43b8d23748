"""What holds for every template, and the pages that must work when nothing else does."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENTS = [page for page in PAGES if page.startswith("ui/")]
ERRORS = [400, 403, 404, 405, 409, 429, 500, 503]


def source(page: str) -> str:
    return (TEMPLATES / page).read_text()


@pytest.mark.parametrize("page", PAGES)
def test_no_script_and_no_style_inside_a_page(page):
    """The content security policy would refuse them."""
    text = source(page)

    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=\"|javascript:", text) == []


@pytest.mark.parametrize("page", COMPONENTS)
def test_a_component_opens_with_what_it_expects(page):
    assert source(page).startswith("{% comment %}")


def test_every_static_file_a_page_names_exists():
    named = {name for page in PAGES for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", source(page))}

    assert {name for name in named if not finders.find(name)} == set()


def test_every_import_between_modules_exists():
    scripts = {path.name: path.read_text() for path in (settings.BASE_DIR / "static/js").glob("*.js")}

    named = {name for text in scripts.values() for name in re.findall(r"[\"']\./([\w-]+\.js)[\"']", text)}

    assert named - set(scripts) == set()


def test_no_data_address_is_left_in_our_styles():
    for path in (settings.BASE_DIR / "static/css").glob("*.css"):
        assert "url(data" not in path.read_text().replace('"', "")


@pytest.mark.parametrize("status", [400, 500, 503])
def test_pages_of_trouble_need_neither_request_nor_database(status):
    html = render_to_string(f"{status}.html")

    assert html.count("<h1") == 1
    assert 'href="/"' in html


@pytest.mark.parametrize("status", ERRORS)
def test_pages_of_trouble_say_what_to_do(status, rf):
    html = render_to_string(f"{status}.html", {"sentence": "Muat ulang halaman ini."})

    assert ("Muat ulang halaman ini." in html) == (status != 429)
    assert "btn-primary" in html
