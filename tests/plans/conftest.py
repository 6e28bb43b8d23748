"""A country of 50,000 firms, filled once for all tests of this package and rolled back at their end."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from sentra.models import IKM, YearlyFigures
from tests.factories import make_branch, make_scope, make_user
from tests.plans.explaining import BIG
from tests.plans.filling import AREAS, FILL, TIDY, WORDS, history_of


@pytest.fixture(scope="package")
def country(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        for code in ("pangan", "logam"):
            make_branch(code)
        for code in ("makanan", "herbal"):
            make_scope(code)
        with connection.cursor() as cursor:
            filled = sorted(BIG | {"sentra_nameword"})
            detach(cursor, [*filled, "wilayah_wilayah"])
            for statement in (AREAS, FILL, WORDS, history_of(IKM), history_of(YearlyFigures)):
                cursor.execute(statement)
            cursor.execute(TIDY, [filled])
            for table in filled:
                cursor.execute(f"ANALYZE {table}")
        yield
        transaction.set_rollback(True)


def detach(cursor: CursorWrapper, tables: list[str]) -> None:
    """Take triggers and foreign keys from `tables`, until all is rolled back: what they would do is no matter here.

    Not by session_replication_role, which only a superuser may set.
    """
    cursor.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid::regclass::text = ANY(%s)",
        [tables],
    )
    for table, name in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@pytest.fixture
def national(country, db):
    return make_user("", ("verifier", None))


@pytest.fixture
def officer(country, db):
    """Of one kabupaten: a thousand of the firms."""
    return make_user("", ("officer", "36.07"))


@pytest.fixture
def only_indexes(db) -> None:
    """PostgreSQL reads a table from end to end only where it has no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
