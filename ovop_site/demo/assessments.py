"""One assessment in every state, walked there by the real steps."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.utils import timezone

from accounts.models import User
from assessment import review, sheets, starting, workflow
from assessment.models import Assessment, Check, Indicator, Score, ScoreSheet
from outbox.uuid7 import uuid7
from ovop_site.demo.catalogue import picture
from sentra.models import Product

# Which steps lead to a state; each is taken one day after the one before it.
PATHS = {
    "draft": (),
    "withdrawn": ("tarik",),
    "submitted": ("kirim",),
    "returned": ("kirim", "tinjau", "kembalikan"),
    "in_review": ("kirim", "tinjau"),
    "decided": ("kirim", "tinjau", "putuskan"),
    "eliminated": ("kirim", "tinjau", "gugurkan"),
    "revoked": ("kirim", "tinjau", "putuskan", "cabut"),
}
NOT_SCORED = "-"


def make_assessments(story: dict[str, Any], products: dict[str, Product], people: dict[str, User]) -> list[Assessment]:
    return [
        _walk(told, products[told["product"]], people, seed)
        for seed, told in enumerate(story["assessments"], start=500)
    ]


def _walk(told: dict[str, Any], product: Product, people: dict[str, User], seed: int) -> Assessment:
    officer = people["petugas"]
    began = timezone.now() - timedelta(days=told["days_ago"], hours=1)
    assessment = starting.start(product, by=officer, pk=uuid7(), at=began - timedelta(days=1))
    sheets.record_visit(assessment, by=officer, visited_on=timezone.localdate() - timedelta(days=told["days_ago"] + 1))
    _fill(assessment, told, officer, seed)
    _backdate(assessment, began - timedelta(hours=1))
    for day, action in enumerate(PATHS[told["ends"]]):
        if action == "putuskan":
            _change(assessment, told.get("changes", {}), people["verifikator"])
        workflow.advance(
            assessment,
            action,
            by=_actor(action, people),
            note=told.get("reason", "") if action in ("gugurkan", "cabut") else "",
            remarks=told.get("remarks") if action == "kembalikan" else None,
            at=began + timedelta(days=day / 4),
        )
    return assessment


def _backdate(assessment: Assessment, at: datetime) -> None:
    """What was filled in just now was filled in at `at`: else it would look as if it was mended after a return."""
    with pgtrigger.ignore("assessment.Score:raise_revision"):
        Score.objects.filter(sheet__assessment=assessment).update(changed_at=at)


def _actor(action: str, people: dict[str, User]) -> User:
    if action in ("kirim", "tarik"):
        return people["petugas"]
    return people["verifikator2" if action == "cabut" else "verifikator"]


def _fill(assessment: Assessment, told: dict[str, Any], officer: User, seed: int) -> None:
    """The levels of the story in the order of the indicators; good answers to test lines; evidence where it is due."""
    scores = list(
        Score.objects.filter(sheet__assessment=assessment, sheet__kind=ScoreSheet.Kind.PROPOSAL)
        .select_related("indicator__criterion")
        .order_by("indicator__criterion__order", "indicator__order")
    )
    marks = told["levels"].replace(" ", "")
    entries = {}
    for score, mark in zip(scores, marks, strict=True):
        level = None if mark == NOT_SCORED else int(mark)
        checks = dict(good_answers(score.indicator, assessment.scope_id)) if level else {}
        entries[score.indicator.code] = sheets.Entry(level, note="", checks=checks)
    sheets.save_entries(assessment, entries, by=officer)
    for number, score in enumerate(scores):
        if score.indicator.evidence_required and entries[score.indicator.code].level:
            _attach(assessment, score.indicator, told, officer, seed * 100 + number)


def good_answers(indicator: Indicator, scope: str) -> Iterator[tuple[str, int]]:
    """An answer without fault to each test line of `indicator` that applies to `scope`, by its code."""
    for line in indicator.check_set.prefetch_related("scopes"):
        scopes = {row.pk for row in line.scopes.all()}
        if scopes and scope not in scopes:
            continue
        if line.kind == Check.Kind.YES_NO:
            yield line.code, 1 - line.bad_value if line.bad_value is not None else 1
        else:
            yield line.code, 4


def _attach(assessment: Assessment, indicator: Indicator, told: dict[str, Any], officer: User, seed: int) -> None:
    if indicator.code in told.get("without", []):
        return
    file = picture("notebook" if seed % 2 else "workshop", seed, by=officer)
    sheets.attach(assessment, by=officer, indicators=[indicator], file=file, caption=f"Contoh bukti {indicator.code}")


def _change(assessment: Assessment, changes: dict[str, list], verifier: User) -> None:
    """The verifier looks at every indicator and changes those the story names, with its reason."""
    proposed = dict(
        Score.objects.filter(sheet__assessment=assessment, sheet__kind=ScoreSheet.Kind.PROPOSAL).values_list(
            "indicator__code", "level"
        )
    )
    decided = Score.objects.filter(sheet__assessment=assessment, sheet__kind=ScoreSheet.Kind.DECISION)
    for score in decided.select_related("indicator", "sheet"):
        code = score.indicator.code
        level, reason = changes.get(code, (proposed[code], ""))
        review.judge(score, level=level, reason=reason, by=verifier, proposed=proposed[code])
