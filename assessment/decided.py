"""What a decision says, read back from its frozen text: pages and papers show this and compute nothing again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessment import scoring
from assessment.decisions import text_hash
from assessment.models import Assessment, Decision, Score, ScoreSheet

Kind = ScoreSheet.Kind


class Unreadable(ValueError):
    """The text of a decision is not what the program wrote; `str()` is a sentence for the person."""


@dataclass(frozen=True)
class FrozenSheet:
    """One sheet as it was at the decision: levels and reviewed ticks by indicator code, points by criterion code."""

    total: Decimal
    points: Mapping[str, Decimal]
    levels: Mapping[str, int | None]
    reason_hashes: Mapping[str, str | None]
    reviewed: frozenset[str]


@dataclass(frozen=True)
class Change:
    """A level the verifier changed. `reason` is None where the text that stands there now is not the one hashed."""

    code: str
    name: str
    proposed: int | None
    decided: int | None
    reason: str | None


@dataclass(frozen=True)
class Decided:
    """A decision with everything its page shows; the names are those of the day. `maker` is empty without an IKM."""

    decision: Decision
    result: scoring.Result
    rules: scoring.Instrument
    facts: scoring.Facts
    product: str
    maker: str
    sentra: str
    area: str
    judge: str
    round: str
    evidence_count: int
    proposal: FrozenSheet
    decided: FrozenSheet

    def changes(self, reasons: Mapping[str, str]) -> list[Change]:
        """The levels on which decision and proposal differ; `reasons` are the texts by code, see `reasons_of`."""
        return [
            Change(
                code=code,
                name=part.name,
                proposed=self.proposal.levels[code],
                decided=self.decided.levels[code],
                reason=self._proven(code, reasons.get(code, "")),
            )
            for code, part in self.result.indicators.items()
            if self.proposal.levels[code] != self.decided.levels[code]
        ]

    def _proven(self, code: str, reason: str) -> str | None:
        return reason if text_hash(reason) == self.decided.reason_hashes[code] else None


def closing_decision(assessment: Assessment) -> Decision | None:
    """The award or the elimination that closed `assessment`, None while there is neither."""
    if assessment.state not in Assessment.CLOSED_BY_DECISION:
        return None
    return assessment.decision_set.exclude(kind=Decision.Kind.REVOCATION).first()


def read(decision: Decision) -> Decided:
    """The content of an award or an elimination. Raises Unreadable where its text cannot be read."""
    with as_written(decision):
        return _read(decision, json.loads(decision.canonical))


@contextmanager
def as_written(decision: Decision) -> Iterator[None]:
    """Around what takes the text of `decision` for what `decisions` wrote: where it stumbles, Unreadable.

    Only the owner of the database can change the text; it then misses parts, or its parts no longer fit together.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        sentence = _("Isi keputusan nomor %(number)s tidak dapat dibaca.") % {"number": decision.number}
        raise Unreadable(sentence) from error


def _read(decision: Decision, content: dict) -> Decided:
    sheets = {sheet["kind"]: _sheet(sheet) for sheet in content["sheets"] if sheet["kind"] != Kind.PANEL}
    return Decided(
        decision=decision,
        result=scoring.from_data(scoring.Result, content["result"]),
        rules=scoring.from_data(scoring.Instrument, content["instrument"]["rules"]),
        facts=scoring.from_data(scoring.Facts, content["facts"]),
        product=content["product"]["name"],
        maker=content["ikm"]["name"] if content["ikm"] else "",
        sentra=content["sentra"]["name"] if content["sentra"] else "",
        area=content["wilayah"]["name"],
        judge=content["judge"],
        round=content["round"]["name"],
        evidence_count=len(content["evidence"]),
        proposal=sheets[Kind.PROPOSAL],
        decided=sheets[Kind.DECISION],
    )


def _sheet(content: dict) -> FrozenSheet:
    scores = content["scores"]
    return FrozenSheet(
        total=Decimal(content["total"]),
        points={code: Decimal(points) for code, points in content["points"].items()},
        levels={code: None if score["level"] is None else int(score["level"]) for code, score in scores.items()},
        reason_hashes={code: score["reason_sha256"] for code, score in scores.items()},
        reviewed=frozenset(code for code, score in scores.items() if score["reviewed"]),
    )


def reasons_of(decision: Decision) -> dict[str, str]:
    """The reasons on the decision sheet by indicator code: the chain keeps only their hashes. One query."""
    rows = Score.objects.filter(sheet__assessment=decision.assessment_id, sheet__kind=Kind.DECISION)
    return dict(rows.exclude(reason="").values_list("indicator__code", "reason"))
