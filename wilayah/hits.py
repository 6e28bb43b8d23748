"""What people read about the areas a search found: the same words in the page, in the form and for the script."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wilayah import words
from wilayah.models import Wilayah
from wilayah.search import Found, Query

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Hit:
    """One area as it is offered: its code, its name, the two above it, and both in pieces that say what was typed."""

    code: str
    label: str
    name: str
    above: str
    name_pieces: Pieces
    above_pieces: Pieces


def of(found: Found, text: str) -> list[Hit]:
    """The hits of `found`, with the beginnings of words that `text` names."""
    typed = words.split(text)
    return [_hit(area, typed) for area in found.areas]


def _hit(area: Wilayah, typed: list[str]) -> Hit:
    name, _comma, above = area.label.partition(", ")
    return Hit(
        code=area.code,
        label=area.label,
        name=name,
        above=above,
        name_pieces=words.mark(name, typed),
        above_pieces=words.mark(above, typed),
    )


def message(found: Found, text: str, *, is_limited: bool = False) -> str:
    """How many were found, and what to type next; `is_limited` where only a part of the country was looked at."""
    count = len(found.areas)
    if found.guessed:
        return _("Tidak ada nama yang persis sama. Ini yang mirip.")
    if found.more:
        return _("%(count)d wilayah teratas. Ketik lebih lengkap, misalnya nama desa dan kecamatannya.") % {
            "count": count
        }
    if count:
        return ngettext("%(count)d wilayah cocok.", "%(count)d wilayah cocok.", count) % {"count": count}
    if not text.strip():
        return _("Ketik nama desa, kelurahan, kecamatan, atau kabupaten.")
    if Query.of(text).is_too_short:
        return _("Ketik sedikitnya dua huruf.")
    sentence = _("Tidak ada wilayah bernama “%(text)s”. Periksa ejaannya, atau ketik nama kecamatannya saja.")
    if is_limited:
        sentence = _("Tidak ada wilayah bernama “%(text)s” di tempat yang boleh dipilih. Periksa ejaannya.")
    return sentence % {"text": text.strip()[:60]}
