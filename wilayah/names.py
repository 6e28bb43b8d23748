"""Names of areas as people write and read them. Pure: takes codes and names, touches no table.

`line` is always the names from the province down to the area itself, for Bentarsari
`("Jawa Tengah", "Kabupaten Brebes", "Salem", "Bentarsari")`. "Desa" also stands for gampong, nagari, kampung …
(UU 6/2014 counts them all as desa), and "Kec." for distrik, kapanewon and kemantren, as in the Kemendagri list.
"""

import re
from collections.abc import Sequence

MINISTRY = "Kementerian Perindustrian"
COUNTRY = "Seluruh Indonesia"

_ABBREVIATIONS = {"Dki": "DKI", "Dan": "dan"}
_SHORTENED = (("Kabupaten ", "Kab. "), ("Administrasi ", "Adm. "))
# First digit of the last part of a code (Permendagri 137/2017, pasal 4): what kind of desa it is.
_KINDS = {"1": ("Kelurahan", "Kel."), "2": ("Desa", "Desa"), "3": ("Desa Adat", "Desa Adat")}
_UNKNOWN_KIND = ("Desa/kelurahan", "Desa/kel.")


def tidy(raw: str) -> str:
    """`raw` of the source as a page writes it: "KABUPATEN BREBES" becomes "Kabupaten Brebes".

    Mends capitals and punctuation only (`Soka"an` is "Soka'an", "Konda/ Kondaga" is "Konda/Kondaga", "PulauTujuh" is
    "Pulau Tujuh"), never spelling. Roman numerals and abbreviations keep their capitals.
    """
    text = re.sub(r"[\"’`´]", "'", raw).replace("*", "")
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)
    text = re.sub(r"\s*/\s*", "/", text).strip(" .")
    return " ".join(_capitalised(word) for word in text.split())


def tidy_upper(raw: str) -> str:
    """The same for the two upper levels, which the source writes in capitals throughout."""
    words = (word.capitalize() for word in tidy(raw).split())
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def _capitalised(word: str) -> str:
    """A capital for a word of three letters or more that has none ("Timang gajah"); "KI'E" becomes "Ki'e"."""
    if re.fullmatch(r"[A-Z]+'[A-Z]+", word):
        return word.capitalize()
    return word[0].upper() + word[1:] if len(word) > 2 and word.islower() else word


def kind(code: str) -> str:
    """What the area is, in a word: "Provinsi", "Kabupaten", "Kota", "Kecamatan", "Desa", "Kelurahan", "Desa Adat"."""
    parts = code.split(".")
    if len(parts) == 4:
        return _KINDS.get(parts[3][0], _UNKNOWN_KIND)[0]
    if len(parts) == 2:
        return "Kota" if parts[1] > "70" else "Kabupaten"
    return "Kecamatan" if len(parts) == 3 else "Provinsi"


def short_name(code: str, name: str) -> str:
    """`name` with its kind in short: "Desa Bentarsari", "Kec. Salem", "Kab. Brebes", "Kota Tegal", "Jawa Tengah"."""
    level = code.count(".") + 1
    if level == 4:
        prefix = _KINDS.get(code[9:10], _UNKNOWN_KIND)[1]
        return name if name.startswith(f"{prefix} ") else f"{prefix} {name}"
    if level == 3:
        return f"Kec. {name}"
    if level == 2:
        for long, short in _SHORTENED:
            name = name.replace(long, short)
    return name


def short_line(code: str, line: Sequence[str]) -> list[str]:
    """The short names from the area itself up to the province."""
    parts = code.split(".")
    own = [short_name(".".join(parts[: count + 1]), name) for count, name in enumerate(line)]
    return own[::-1]


def full_name(code: str, line: Sequence[str]) -> str:
    """ "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"."""
    return ", ".join(short_line(code, line))


def dinas_name(line: Sequence[str]) -> str:
    """Who is in charge of industry: the dinas of the kabupaten or kota, above it of the province, else the ministry.

    In DKI Jakarta the five kota and the kabupaten are administrative ones and have a suku dinas of the province.
    """
    if not line:
        return MINISTRY
    if len(line) == 1:
        return f"Dinas perindustrian Provinsi {line[0]}"
    office = "Suku dinas perindustrian" if " Administrasi " in line[1] else "Dinas perindustrian"
    return f"{office} {line[1]}"
