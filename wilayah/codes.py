"""Codes of areas: `33`, `33.29`, `33.29.05`, `33.29.05.2001` (Kemendagri). Pure; knows no table.

The code of a parent is a prefix of its children's, so "lies inside" is a prefix condition. `""` stands for the
whole country. `field` is the path to a column that holds a code: `"code"` of an area itself, `"wilayah__code"` of a
record with a foreign key (Django reads the record's own column then and joins nothing).
"""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

NATIONAL = ""
PATTERN = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")


def is_code(text: str) -> bool:
    """Whether `text` has the form of a code; says nothing about whether the area exists."""
    return PATTERN.fullmatch(text) is not None


def level_of(code: str) -> int:
    """1 provinsi, 2 kabupaten/kota, 3 kecamatan, 4 desa/kelurahan; 0 is the whole country."""
    return code.count(".") + 1 if code else 0


def parent_of(code: str) -> str:
    """The code one level up; `""` above a province."""
    return code.rpartition(".")[0]


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above `code`, the nearest last, itself left out: `33.29.05` gives `("33", "33.29")`."""
    parts = code.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts)))


def is_inside(code: str, area: str) -> bool:
    """Whether `code` is `area` or lies in it."""
    return area in (NATIONAL, code) or code.startswith(f"{area}.")


def outermost(areas: Iterable[str]) -> tuple[str, ...]:
    """`areas` without those that lie in another of them, in the order of their codes.

    Raises ValueError for a text that is no code: as a prefix it would let in too much.
    """
    kept: list[str] = []
    for area in sorted(set(areas)):
        if area != NATIONAL and not is_code(area):
            raise ValueError(f"{area!r} is not the code of an area")
        if not any(is_inside(area, wider) for wider in kept):
            kept.append(area)
    return tuple(kept)


def inside(field: str, areas: Iterable[str]) -> Q:
    """Rows whose `field` lies in one of `areas`; without areas no row matches, with `""` every one."""
    nothing = Q(**{f"{field}__in": []})
    areas = outermost(areas)
    if NATIONAL in areas:
        return ~nothing  # not Q(): an empty Q is dropped from `inside(…) | other`, which would let in too little
    return reduce(or_, (Q(**{f"{field}__startswith": area}) for area in areas), nothing)


def seen_from(field: str, areas: Iterable[str]) -> Q:
    """Rows that lie in one of `areas` or whose area contains one of them.

    A kecamatan therefore sees what is registered for its whole kabupaten.
    """
    areas = tuple(areas)
    return inside(field, areas) | Q(**{f"{field}__in": around(areas)})


def around(areas: Iterable[str]) -> list[str]:
    """The codes above `areas`, each once."""
    return sorted({code for area in areas for code in ancestors(area)})
