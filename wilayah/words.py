"""Words of a name and of a search, brought to one form: lower case, no accents, no punctuation. Pure.

Every area carries its `search_name` and its `search_text`. Both are made here, and so is the form of what is typed:
one rule for the two sides, so that they meet.
"""

import re
import unicodedata
from collections.abc import Sequence

MOST_WORDS = 8

# What people write for a province; none of it stands in the official name.
_NICKNAMES = {
    "12": " sumut", "13": " sumbar", "16": " sumsel", "19": " babel", "21": " kepri", "32": " jabar", "33": " jateng",
    "34": " diy jogja", "35": " jatim", "52": " ntb", "53": " ntt", "61": " kalbar", "62": " kalteng",
    "63": " kalsel", "64": " kaltim", "65": " kaltara", "71": " sulut", "72": " sulteng", "73": " sulsel",
    "74": " sultra", "76": " sulbar", "82": " malut",
}  # fmt: skip
_KIND_IN_NAME = re.compile(r"(kabupaten|kota)( administrasi)? ")
_APOSTROPHES = re.compile(r"[\"'’‘`´ʼ]")


def split(text: str) -> list[str]:
    """The words of `text`, the first eight: "Ma'u, Kec. Séla" gives `["mau", "kec", "sela"]`."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9]+", plain)[:MOST_WORDS]


def search_name(code: str, name: str) -> str:
    """The own name alone: "brebes" for Kabupaten Brebes, "kota baru" for the kecamatan of that name."""
    plain = " ".join(split(name))
    return _KIND_IN_NAME.sub("", plain, count=1) if code.count(".") == 1 else plain


def search_text(code: str, search_name: str, parent_text: str) -> str:
    """Every word an area is found by, each after a blank: " bentarsari salem brebes jawa tengah jateng".

    Below the provinces a name of several words is also there in one ("Bumi Ayu" as "bumiayu").
    """
    if not parent_text:
        return f" {search_name}{_NICKNAMES.get(code, '')}"
    joined = search_name.replace(" ", "")
    return f" {search_name}{parent_text}" if joined == search_name else f" {search_name} {joined}{parent_text}"


def mark(text: str, typed: Sequence[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is the beginning of a word that one of `typed` (from `split`) found.

    "Desa Bentarsari" for `["bent"]` gives `[("Desa ", False), ("Bent", True), ("arsari", False)]`.
    """
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in re.finditer(r"[\w'’]+", text):
        length = _marked_length(word[0], typed)
        if length:
            pieces += [(text[end : word.start()], False), (word[0][:length], True)]
            end = word.start() + length
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _marked_length(word: str, typed: Sequence[str]) -> int:
    """How many letters of `word` the longest of `typed` covers; an apostrophe inside is covered with its letters."""
    plain = "".join(split(word))
    longest = max((len(begun) for begun in typed if plain.startswith(begun)), default=0)
    letters = [place for place, letter in enumerate(word, start=1) if letter.isalnum()]
    return letters[longest - 1] if longest else 0
