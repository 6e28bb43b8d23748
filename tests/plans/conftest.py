"""A country of 50,000 firms, filled once for all tests of this package and rolled back at their end."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from sentra.models import IKM
from tests.factories import make_branch, make_scope, make_user
from tests.plans.explaining import BIG
from tests.plans.filling import AREAS, FILL, TIDY, history_of


@pytest.fixture(scope="package")
def country(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        for code in ("pangan", "logam"):
            make_branch(code)
        for code in ("makanan", "herbal"):
            make_scope(code)
        with connection.cursor() as cursor:
            # No trigger and no foreign key: what they would do for each row is no matter here.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in (AREAS, FILL, history_of(IKM)):
                cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")
            filled = sorted(BIG | {"sentra_sentra"})
            cursor.execute(TIDY, [filled])
            for table in filled:
                cursor.execute(f"ANALYZE {table}")
        yield
        transaction.set_rollback(True)


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
