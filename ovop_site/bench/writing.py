"""What triggers and indexes cost a write: the same statements as things stand, without triggers, without indexes too.

Everything happens in transactions that are rolled back, on the large tables as they are.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from outbox.uuid7 import uuid7
from ovop_site.bench import bulk

Preparation = Callable[[CursorWrapper, str], None]

UPDATES = 200
COPIED = 10_000

AS_IS, NO_TRIGGERS, NOTHING = "pemicu dan indeks", "tanpa pemicu", "tanpa keduanya"


@dataclass(frozen=True)
class Writing:
    """Milliseconds of one UPDATE, and rows per second of a COPY, by what was on the table."""

    table: str
    update: dict[str, float]
    copy: dict[str, float]


# Per table: what an UPDATE changes, and what makes copied rows others than those that are there.
TABLES = {
    "sentra_ikm": (
        "address = address || '.'",
        "id = gen_random_uuid(), nib = '', is_anchor = false",
    ),
    "sentra_yearlyfigures": (
        "material_value = material_value + 1",
        "id = gen_random_uuid(), year = year - 20",
    ),
}


def costs() -> list[Writing]:
    return [
        Writing(
            table,
            update={state: _update(table, change, prepare) for state, prepare in STATES.items()},
            copy={state: _copy(table, renewal, prepare) for state, prepare in STATES.items()},
        )
        for table, (change, renewal) in TABLES.items()
    ]


def _update(table: str, change: str, prepare: Preparation) -> float:
    """Milliseconds of one UPDATE by its key, the median of many; without what a COMMIT waits for."""
    with _undone() as cursor:
        cursor.execute(f"SELECT id FROM {table} TABLESAMPLE SYSTEM (1) LIMIT %s", [UPDATES])
        keys = cursor.fetchall() or _first_keys(cursor, table)
        prepare(cursor, table)
        return median(_timed(cursor, f"UPDATE {table} SET {change} WHERE id = %s", key) for key in keys) * 1000


def _copy(table: str, renewal: str, prepare: Preparation) -> float:
    """Rows per second of one COPY, with the foreign keys that would be checked at the COMMIT."""
    with _undone() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bench_rows ON COMMIT DROP AS SELECT * FROM {table} LIMIT {COPIED}")
        cursor.execute(f"UPDATE bench_rows SET {renewal}")
        rows = cursor.rowcount
        with cursor.copy("COPY bench_rows TO STDOUT") as copy:
            text = b"".join(bytes(block) for block in copy)
        prepare(cursor, table)
        began = time.perf_counter()
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(text)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return rows / (time.perf_counter() - began)


@contextmanager
def _undone() -> Iterator[CursorWrapper]:
    """With a context for the history, as every page and every import sets one; a COPY needs it by a statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
            [str(uuid7()), '{"source": "bench"}'],
        )
        yield cursor
        transaction.set_rollback(True)


def _as_is(cursor: CursorWrapper, table: str) -> None:
    pass


def _without_triggers(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def _without_both(cursor: CursorWrapper, table: str) -> None:
    bulk.strip(cursor, [table])


STATES = {AS_IS: _as_is, NO_TRIGGERS: _without_triggers, NOTHING: _without_both}


def _first_keys(cursor: CursorWrapper, table: str) -> list[tuple]:
    cursor.execute(f"SELECT id FROM {table} LIMIT %s", [UPDATES])
    return cursor.fetchall()


def _timed(cursor: CursorWrapper, statement: str, parameters: tuple) -> float:
    began = time.perf_counter()
    cursor.execute(statement, parameters)
    return time.perf_counter() - began
