"""The score: pure functions that turn rules, answers and facts into a result that explains itself.

No database and no clock: what is needed is handed in, so the same call gives the same result on every day.
Points are `Fraction` inside; they are rounded in one place, `shown.py`.

    rules.py     the instrument: criteria, indicators, levels, checks, bands, gates
    answers.py   what one sheet says, and the facts about the subject on one day
    case.py      one sheet of one product under these rules, for asking "what if"
    gates.py     does a gate hold?
    counting.py  which level counts after all caps
    result.py    the result and its parts
    engine.py    `evaluate`, which puts them together
    path.py      what would reach the next band
    shown.py     rounding
    plain.py     `as_data`: any of these values as JSON-able data; `from_data`: back again
"""

from .answers import Answers, Certificate, Facts
from .engine import evaluate
from .plain import as_data, from_data
from .result import (
    BlockedNomination,
    Cap,
    CriterionResult,
    Elimination,
    GateResult,
    IndicatorResult,
    Move,
    MoveKind,
    NextBand,
    Points,
    Result,
)
from .rules import (
    AUTHORITIES,
    NO,
    YES,
    Band,
    Check,
    CheckKind,
    Condition,
    Criterion,
    Effect,
    Gate,
    Indicator,
    Instrument,
    Level,
    ScopeNotCovered,
    UnknownCode,
    code_order,
)
from .shown import rounded_down

# Stands in every decision. Raise it whenever the same sheet could give another result than before.
VERSION = "1"

__all__ = [
    "AUTHORITIES",
    "NO",
    "VERSION",
    "YES",
    "Answers",
    "Band",
    "BlockedNomination",
    "Cap",
    "Certificate",
    "Check",
    "CheckKind",
    "Condition",
    "Criterion",
    "CriterionResult",
    "Effect",
    "Elimination",
    "Facts",
    "Gate",
    "GateResult",
    "Indicator",
    "IndicatorResult",
    "Instrument",
    "Level",
    "Move",
    "MoveKind",
    "NextBand",
    "Points",
    "Result",
    "ScopeNotCovered",
    "UnknownCode",
    "as_data",
    "code_order",
    "evaluate",
    "from_data",
    "rounded_down",
]
