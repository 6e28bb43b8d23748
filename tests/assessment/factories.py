"""Rows of the assessment room for tests: a small instrument as data, and assessments in any state.

The instrument has two criteria (60 and 40 points) and four indicators of five levels each; the best levels are worth
20, 40, 30 and 10 points. 1.1 and 2.2 want evidence (capped at 2 without), 2.2 is for food alone.
"""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessment import sheets, starting, workflow
from assessment.models import (
    Assessment,
    Authority,
    Check,
    Criterion,
    Evidence,
    Gate,
    Indicator,
    Instrument,
    Level,
    Round,
    StarBand,
)
from outbox.uuid7 import uuid7
from sentra.models import Product
from tests import factories

_numbers = itertools.count(1)
WORDS = ("Belum", "Awal", "Cukup", "Kuat", "Unggul")

CRITERIA: list[dict[str, Any]] = [
    {
        "code": "K1",
        "name": "Produk unggulan daerah",
        "short_name": "Unggulan",
        "points": 60,
        "indicators": [
            {"code": "1.1", "name": "Penetapan unggulan", "best": 20, "evidence_required": True},
            {"code": "1.2", "name": "Bahan baku lokal", "best": 40},
        ],
    },
    {
        "code": "K2",
        "name": "Bermutu dan berpenampilan baik",
        "short_name": "Mutu",
        "points": 40,
        "indicators": [
            {
                "code": "2.1",
                "name": "Mutu indrawi",
                "best": 30,
                "checks": [
                    {
                        "code": "2.1-benda-asing",
                        "text": "Ada benda asing",
                        "kind": "yes_no",
                        "eliminating": True,
                        "bad_value": Check.YES,
                        "scopes": ["makanan"],
                    },
                    {"code": "2.1-rasa", "text": "Rasa", "kind": "graded", "scopes": ["makanan"]},
                    {"code": "2.1-kerapian", "text": "Kerapian teknik", "kind": "graded", "scopes": ["tenun"]},
                ],
            },
            {
                "code": "2.2",
                "name": "Izin dan standar",
                "best": 10,
                "evidence_required": True,
                "scopes": ["makanan"],
            },
        ],
    },
]

GATES: list[dict[str, Any]] = [
    {"code": "nib", "name": "NIB ada", "condition": "nib", "effect": "cap_star", "star": 2},
    {
        "code": "halal",
        "name": "Sertifikat halal berlaku",
        "condition": "certificate_valid",
        "kinds": ["halal"],
        "scopes": ["makanan"],
        "effect": "block_nomination",
        "authority": Authority.PROVINSI,
    },
    {"code": "bukti", "name": "Bukti wajib lengkap", "condition": "evidence", "effect": "cap_star", "star": 4},
    {"code": "penilai", "name": "Dua penilai", "condition": "assessors", "minimum": 2, "effect": "cap_star", "star": 4},
    {"code": "kunjungan", "name": "Kunjungan tercatat", "condition": "field_visit", "effect": "cap_star", "star": 4},
]

BANDS = {1: 50, 2: 60, 3: 70, 4: 80, 5: 90}


def make_instrument(*, published: bool = True, **kwargs: Any) -> Instrument:
    """The small instrument; `published=False` leaves it a draft that can still be changed."""
    for code in ("makanan", "tenun"):
        factories.make_scope(code)
    instrument = Instrument.objects.create(**{"name": "Instrumen kecil", "version": "1", "basis": "Uji"} | kwargs)
    for order, parts in enumerate(CRITERIA):
        _make_criterion(instrument, order, **parts)
    for order, gate in enumerate(GATES):
        _make_gate(instrument, order, **gate)
    for star, lowest in BANDS.items():
        StarBand.objects.create(instrument=instrument, star=star, lowest=lowest, label=f"bintang {star}")
    if published:
        instrument.state, instrument.published_at = Instrument.State.PUBLISHED, timezone.now()
        instrument.save()
    return instrument


def make_round(**kwargs: Any) -> Round:
    """The standing round of every kabupaten/kota; under a new small instrument where none is given."""
    kwargs.setdefault("instrument", None)
    kwargs["instrument"] = kwargs["instrument"] or make_instrument()
    defaults = {"name": "Putaran tetap", "authority": Authority.KABKOTA, "opens": date(2020, 1, 1)}
    return Round.objects.create(**defaults | kwargs)


def start_assessment(
    *, officer: User, product: Product | None = None, appeal_of: Assessment | None = None
) -> Assessment:
    """A draft by `officer`; makes the standing round where there is none, and a product with a maker with a NIB."""
    if not Round.objects.exists():
        make_round()
    product = product or factories.make_product(ikm=factories.make_ikm(nib=_new_nib()))
    assessment = starting.start(product, by=officer, pk=uuid7(), appeal_of=appeal_of)
    return Assessment.objects.with_subject().get(pk=assessment.pk)


