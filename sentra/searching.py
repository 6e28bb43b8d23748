"""Searching by words: what begins with them, what holds them, whose story tells of them; else what they may have meant.

A search finds, and does not count: it stops at 1,000 rows, so that a word of a hundred thousand names costs no more
than a rare one. Those that begin with the words are among them in any case (docs/adr/0062).
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Case, Expression, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import Contains, Exact, StartsWith

from outbox.text import one_line
from sentra.models.parts import CatalogueQuerySet

MOST_FOUND = 1000

# The ranks of relevance, the best first; the rest comes behind, the likest (1 to 100) first.
EXACT, BEGINNING, HOLDING, LAST = 0, 1, 2, 103


def found(rows: CatalogueQuerySet, text: str, corrected: Sequence[SearchQuery]) -> CatalogueQuerySet:
    """Those of `rows` that `text` finds, 1,001 at most.

    Where no name holds its words, those that answer the first of the questions in `corrected` that any answers.
    """
    try:
        keys = _written(_keys(rows.order_by(), one_line(text).lower(), corrected))
    except EmptyResultSet:
        return rows.model.objects.none()
    return rows.model.objects.filter(pk__in=keys)


def _keys(rows: CatalogueQuerySet, text: str, corrected: Sequence[SearchQuery]) -> QuerySet:
    held = rows.holding(text)
    ways = [
        rows.beginning(text).order_by(Lower("name"), "pk"),
        held.not_beginning(text),
        *_misspelt(rows, held, corrected),
        *([rows.telling(text).not_holding(text)] if rows.stems else []),
    ]
    first, *others = (way.values("pk")[: MOST_FOUND + 1] for way in ways)
    # No row comes in two ways, so that PostgreSQL need not look for double ones, which would put all in another order.
    return first.union(*others, all=True)[: MOST_FOUND + 1]


def _misspelt(
    rows: CatalogueQuerySet, held: CatalogueQuerySet, corrected: Sequence[SearchQuery]
) -> Iterator[CatalogueQuerySet]:
    """What answers each question, asked only where neither `held` nor a question before it has any row."""
    before = [_none_of(held)]
    for question in corrected:
        answering = rows.answering(question)
        yield answering.filter(*before)
        before.append(_none_of(answering))


def _none_of(rows: QuerySet) -> RawSQL:
    """The condition that there is none of `rows`."""
    written = _written(rows.values("pk")[:1])
    return RawSQL(f"NOT EXISTS {written.sql}", written.params, output_field=BooleanField())


def _written(rows: QuerySet) -> RawSQL:
    """The query for `rows`, in brackets: Django would copy and resolve it again at every level it is nested in.

    EmptyResultSet where it cannot have any.
    """
    sql, params = rows.query.sql_with_params()
    return RawSQL(f"({sql})", params)


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
