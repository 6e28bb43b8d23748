"""Some thousand assessments: a few are walked through the real steps, the others are copies of these.

A copy belongs to another product, officer and verifiers, and its decision is a link of its own in the chain, so that
`manage.py verify_decisions` holds on a bench too.
"""

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from assessment import chain, review, sheets, starting, workflow
from assessment.models import (
    Assessment,
    ChainHead,
    CheckAnswer,
    Decision,
    Evidence,
    EvidenceTie,
    Score,
    ScoreSheet,
    Step,
)
from outbox.uuid7 import uuid7
from ovop_site.bench.country import SEED
from ovop_site.demo.assessments import PATHS, good_answers
from sentra.models import Product

# The scope with the most products; a copy keeps to the indicators of its pattern.
SCOPE = "makanan"
# Of a hundred assessments so many end in each state.
STATES = {"draft": 22, "submitted": 14, "in_review": 8, "returned": 6, "decided": 44, "withdrawn": 4, "revoked": 2}
KINDS = (Assessment, ScoreSheet, Score, CheckAnswer, Evidence, EvidenceTie, Step, Decision)
ROLES = ("officer", "verifier", "second")
Values = dict[str, Any]


@dataclass(frozen=True)
class Cast:
    """Who acts in one kabupaten: keys of users by role."""

    officer: int
    verifier: int
    second: int

    def people(self) -> tuple[int, ...]:
        return tuple(getattr(self, role) for role in ROLES)


@dataclass(frozen=True)
class Pattern:
    """One real assessment: its cast, and the rows of all its tables."""

    cast: Cast
    rows: dict[type[models.Model], list[Values]]


def make_patterns(casts: dict[str, Cast]) -> list[Pattern]:
    """One assessment per state, on the first products, by the functions the pages call."""
    rng = random.Random(SEED)
    patterns = []
    for product, state in zip(_judgeable().order_by("pk")[: len(STATES)], STATES, strict=True):
        cast = casts[product.wilayah_id[:5]]
        assessment = _walk(product, cast, PATHS[state], rng)
        patterns.append(Pattern(cast, {kind: _rows_of(kind, assessment) for kind in KINDS}))
    return patterns


def _judgeable() -> models.QuerySet[Product]:
    return Product.objects.filter(scope=SCOPE, ikm__isnull=False).select_related("ikm", "wilayah")


def _walk(product: Product, cast: Cast, path: Sequence[str], rng: random.Random) -> Assessment:
    people = User.objects.in_bulk(cast.people())
    officer, verifier, second = (people[key] for key in cast.people())
    began = timezone.now() - timedelta(days=rng.randint(10, 200))
    assessment = starting.start(product, by=officer, pk=uuid7(), at=began)
    sheets.record_visit(assessment, by=officer, visited_on=began.date())
    _fill(assessment, officer, rng)
    for day, action in enumerate(path, start=1):
        if action == "putuskan":
            _look_through(assessment, verifier)
        by = {"kirim": officer, "tarik": officer, "cabut": second}.get(action, verifier)
        note = "Bahan bakunya ternyata dari luar daerah." if action == "cabut" else ""
        remarks = {"1.1": "Lampirkan foto proses."} if action == "kembalikan" else None
        workflow.advance(assessment, action, by=by, note=note, remarks=remarks, at=began + timedelta(days=day))
    return assessment


def _fill(assessment: Assessment, officer: User, rng: random.Random) -> None:
    """Levels from 2 up, test lines without fault, and a link as evidence where there has to be one."""
    scores = Score.objects.filter(sheet__assessment=assessment).select_related("indicator")
    entries = {
        score.indicator.code: sheets.Entry(
            rng.randint(2, score.indicator.level_set.count()),
            note="Menurut catatan kunjungan.",
            checks=dict(good_answers(score.indicator, assessment.scope_id)),
        )
        for score in scores
    }
    sheets.save_entries(assessment, entries, by=officer)
    for score in scores:
        if score.indicator.evidence_required:
            link = f"https://contoh.example/bukti/{score.indicator.code}"
            sheets.attach(assessment, by=officer, indicators=[score.indicator], link=link, caption="Foto bukti")


def _look_through(assessment: Assessment, verifier: User) -> None:
    decided = Score.objects.filter(sheet__assessment=assessment, sheet__kind=ScoreSheet.Kind.DECISION)
    for score in decided.select_related("indicator", "sheet"):
        review.judge(score, level=score.level, reason="", by=verifier, proposed=score.level)


