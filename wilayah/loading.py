"""Brings the areas of a source into the database: one COPY, one upsert, in one transaction."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from wilayah.lines import Area
from wilayah.models import Edition, Wilayah
from wilayah.source import Source, SourceError

# More than this in one edition is rather a list cut short than a reform; nothing is closed then unless forced.
MOST_CLOSED = 500
_LOCK = 714_003_329  # any number no other advisory lock of ours uses
_COLUMNS = ", ".join(Area._fields)
_CHANGING = [field for field in Area._fields if field not in ("code", "level", "parent_id")]


@dataclass(frozen=True)
class Outcome:
    """What a load did to the areas. `known` is true where the edition was there already and nothing was read."""

    total: int
    added: int = 0
    changed: int = 0
    closed: int = 0
    known: bool = False


@transaction.atomic
def load(source: Source, *, on: datetime.date | None = None, force: bool = False) -> Outcome:
    """Make the areas equal to `source`; what left the list is closed with the day before `on` (default: today).

    Codes are never rewritten and rows never deleted. An edition that stands already is skipped at once. Raises
    SourceError, with nothing changed, for a broken list and for one that would close more than `MOST_CLOSED` areas;
    `force` reads the edition again and lets it close any number.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        edition = Edition.objects.order_by("loaded_at").last()
        if edition and edition.digest == source.digest and not force:
            return Outcome(total=edition.area_count, known=True)
        total = _copy(cursor, source.areas())
        added, changed = _upsert(cursor)
        closed = _close(cursor, (on or timezone.localdate()) - datetime.timedelta(days=1))
        if closed > MOST_CLOSED and not force:
            raise SourceError(
                f"{closed} wilayah tidak ada lagi dalam daftar {source.name}; mungkin berkasnya terpotong. Tidak ada"
                " yang diubah. Periksa berkasnya; bila memang benar, ulangi dengan --force."
            )
        _tidy_up(cursor)
    Edition.objects.create(name=source.name, digest=source.digest, area_count=total)
    return Outcome(total=total, added=added, changed=changed, closed=closed)


def _tidy_up(cursor) -> None:
    """Fresh statistics, and the search indexes in order: after a bulk insert a part of them is an unsorted list."""
    cursor.execute(f"ANALYZE {Wilayah._meta.db_table}")
    for index in Wilayah._meta.indexes:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index.name])


def _copy(cursor, areas: Iterable[Area]) -> int:
    """Fill the temporary table `incoming`; the number of its rows."""
    cursor.execute("DROP TABLE IF EXISTS incoming")
    cursor.execute(
        f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {_COLUMNS} FROM {Wilayah._meta.db_table} LIMIT 0"
    )
    with cursor.copy(f"COPY incoming ({_COLUMNS}) FROM STDIN") as rows:
        for area in areas:
            rows.write_row(area)
    total = cursor.rowcount
    if not total:
        raise SourceError("Daftar wilayah kosong; tidak ada yang diubah.")
    # Nothing else counts a temporary table; taken for small it would be read once for every area.
    cursor.execute("ANALYZE incoming")
    return total


def _upsert(cursor) -> tuple[int, int]:
    """Insert what is new, update what differs, open again what was closed; how many were added and changed."""
    present = ", ".join(f"area.{field}" for field in _CHANGING)
    incoming = ", ".join(f"excluded.{field}" for field in _CHANGING)
    cursor.execute(
        f"""
        WITH done AS (
            INSERT INTO {Wilayah._meta.db_table} AS area ({_COLUMNS})
            SELECT {_COLUMNS} FROM incoming
            ON CONFLICT (code) DO UPDATE SET ({", ".join(_CHANGING)}, valid_until) = ROW({incoming}, NULL)
            WHERE ({present}, area.valid_until) IS DISTINCT FROM ({incoming}, NULL)
            RETURNING xmax = 0 AS is_new
        )
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
        """
    )
    return cursor.fetchone()


def _close(cursor, last_day: datetime.date) -> int:
    """Close the areas that are not in the list any more; their number."""
    cursor.execute(
        f"""
        UPDATE {Wilayah._meta.db_table} AS area SET valid_until = %s
        WHERE valid_until IS NULL AND NOT EXISTS (SELECT FROM incoming WHERE incoming.code = area.code)
        """,
        [last_day],
    )
    return cursor.rowcount
