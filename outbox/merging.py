"""What becomes of an entry that was typed over a row somebody else has changed meanwhile. Pure."""

from dataclasses import dataclass
from typing import Any, Final

# The base of an entry nobody knows the base of: then whatever differs was changed by both.
UNKNOWN: Final = object()


@dataclass(frozen=True)
class Merged:
    """The value to keep; `is_conflict` where both changed the same thing differently (then the value is mine)."""

    value: Any
    is_conflict: bool = False


def merge(*, base: Any, mine: Any, theirs: Any) -> Merged:
    """`base` is what the page showed when it was opened, `theirs` what stands now, `mine` what was sent.

    What only one of the two changed is taken, also what both changed alike. Entries that belong together are merged as
    one, by handing over a tuple of them.
    """
    if mine == base:
        return Merged(theirs)
    return Merged(mine, is_conflict=theirs not in (base, mine))
