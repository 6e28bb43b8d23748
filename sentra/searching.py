"""Searching by words: what begins with them, what holds them, whose story tells of them; else what resembles them.

A search finds, and does not count: it stops at 1,000 rows, so that a word of a hundred thousand names costs no more
than a rare one. Those that begin with the words are among them in any case (docs/adr/0062).
"""

from functools import reduce
from operator import and_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Exists, Expression, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import Contains, Exact, StartsWith

from outbox.text import one_line
from sentra.models.parts import CatalogueQuerySet

MOST_FOUND = 1000

# The ranks of relevance, the best first; the rest comes behind, the likest (1 to 100) first.
EXACT, BEGINNING, HOLDING, LAST = 0, 1, 2, 103


def found(rows: CatalogueQuerySet, text: str) -> CatalogueQuerySet:
    """Those of `rows` that `text` finds, 1,001 at most.

    Rows that only resemble it are looked for where no row holds its words.
    """
    return rows.model.objects.filter(pk__in=_keys(rows.order_by(), one_line(text).lower()))


def _keys(rows: CatalogueQuerySet, text: str) -> QuerySet:
    held = rows.holding(text)
    ways = [
        rows.beginning(text).order_by(Lower("name"), "pk"),
        held.not_beginning(text),
        rows.like(text).filter(~Exists(held)),
        *([rows.telling(text).not_holding(text)] if rows.stems else []),
    ]
    first, *others = (way.values("pk")[: MOST_FOUND + 1] for way in ways)
    # No row comes in two ways, so that PostgreSQL need not look for double ones, which would put all in another order.
    return first.union(*others, all=True)[: MOST_FOUND + 1]


def relevance(rows: CatalogueQuerySet, text: str) -> tuple[Expression, ...]:
    """What rows found by `text` are sorted by: exact, beginning, holding, then by likeness; and by name."""
    text = one_line(text).lower()
    name = Lower("name")
    rank = Case(
        When(Exact(name, text), then=Value(EXACT)),
        When(StartsWith(name, text), then=Value(BEGINNING)),
        When(reduce(and_, (Contains(rows.searched, word) for word in text.split())), then=Value(HOLDING)),
        default=Value(LAST) - Cast(TrigramWordSimilarity(text, rows.searched) * 100, IntegerField()),
        output_field=IntegerField(),
    )
    return rank, name
