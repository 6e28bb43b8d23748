"""What is said of a draft before it is published: what is wrong and where to mend it, points, what each scope gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from assessment import scoring
from assessment.coverage import ScopeCoverage, as_decimal, coverage, total
from assessment.instrument_checks import Part, Problem
from assessment.instruments import problems_of, scope_names
from assessment.models import Criterion, Gate, Indicator, Instrument


@dataclass(frozen=True)
class Fault:
    """A problem and the address of the page where it is mended; none for the page it stands on."""

    sentence: str
    page: str


@dataclass(frozen=True)
class Report:
    faults: list[Fault]
    points: Decimal
    scopes: list[ScopeCoverage]


def report_of(draft: Instrument, rules: scoring.Instrument) -> Report:
    """Everything at once, where `rules` are those of `draft`; six queries, however large it is."""
    return Report(
        faults=_faults(draft, rules),
        points=as_decimal(total(rules.criteria)),
        scopes=coverage(rules, scope_names()),
    )


def _faults(draft: Instrument, rules: scoring.Instrument) -> list[Fault]:
    pages = _pages(draft)
    return [_fault(problem, pages) for problem in problems_of(draft, rules)]


def _fault(problem: Problem, pages: Mapping[tuple[Part, str], str]) -> Fault:
    return Fault(problem.sentence, pages.get((problem.part, problem.code), ""))


def _pages(draft: Instrument) -> dict[tuple[Part, str], str]:
    """Addresses of the pages of its parts by kind and code; one query per kind."""
    parts = {
        Part.CRITERION: Criterion.objects.filter(instrument=draft),
        Part.INDICATOR: Indicator.objects.filter(criterion__instrument=draft),
        Part.GATE: Gate.objects.filter(instrument=draft),
    }
    return {
        (kind, code): reverse(f"admin:assessment_{kind}_change", args=[pk])
        for kind, rows in parts.items()
        for code, pk in rows.values_list("code", "pk")
    }
