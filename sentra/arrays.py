"""A query inside another, asked before it: what it finds is compared with as an array.

`pk__in` would be one more join, and behind five others the last one (join_collapse_limit).
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, QuerySet


class Found(ArraySubquery):
    # A query that finds nothing is not asked, and neither is the one around it.
    empty_result_set_value = NotImplemented


class OneOf(Func):
    """`field = ANY(ARRAY(query))`, as a condition; `query` has one column."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, field: str, query: QuerySet) -> None:
        super().__init__(field, Found(query))
