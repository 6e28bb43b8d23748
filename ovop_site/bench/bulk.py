"""Loading many rows at once: COPY into tables without their indexes, keys and triggers, which come back afterwards.

What the triggers would have written is written in one statement per table: the history by `write_events`, and every
other column a trigger fills is in the copied rows already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import NOT_PROVIDED
from pghistory.models import Event
from psycopg import sql

from sentra.models.words import keeping_new_words

Row = tuple[Any, ...]

# What can be dropped and made again by its definition: foreign keys, and indexes that no constraint stands on.
FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
      FROM pg_index WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


@dataclass(frozen=True)
class Stripped:
    """Tables without their foreign keys, indexes and triggers, and how to make these again."""

    tables: Sequence[str]
    keys: Sequence[tuple[str, str, str]]
    indexes: Sequence[tuple[str, str]]


def strip(cursor: CursorWrapper, tables: Sequence[str]) -> Stripped:
    """Take foreign keys, indexes and triggers of `tables` away, until `dress`.

    Call it inside a transaction, so that an interruption leaves everything as it was.
    """
    cursor.execute(FOREIGN_KEYS, [list(tables)])
    keys = cursor.fetchall()
    cursor.execute(INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    for table, name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return Stripped(tables, keys, indexes)


def dress(cursor: CursorWrapper, stripped: Stripped) -> None:
    """Make again what `strip` took away; the foreign keys check every row."""
    for _name, definition in stripped.indexes:
        cursor.execute(definition)
    for table, name, definition in stripped.keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in stripped.tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def copy_rows(cursor: CursorWrapper, model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """COPY `rows` (values of `columns`, the attribute names of fields) into the table of `model`; how many there were.

    Columns that are not named and may not be NULL get the default of their field.
    """
    rest = _defaults(model, columns)
    names = [model._meta.get_field(name).column for name in (*columns, *rest)]
    constants = tuple(rest.values())
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    count = 0
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row + constants)
            count += 1
    return count


def _defaults(model: type[models.Model], columns: Sequence[str]) -> dict[str, Any]:
    """Attribute names and values of the fields that COPY must be told, though nobody chose anything for them."""
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if field.attname not in columns
        and not field.null
        and field.db_default is NOT_PROVIDED
        and not isinstance(field, models.AutoField)
        and not field.generated
    }


def event_models(tracked: Sequence[type[models.Model]]) -> list[type[Event]]:
    """The tables of versions of these models."""
    events = (model for model in apps.get_models() if issubclass(model, Event) and not model._meta.proxy)
    return [model for model in events if getattr(model, "pgh_tracked_model", None) in tracked]


def write_events(cursor: CursorWrapper, event: type[Event]) -> int:
    """Give every row of the tracked table that has no version its first one, as the insert trigger would; how many.

    The context (who, where) is the one that the table `bench_context` names for the user who entered the row.
    """
    table = event.pgh_tracked_model._meta.db_table
    attributes = {field.attname for field in event.pgh_tracked_model._meta.concrete_fields}
    kept = [field.column for field in event._meta.concrete_fields if not field.name.startswith("pgh_")]
    is_signed = "created_by_id" in attributes
    values = {
        "pgh_created_at": "row.created_at" if "created_at" in attributes else "now()",
        "pgh_label": "'insert'",
        "pgh_obj_id": f'row."{event.pgh_tracked_model._meta.pk.column}"',
        "pgh_context_id": "context.id" if is_signed else "NULL",
        **{f'"{column}"': f'row."{column}"' for column in kept},
    }
    join = "LEFT JOIN bench_context context ON context.user_id = row.created_by_id" if is_signed else ""
    cursor.execute(
        f"INSERT INTO {event._meta.db_table} ({', '.join(values)})"
        f" SELECT {', '.join(values.values())} FROM {table} row {join}"
        f" WHERE NOT EXISTS (SELECT FROM {event._meta.db_table} kept WHERE kept.pgh_obj_id = {values['pgh_obj_id']})"
    )
    return cursor.rowcount


def write_words(cursor: CursorWrapper, tables: Mapping[str, Sequence[str]]) -> int:
    """Keep the words in these columns of tables, as the triggers of names would; how many were new."""
    texts = [f"SELECT concat_ws(' ', {', '.join(columns)}) AS text FROM {table}" for table, columns in tables.items()]
    cursor.execute(keeping_new_words(f"({' UNION ALL '.join(texts)}) AS named"))
    return cursor.rowcount


def vacuum(tables: Sequence[str]) -> None:
    """What autovacuum does in the hours after a large load: statistics, and the map that index-only scans need."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
