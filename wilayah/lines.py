"""Whole rows of areas from bare codes and names. Pure; the loader and the tests make their rows here."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wilayah import codes, names, words


class Area(NamedTuple):
    """The columns of a `Wilayah` that follow from its code, its name and its parents."""

    code: str
    name: str
    level: int
    parent_id: str | None
    parent_names: list[str]
    search_name: str
    search_text: str


class OrphanError(ValueError):
    """An area whose parent is not in the list; `args[0]` is its code."""


def areas(raw_names: Mapping[str, str]) -> Iterator[Area]:
    """The rows of `raw_names` (code to name as the source writes it), parents before children.

    Raises OrphanError for a code whose parent is missing.
    """
    made: dict[str, Area] = {}
    for code in sorted(raw_names):
        parent = made.get(codes.parent_of(code))
        if parent is None and codes.level_of(code) > 1:
            raise OrphanError(code)
        made[code] = area = _area(code, raw_names[code], parent)
        yield area


def _area(code: str, raw_name: str, parent: Area | None) -> Area:
    level = codes.level_of(code)
    name = names.tidy_upper(raw_name) if level < 3 else names.tidy(raw_name)
    search_name = words.search_name(code, name)
    return Area(
        code=code,
        name=name,
        level=level,
        parent_id=parent.code if parent else None,
        parent_names=[*parent.parent_names, parent.name] if parent else [],
        search_name=search_name,
        search_text=words.search_text(code, search_name, parent.search_text if parent else ""),
    )
