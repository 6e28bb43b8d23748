"""The chain of decisions: every link holds the hash of the one before it, so that nothing can be changed unnoticed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from assessment.models import NOTHING_BEFORE, ChainHead, Decision

FORMAT = "ovop-keputusan/1"


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the number of the link (0 is the head) and what is wrong, for a person."""

    number: int
    sentence: str


def canonical_text(content: dict[str, Any]) -> str:
    """`content` as JSON with sorted keys and no blanks. Numbers must already be strings: readers differ about them."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """`moment` in UTC with microseconds: "2026-11-27T07:05:00.000000Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@transaction.atomic
def append(decision: Decision, content: dict[str, Any]) -> Decision:
    """Put `decision` (unsaved, its columns filled) at the end of the chain with `content` as its text.

    The head is locked, so two deciders at once wait for each other. `content` gets the keys of the chain and the
    columns: what a column says and what the text says come from the same values.
    """
    head = _locked_head()
    decision.number = head.count + 1
    decision.previous = head.sha256
    decision.canonical = canonical_text(content | columns_of(decision) | {"format": FORMAT})
    decision.sha256 = sha256_of(decision.canonical)
    decision.save(force_insert=True)
    head.count, head.sha256 = decision.number, decision.sha256
    head.save(update_fields=["count", "sha256"])
    return decision


def columns_of(decision: Decision) -> dict[str, Any]:
    """The columns of `decision` as its text must repeat them."""
    return {
        "assessment": str(decision.assessment_id),
        "authority": decision.authority,
        "criteria": decision.criteria,
        "decided_at": stamp(decision.decided_at),
        "decided_by": str(decision.decided_by_id),
        "kind": decision.kind,
        "number": str(decision.number),
        "previous": decision.previous,
        "star": _text_or_none(decision.star),
        "total": _text_or_none(decision.total),
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else None,
    }


def first_break() -> Break | None:
    """The first place where the chain does not hold, or None where all of it does. Streams: constant memory."""
    return next(_breaks(), None)


def fault_of(decision: Decision) -> str:
    """What is wrong with this one link and its tie to the one before it, as a sentence; empty where it holds.

    One query. It proves this link only; `first_break` proves the chain.
    """
    before = Decision.objects.filter(number=decision.number - 1).values_list("sha256", flat=True).first()
    return _fault(decision, decision.number, before or NOTHING_BEFORE)


def _breaks() -> Iterator[Break]:
    previous, count = NOTHING_BEFORE, 0
    for decision in Decision.objects.order_by("number").iterator(chunk_size=500):
        count += 1
        sentence = _fault(decision, count, previous)
        if sentence:
            yield Break(count, sentence)
        previous = decision.sha256
    head = ChainHead.objects.first() or ChainHead()
    if (head.count, head.sha256) != (count, previous):
        yield Break(
            0,
            f"Ujung rantai mencatat {head.count} keputusan dengan sidik {head.sha256[:12]}, tetapi ada {count}"
            f" keputusan dan sidik terakhirnya {previous[:12]}.",
        )


def _fault(decision: Decision, number: int, previous: str) -> str:
    """What is wrong with one link, or an empty text."""
    if decision.number != number:
        return f"Keputusan nomor {number} hilang; sesudahnya ada nomor {decision.number}."
    if decision.previous != previous:
        return f"Keputusan nomor {number} tidak menyambung pada keputusan sebelumnya."
    if sha256_of(decision.canonical) != decision.sha256:
        return f"Isi keputusan nomor {number} tidak cocok dengan sidiknya."
    try:
        content = json.loads(decision.canonical)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        return f"Isi keputusan nomor {number} tidak dapat dibaca."
    wrong = [name for name, value in columns_of(decision).items() if content.get(name) != value]
    if wrong:
        return f"Kolom {', '.join(wrong)} pada keputusan nomor {number} tidak sama dengan isinya."
    return ""


def _locked_head() -> ChainHead:
    ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
    return ChainHead.objects.select_for_update().get()


def _text_or_none(value: int | Decimal | None) -> str | None:
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
