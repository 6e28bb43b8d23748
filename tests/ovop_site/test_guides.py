"""The guides: what their texts, their pictures and the pages they explain promise each other."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, get_resolver

from ovop_site.guides.guide import TITLES, file_of, guide
from ovop_site.guides.pages import EXPLAINED
from ovop_site.guides.shots import PICTURES

FOLDER = Path(settings.BASE_DIR, "docs", "img", "panduan")
ROOMS = ["templates", "accounts", "wilayah", "files", "sentra", "assessment", "ovop_site", "locale"]
SOURCES = {".html", ".py", ".po"}
USED = re.compile(r"!\[([^\]]*)\]\(img/panduan/([a-z0-9-]+)\.png\)")


WRITTEN = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def pictures_in(name):
    return USED.findall(file_of(name).read_text())


@pytest.mark.parametrize("name", TITLES)
def test_guide_is_a_page_with_its_parts_and_pictures(signed_in, officer, name):
    response = signed_in(officer).get(f"/panduan/{name}/")
    page = response.content.decode()

    assert response.status_code == 200
    for part in guide(name).parts:
        assert f'<h2 id="{part.anchor}">' in page and f'href="#{part.anchor}"' in page
    assert page.count("/static/panduan/") == len(pictures_in(name)) and "img/panduan/" not in page


@pytest.mark.parametrize("name", TITLES)
def test_bold_words_of_a_guide_stand_on_the_pages(name):
    """Bold is what is read on the screen: the name of a button, a page or a list, as it is there."""
    sources = [path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*") if path.suffix in SOURCES]
    screens = " ".join(" ".join(path.read_text().split()) for path in sources)

    written = {" ".join(words.split()) for words in WRITTEN.findall(file_of(name).read_text())}

    assert written and {words for words in written if words not in screens} == set()


def test_other_guides_are_not_there(signed_in, officer):
    assert signed_in(officer).get("/panduan/rahasia/").status_code == 404


def test_every_page_with_a_guide_leads_to_a_part_that_is_there():
    names = {key for key in EXPLAINED if not is_address(key)}
    anchors = {(name, anchor) for name, anchor in EXPLAINED.values()}

    assert names == set()
    assert anchors <= {(name, part.anchor) for name in TITLES for part in guide(name).parts}


def is_address(name):
    """Whether some path has this name, whatever it takes."""
    namespace, _, short = name.rpartition(":")
    resolver = get_resolver()
    try:
        for part in filter(None, namespace.split(":")):
            resolver = resolver.namespace_dict[part][1]
        return short in resolver.reverse_dict
    except (KeyError, NoReverseMatch):
        return False


def test_every_picture_is_used_has_words_and_lies_there():
    used = [(words, picture) for name in TITLES for words, picture in pictures_in(name)]

    assert {picture for _, picture in used} == {picture.name for picture in PICTURES}
    assert all(words for words, _ in used)
    assert {path.stem for path in FOLDER.glob("*.png")} == {picture.name for picture in PICTURES}


def test_page_leads_to_the_guide_that_explains_it(signed_in, officer, areas, monkeypatch):
    monkeypatch.setitem(EXPLAINED, "sentra:list", ("petugas", "mencari"))

    page = signed_in(officer).get("/sentra/").content.decode()

    assert 'href="/panduan/petugas/#mencari"' in page
