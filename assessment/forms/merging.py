"""What becomes of an entry that was typed over a row somebody else has changed meanwhile. Pure."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Merged:
    """The value to keep; `is_conflict` where both changed the same thing differently (then the value is mine)."""

    value: Any
    is_conflict: bool = False


def merge(*, base: Any, mine: Any, theirs: Any) -> Merged:
    """`base` is what the page showed when it was opened, `theirs` what stands now, `mine` what was sent."""
    if mine == base:
        return Merged(theirs)
    return Merged(mine, is_conflict=theirs not in (base, mine))