def fill_all(assessment: Assessment, *, level: int = 4, evidence: bool = True, checks: bool = True) -> None:
    """Give every indicator that applies `level`; with compulsory evidence and good answers to the test lines."""
    rows = list(assessment.sheet_set.get(kind="proposal").score_set.select_related("indicator"))
    entries = {
        row.indicator.code: sheets.Entry(
            level=level, checks=_good_answers(row.indicator, assessment.scope_id) if checks else {}
        )
        for row in rows
    }
    sheets.save_entries(assessment, entries, by=assessment.officer)
    if evidence:
        for row in rows:
            if row.indicator.evidence_required:
                attach(assessment, row.indicator.code)


def attach(assessment: Assessment, code: str, **kwargs: Any) -> Evidence:
    """Evidence at the indicator `code`: a new received picture, unless `link`, `file` or `certificate` is given."""
    if not kwargs.keys() & {"link", "file", "certificate"}:
        kwargs["file"] = factories.make_file(by=assessment.officer)
    indicators = Indicator.objects.filter(criterion__instrument=assessment.instrument_id, code=code)
    return sheets.attach(assessment, by=assessment.officer, indicators=indicators, **{"caption": "Bukti"} | kwargs)


def move_to(assessment: Assessment, state: str, *, verifier: User) -> Assessment:
    """Fill `assessment` (a draft) and walk it to `state` by real steps; eliminated and revoked included.

    To be revoked it needs two verifiers, so a second one is made for the same area.
    """
    foreign_body = state == Assessment.State.ELIMINATED
    if state not in (Assessment.State.DRAFT, Assessment.State.WITHDRAWN):
        fill_all(assessment)
    if foreign_body:
        answers = {"2.1": sheets.Entry(level=4, checks={"2.1-benda-asing": Check.YES})}
        sheets.save_entries(assessment, answers, by=assessment.officer)
    for action in PATHS[state]:
        by = assessment.officer if action in ("kirim", "tarik") else verifier
        if action == "cabut":
            by = factories.make_user("", ("verifier", assessment.wilayah_id[:5]))
        remarks = {"1.1": "Lampirkan SK-nya."} if action == "kembalikan" else None
        note = "Alasan uji." if action in ("gugurkan", "cabut") else ""
        workflow.advance(assessment, action, by=by, note=note, remarks=remarks)
    return Assessment.objects.with_subject().get(pk=assessment.pk)


def _new_nib() -> str:
    """Another one each time: no two IKM share a NIB."""
    return f"9120{next(_numbers):09d}"


# How a draft gets to each state.
PATHS: dict[str, tuple[str, ...]] = {
    Assessment.State.DRAFT: (),
    Assessment.State.WITHDRAWN: ("tarik",),
    Assessment.State.SUBMITTED: ("kirim",),
    Assessment.State.IN_REVIEW: ("kirim", "tinjau"),
    Assessment.State.RETURNED: ("kirim", "kembalikan"),
    Assessment.State.DECIDED: ("kirim", "tinjau", "putuskan"),
    Assessment.State.ELIMINATED: ("kirim", "tinjau", "gugurkan"),
    Assessment.State.REVOKED: ("kirim", "tinjau", "putuskan", "cabut"),
}


def _good_answers(indicator: Indicator, scope: str) -> dict[str, int]:
    answers = {}
    for line in indicator.check_set.prefetch_related("scopes"):
        scopes = {applying.pk for applying in line.scopes.all()}
        if not scopes or scope in scopes:
            answers[line.code] = Check.NO if line.kind == Check.Kind.YES_NO else 4
    return answers


def _make_criterion(instrument: Instrument, order: int, *, indicators: list[dict], **kwargs: Any) -> None:
    criterion = Criterion.objects.create(instrument=instrument, order=order, **kwargs)
    for place, parts in enumerate(indicators):
        _make_indicator(criterion, place, **parts)


def _make_indicator(
    criterion: Criterion, order: int, *, best: int, checks: tuple = (), scopes: tuple = (), **kwargs: Any
) -> None:
    name = kwargs["name"]
    indicator = Indicator.objects.create(
        criterion=criterion,
        order=order,
        short_name=name[:30],
        question=f"Bagaimana {name.lower()}?",
        evidence_hint="Surat atau foto.",
        cap_without_evidence=2 if kwargs.get("evidence_required") else None,
        **kwargs,
    )
    indicator.scopes.set(scopes)
    for number, word in enumerate(WORDS, start=1):
        wording = f"{name} pada level {number}"
        points = Decimal(best) * number / 5
        Level.objects.create(indicator=indicator, number=number, points=points, word=word, wording=wording)
    for place, line in enumerate(checks):
        _make_check(indicator, place, **line)


def _make_check(indicator: Indicator, order: int, *, scopes: tuple = (), **kwargs: Any) -> None:
    Check.objects.create(indicator=indicator, order=order, **kwargs).scopes.set(scopes)


def _make_gate(instrument: Instrument, order: int, *, scopes: tuple = (), **kwargs: Any) -> None:
    texts = {"sentence": f"Akibat bila {kwargs['code']} tidak ada.", "how_to_repair": f"Lengkapi {kwargs['code']}."}
    Gate.objects.create(instrument=instrument, order=order, **texts, **kwargs).scopes.set(scopes)
