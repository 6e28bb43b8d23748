"""Finding areas by what people type: "Salem, Brebes", "kab brebes", "bentarsri".

A word counts where a word of the area's own name or of its parents' begins with it; all words must count. Words for
the kind ("kec", "kota") exclude nothing, they only bring areas of that kind to the front, because desa and kelurahan
are mixed up every day. Where nothing is found so, similar names are looked for. Names are not stemmed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations
from operator import add, and_, or_

from django.contrib.postgres.search import TrigramStrictWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, Q, When

from wilayah import codes, words
from wilayah.models import Wilayah, WilayahQuerySet

SHORTEST = 2
LIMIT = 8

Level = Wilayah.Level
_KINDS = {
    ("prov", "provinsi", "propinsi"): Q(level=Level.PROVINSI),
    ("kab", "kabupaten"): Q(level=Level.KABUPATEN, name__startswith="Kabupaten "),
    ("kota",): Q(level=Level.KABUPATEN, name__startswith="Kota "),
    ("kec", "kecamatan", "distrik"): Q(level=Level.KECAMATAN),
    ("desa", "ds"): Q(level=Level.DESA) & ~Q(code__regex=r"\.1...$"),
    ("kel", "kelurahan"): Q(level=Level.DESA, code__regex=r"\.1...$"),
}
KINDS = {word: condition for names, condition in _KINDS.items() for word in names}


@dataclass(frozen=True)
class Found:
    """The areas found, most probable first; `more` if there are others, `guessed` if only similar names were found."""

    areas: list[Wilayah] = field(default_factory=list)
    more: bool = False
    guessed: bool = False


@dataclass(frozen=True)
class Query:
    """What is looked for: all words as typed, those that must be found, and the kinds that were named."""

    words: Sequence[str]
    wanted: Sequence[str]
    kinds: Q

    @classmethod
    def of(cls, text: str) -> "Query":
        typed = words.split(text)
        wanted = [word for word in typed if word not in KINDS] or typed
        kinds = (KINDS[word] for word in typed if word not in wanted)
        return cls(words=typed, wanted=wanted, kinds=reduce(or_, kinds, Q(pk__in=[])))

    @property
    def is_too_short(self) -> bool:
        return sum(map(len, self.words)) < SHORTEST


def search(
    text: str,
    *,
    areas: Iterable[str] = (),
    within: Iterable[str] = (codes.NATIONAL,),
    levels: Collection[int] = Level.values,
    limit: int = LIMIT,
) -> Found:
    """The current areas that `text` may mean, those inside `areas` (codes of one's own duties) first.

    A code is found as a code. Only areas inside `within` and of `levels` are looked at. Fewer than two letters find
    nothing.
    """
    scope = Wilayah.objects.current().inside(*within).of_levels(*levels)
    exact = _found(matching(scope, text, areas=areas), limit)
    return exact if exact.areas else _similar(scope, Query.of(text), areas, limit)


def matching(scope: WilayahQuerySet, text: str, *, areas: Iterable[str] = ()) -> WilayahQuerySet:
    """Areas of `scope` in which every wanted word of `text` is found, or the code that it is; the best fit first."""
    query = Query.of(text)
    if query.is_too_short:
        return scope.none()
    if codes.is_code(text.strip()):
        return scope.inside(text.strip()).order_by("code")
    misfit = Case(
        When(search_name=" ".join(query.words), then=0),
        When(search_name__in=_spans(query.words), then=1),
        When(reduce(or_, (Q(search_name__startswith=word) for word in query.wanted)), then=2),
        When(reduce(or_, (Q(search_name__contains=f" {word}") for word in query.wanted)), then=3),
        default=4,
    )
    found = _with_places(scope.filter(_all_words(query)), query, areas).annotate(misfit=misfit)
    return found.order_by("is_other", "misfit", "is_other_kind", "level", "search_name", "code")


def _with_places(scope: WilayahQuerySet, query: Query, areas: Iterable[str]) -> WilayahQuerySet:
    """Annotates `is_other` and `is_other_kind` (int): 0 inside `areas`, 0 for a kind that was named, else 1.

    Annotations and not expressions in order_by(): a condition that never holds would become `ORDER BY 1` there, which
    is a column number.
    """
    return scope.annotate(
        is_other=Case(When(codes.inside("code", areas), then=0), default=1),
        is_other_kind=Case(When(query.kinds, then=0), default=1),
    )


def _found(areas: WilayahQuerySet, limit: int, *, guessed: bool = False) -> Found:
    rows = list(areas[: limit + 1])
    return Found(areas=rows[:limit], more=len(rows) > limit, guessed=guessed and bool(rows))


def _all_words(query: Query) -> Q:
    """Each wanted word begins a word of the area or its parents; or all together begin its name ("bumi ayu").

    The index finds words of three letters and more; with shorter ones alone the first must begin the own name.
    """
    found = reduce(and_, (Q(search_text__contains=f" {word}") for word in query.wanted))
    if max(map(len, query.wanted)) < 3:
        return found & Q(search_name__startswith=query.wanted[0])
    return found | Q(search_name__startswith="".join(query.wanted))


def _spans(typed: Sequence[str]) -> list[str]:
    """Every run of words: the names that stand in the query as a whole."""
    return [" ".join(typed[start:end]) for start, end in combinations(range(len(typed) + 1), 2)]


def _similar(scope: WilayahQuerySet, query: Query, areas: Iterable[str], limit: int) -> Found:
    """Areas whose own name resembles a wanted word, and they and their parents every other, the most alike first."""
    if query.is_too_short:
        return Found()
    longest_first = sorted(query.wanted, key=len, reverse=True)  # the rarest, so that the others are seldom compared
    alike = reduce(or_, (Q(search_name__trigram_word_similar=word) for word in longest_first))
    if len(longest_first) > 1:
        alike &= reduce(and_, (Q(search_text__trigram_word_similar=word) for word in longest_first))
    likeness = reduce(add, (TrigramStrictWordSimilarity(word, "search_text") for word in longest_first))
    found = _with_places(scope.filter(alike), query, areas).annotate(likeness=likeness)
    found = found.order_by("is_other", "-likeness", "is_other_kind", "level", "search_name", "code")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [_threshold(query)])
        return _found(found, limit, guessed=True)


def _threshold(query: Query) -> str:
    """Lower than PostgreSQL's 0.6: one wrong letter in a name of five leaves 0.4. Below five letters that is half of
    the country, so they must be more alike."""
    return "0.4" if max(map(len, query.wanted)) > 4 else "0.5"
