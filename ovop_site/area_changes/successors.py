"""Where what lies in a closed area may go: the successors an admin entered, never a guess.

An area without a successor of its own is paired by its code: where its kecamatan or kabupaten became another one, the
village with the same last digits there is offered. Whether that is the same village is for a person to say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from wilayah import codes
from wilayah.models import Succession, Wilayah


@dataclass(frozen=True)
class Target:
    """An area that exists today; `is_entered` where it is the successor itself, not one found by pairing codes."""

    area: Wilayah
    is_entered: bool


def targets_of(old_areas: Collection[Wilayah]) -> dict[str, list[Target]]:
    """By code of `old_areas` the areas of the same level that may take over, in the order of their codes. Two queries.

    A successor that was closed in turn gives way to its own successors.
    """
    following = _following()
    offered = {area.code: _offered(area.code, following) for area in old_areas}
    wanted = {code for candidates in offered.values() for code in candidates}
    rows = Wilayah.objects.current().in_bulk(wanted)
    found = {}
    for area in old_areas:
        targets = [
            Target(rows[code], is_entered)
            for code, is_entered in sorted(offered[area.code].items())
            if code in rows and rows[code].level == area.level
        ]
        # Pairing is for areas about which nothing was entered.
        found[area.code] = [target for target in targets if target.is_entered] or targets
    return found


def _following() -> dict[str, set[str]]:
    """The codes entered as successors, by the code they follow."""
    following = defaultdict(set)
    for old, new in Succession.objects.values_list("old_id", "new_id"):
        following[old].add(new)
    return following


def _offered(code: str, following: Mapping[str, set[str]]) -> dict[str, bool]:
    """Codes that may take over from `code`, and whether that was entered for `code` itself."""
    paired = {
        new + code[len(ancestor) :] for ancestor in codes.ancestors(code) for new in _reached(ancestor, following)
    }
    return dict.fromkeys(paired, False) | dict.fromkeys(_reached(code, following), True)


def _reached(code: str, following: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that follows `code`, directly or through others."""
    reached: set[str] = set()
    ahead = [code]
    while ahead:
        for new in following.get(ahead.pop(), ()):
            if new not in reached:
                reached.add(new)
                ahead.append(new)
    return reached - {code}
