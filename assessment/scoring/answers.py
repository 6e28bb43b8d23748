"""What one score sheet says, and what is known about the subject on the day of the score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Answers:
    """One sheet: levels by indicator code, codes of indicators with evidence, values by check code.

    Not answered is absent or None, never zero.
    """

    levels: Mapping[str, int | None] = field(default_factory=dict)
    evidence: frozenset[str] = frozenset()
    checks: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Certificate:
    """A certificate of the product, its IKM or its sentra; `expires` None means without a time limit."""

    kind: str
    issued: date | None = None
    expires: date | None = None

    def in_force(self, on: date) -> bool:
        """Is it valid on this day? The day of expiry itself still counts."""
        return (self.issued is None or self.issued <= on) and not self.lapsed(on)

    def lapsed(self, on: date) -> bool:
        return self.expires is not None and self.expires < on


@dataclass(frozen=True)
class Facts:
    """The subject on the day `on`: the day of the decision, in previews today.

    `unit_count` and `has_sk` are those of the sentra (0 and False without one); `assessor_count` counts the sheets
    handed in by distinct users other than the proposer.
    """

    on: date
    has_nib: bool = False
    certificates: tuple[Certificate, ...] = ()
    unit_count: int = 0
    has_sk: bool = False
    assessor_count: int = 0
    field_visit: bool = False
