"""What misspelt words may have meant: words of names that resemble them, or two that were written together."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from sentra.models.words import CONFIG, SHORTEST

# Of so many words a name is looked for; the longest ones say most.
MOST_WORDS = 5
# So many words may have been meant by one.
MOST_MEANT = 24
WORD = re.compile(r"[^\W_]+")

RESEMBLING = f"""
    SELECT typed.text, resembling.word
      FROM unnest(%s::text[]) AS typed (text),
           LATERAL (
               SELECT word FROM sentra_nameword WHERE word %%> typed.text
                ORDER BY similarity(word, typed.text) DESC, word LIMIT {MOST_MEANT}
           ) AS resembling
"""


class Question(SearchQuery):
    """A question in words, which PostgreSQL does not look at while it plans, and therefore answers by the index.

    Knowing them, it takes words it has never counted for frequent ones, expects to come upon 1,001 rows anywhere, and
    reads a million names in vain.
    """

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, Sequence[Any]]:
        sql, params = super().as_sql(*args, **kwargs)
        return f"(SELECT {sql})", params


def corrected(text: str) -> list[Question]:
    """What names are asked for that hold every word of `text` as it may have been meant, then all of them but one.

    Empty where no word is long enough to be corrected. One query.
    """
    words = sorted(set(WORD.findall(text.lower())), key=lambda word: (-len(word), word))
    words = [word for word in words if len(word) >= SHORTEST][:MOST_WORDS]
    if not words:
        return []
    meant = [f"({' | '.join(_ways_to_write(word, others))})" for word, others in _resembling(words).items()]
    questions = [" & ".join(meant)]
    if len(meant) > 1:
        questions.append(" | ".join(f"({' & '.join(rest)})" for rest in combinations(meant, len(meant) - 1)))
    return [Question(question, config=CONFIG, search_type="raw") for question in questions]


def _resembling(words: list[str]) -> dict[str, list[str]]:
    """For each of `words` those of names that it resembles."""
    found: dict[str, list[str]] = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute(RESEMBLING, [words])
        for typed, word in cursor.fetchall():
            found[typed].append(word)
    return found


def _ways_to_write(word: str, others: list[str]) -> list[str]:
    """As a tsquery has them: the others, what begins with it, and two words without the space between them."""
    places = range(SHORTEST, len(word) - SHORTEST + 1)
    return [*others, f"{word}:*", *(f"({word[:place]} & {word[place:]}:*)" for place in places)]
