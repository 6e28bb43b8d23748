"""A role that may not create extensions gets the way out, not a traceback."""

import pytest
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.state import ProjectState

from wilayah.extensions import RequiredExtension

pytestmark = pytest.mark.django_db


def forwards(name: str) -> None:
    with connection.schema_editor(atomic=False) as editor:
        RequiredExtension(name).database_forwards("wilayah", editor, ProjectState(), ProjectState())


def lose_the_right(cursor) -> None:
    """An owner gives it up; a superuser, who cannot, becomes somebody else. Both until the test is rolled back."""
    cursor.execute("SELECT rolsuper, current_database() FROM pg_roles WHERE rolname = current_user")
    is_superuser, database = cursor.fetchone()
    if is_superuser:
        cursor.execute("CREATE ROLE powerless")
        cursor.execute("SET LOCAL ROLE powerless")
    else:
        cursor.execute(f'REVOKE CREATE ON DATABASE "{database}" FROM CURRENT_USER')


def test_an_extension_that_is_there_is_left_alone():
    forwards("pg_trgm")


def test_a_role_without_the_right_is_told_what_to_ask_for():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION unaccent")
        lose_the_right(cursor)

    with pytest.raises(CommandError) as refused, transaction.atomic():
        forwards("unaccent")

    assert "unaccent belum ada" in str(refused.value)
    assert "CREATE EXTENSION IF NOT EXISTS btree_gist;" in str(refused.value)


def test_an_extension_the_server_does_not_have_is_named():
    with pytest.raises(CommandError, match="Ekstensi PostgreSQL no_such_thing belum ada"), transaction.atomic():
        forwards("no_such_thing")
