"""A guide: a Markdown file of `docs/`, drawn once per process."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown import Markdown

TITLES: dict[str, str | Promise] = {
    "petugas": _("Panduan petugas"),
    "verifikator": _("Panduan verifikator"),
    "admin": _("Panduan admin"),
}
# Beside the files of `docs/` on the web, and below /static/ here.
PICTURES = "img/panduan/"
PICTURE = re.compile(rf'src="{PICTURES}([^"]+)"')


@dataclass(frozen=True)
class Part:
    """A heading of the second level: its words, and the id by which a link leads there."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Guide:
    name: str
    title: str | Promise
    body: SafeString
    parts: tuple[Part, ...]


def file_of(name: str) -> Path:
    return Path(settings.BASE_DIR, "docs", f"panduan-{name}.md")


@cache
def guide(name: str) -> Guide:
    """The guide of that name; KeyError for others. The first heading of the file is its title and no part of `body`."""
    title = TITLES[name]
    reader = Markdown(extensions=["tables", "toc", "sane_lists"], extension_configs={"toc": {"toc_depth": "2-3"}})
    reader.tab_length = 2
    text = file_of(name).read_text(encoding="utf-8")
    html = reader.convert(text.split("\n", 1)[1] if text.startswith("# ") else text)
    html = PICTURE.sub(lambda found: f'loading="lazy" src="{static(f"panduan/{found[1]}")}"', html)
    parts = tuple(Part(token["name"], token["id"]) for token in reader.toc_tokens if token["level"] == 2)
    # SECURITY: the text is ours, of the repository; nothing that anybody typed into a form gets there.
    return Guide(name, title, mark_safe(html), parts)  # noqa: S308