def _rows_of(kind: type[models.Model], assessment: Assessment) -> list[Values]:
    path = {
        Assessment: "pk",
        Score: "sheet__assessment",
        CheckAnswer: "sheet__assessment",
        EvidenceTie: "evidence__assessment",
    }.get(kind, "assessment")
    return list(kind.objects.filter(**{path: assessment.pk}).order_by("pk").values())


@dataclass
class Copies:
    """Copies of patterns for other products; `rows` grow by `add`, `finish` sets the end of the chain."""

    rows: dict[type[models.Model], list[Values]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def __post_init__(self) -> None:
        self._counters = {kind: _counter(kind) for kind in KINDS if isinstance(kind._meta.pk, models.AutoField)}
        head = ChainHead.objects.get()
        self._count, self._previous = head.count, head.sha256

    def add(self, pattern: Pattern, product: Product, cast: Cast) -> None:
        people = dict(zip(pattern.cast.people(), cast.people(), strict=True))
        keys: dict[Any, Any] = {}
        for kind in KINDS:
            for original in pattern.rows[kind]:
                keys[kind, original["id"]] = next(self._counters[kind]) if kind in self._counters else uuid7()
                row = self._renamed(kind, original, people, keys)
                if kind is Assessment:
                    row |= {"product_id": product.pk, "wilayah_id": product.wilayah_id}
                if kind is Decision:
                    row = self._linked(row, product, cast)
                self.rows[kind].append(row)

    def finish(self) -> None:
        ChainHead.objects.update(count=self._count, sha256=self._previous)

    def columns(self, kind: type[models.Model]) -> tuple[str, ...]:
        return tuple(field.attname for field in kind._meta.concrete_fields)

    def copied(self, kind: type[models.Model]) -> Iterator[tuple[Any, ...]]:
        """The rows as COPY takes them."""
        columns = [(column.attname, column) for column in kind._meta.concrete_fields]
        for row in self.rows[kind]:
            yield tuple(
                json.dumps(row[name]) if isinstance(column, models.JSONField) else row[name] for name, column in columns
            )

    def _renamed(self, kind: type[models.Model], original: Values, people: dict[int, int], keys: dict) -> Values:
        """The row with every key of what is copied along, and of the cast, replaced."""
        row = dict(original)
        for column in kind._meta.concrete_fields:
            name = column.attname
            if column.primary_key:
                row[name] = keys[kind, original[name]]
            elif column.related_model is User:
                row[name] = people.get(original[name], original[name])
            elif column.related_model and (column.related_model, original[name]) in keys:
                row[name] = keys[column.related_model, original[name]]
        return row

    def _linked(self, row: Values, product: Product, cast: Cast) -> Values:
        """The decision as the next link of the chain, its text about the new product."""
        content = json.loads(row["canonical"])
        if "product" in content:
            content |= {
                "product": {"id": str(product.pk), "name": product.name},
                "ikm": {"id": str(product.ikm_id), "name": product.ikm.name},
                "sentra": None,
                "wilayah": {"code": product.wilayah_id, "name": product.wilayah.full_name},
                "officer": str(cast.officer),
            }
        self._count += 1
        decision = Decision(**row | {"number": self._count, "previous": self._previous})
        canonical = chain.canonical_text(content | chain.columns_of(decision) | {"format": chain.FORMAT})
        self._previous = chain.sha256_of(canonical)
        return row | {
            "number": decision.number,
            "previous": decision.previous,
            "canonical": canonical,
            "sha256": self._previous,
        }


def make_copies(patterns: Sequence[Pattern], casts: dict[str, Cast], count: int) -> Copies:
    """`count` copies, each for a product that has no assessment, in the proportions of STATES."""
    rng = random.Random(SEED + 1)
    taken = {row["product_id"] for pattern in patterns for row in pattern.rows[Assessment]}
    free = [key for key in _judgeable().order_by("pk").values_list("pk", flat=True) if key not in taken]
    products = _judgeable().in_bulk(rng.sample(free, min(count, len(free))))
    copies = Copies()
    for key in sorted(products):
        pattern = rng.choices(patterns, STATES.values())[0]
        copies.add(pattern, products[key], casts[products[key].wilayah_id[:5]])
    return copies


def _counter(kind: type[models.Model]) -> Iterator[int]:
    last = kind.objects.aggregate(last=models.Max("pk"))["last"] or 0
    return itertools.count(last + 1)
