"""Filling an empty database with the catalogue of a bench.

1. people: in every kabupaten an officer and two verifiers, a verifier per province, a national leader;
2. the catalogue by COPY into bare tables, with the first version of every row in the history;
3. assessments: a few through the real steps, the others as copies of them;
4. changes through the triggers: results of the decisions, and new addresses, so that histories have several versions;
5. statistics.

Everything but the last step is one transaction, so a database is filled or empty.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from pghistory.models import Context

from accounts.models import Duty, User
from accounts.permissions import Role
from files.models import StoredFile
from outbox.uuid7 import uuid7
from ovop_site import set_up
from ovop_site.bench import bulk, judged, rows
from ovop_site.bench.country import Kabupaten, Scale, kabupaten_list
from ovop_site.bench.judged import Cast
from ovop_site.models import SetUpStep
from sentra.models import IKM, Certificate, Contact, Photo, Product, Sentra, SizeRule, YearlyFigures

Say = Callable[[str], None]

STEP = "bench"
PASSWORD = "hanya-di-bangku-uji"
# What the data depend on: another schema or another way to make them asks for new ones.
SOURCES = ("words", "country", "rows", "bulk", "judged", "build")

# The tables and columns whose words the triggers of names keep.
NAMED = {"sentra_sentra": ["name", "commodity"], "sentra_ikm": ["name"], "sentra_product": ["name"]}


@dataclass(frozen=True)
class Table:
    """One table of the catalogue: its model, the columns that are given, and the method of `rows.Catalogue`."""

    model: type[models.Model]
    columns: Sequence[str]
    source: str


def catalogue_tables() -> list[Table]:
    """In an order in which each finds what it refers to."""
    return [
        Table(Sentra, rows.SENTRA_COLUMNS, "sentra"),
        Table(IKM, rows.IKM_COLUMNS, "ikm"),
        Table(Contact, rows.CONTACT_COLUMNS, "contacts"),
        Table(Product, rows.PRODUCT_COLUMNS, "products"),
        Table(Certificate, rows.CERTIFICATE_COLUMNS, "certificates"),
        Table(StoredFile, rows.FILE_COLUMNS, "stored_files"),
        Table(Photo, rows.PHOTO_COLUMNS, "photos"),
        Table(YearlyFigures, rows.FIGURES_COLUMNS, "figures"),
    ]


def fingerprint(scale: Scale) -> str:
    """Changes with the schema, with the way the data are made, and with their number."""
    here = Path(__file__).parent.relative_to(settings.BASE_DIR)
    migrations = (f"{app}/migrations" for app in ("accounts", "outbox", "files", "sentra", "assessment"))
    return f"{scale.ikm}-{set_up.fingerprint([*migrations, *(f'{here}/{name}.py' for name in SOURCES)])[:40]}"


def build(scale: Scale, say: Say) -> None:
    """Fill the database, which holds areas, reference data and the instrument already; then the statistics."""
    fill(scale, say)
    bulk.vacuum([model._meta.db_table for model in apps.get_models() if not model._meta.proxy and model._meta.managed])


@transaction.atomic
def fill(scale: Scale, say: Say) -> None:
    """Steps 1 to 4."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL synchronous_commit = off")
        places = kabupaten_list()
        casts = make_people(places)
        _note_contexts(cursor)
        _load_catalogue(cursor, scale, places, casts, say)
        _load_assessments(cursor, scale, casts, say)
        _change(cursor, casts, say)
        SetUpStep.objects.update_or_create(name=STEP, defaults={"fingerprint": fingerprint(scale)})


def is_built(scale: Scale) -> bool:
    return SetUpStep.objects.filter(name=STEP, fingerprint=fingerprint(scale)).exists()


def make_people(places: Sequence[Kabupaten]) -> dict[str, Cast]:
    """The cast of each kabupaten by its code, besides a verifier per province and the leader `pimpinan`."""
    password = make_password(PASSWORD)
    since = date(2024, 1, 1)
    posts = [("pimpinan", Role.LEADER, None)]
    posts += [(f"verifikator-{code}", Role.VERIFIER, code) for code in sorted({place.code[:2] for place in places})]
    for place in places:
        posts.append((f"petugas-{place.code}", Role.OFFICER, place.code))
        posts += [(f"verifikator{number}-{place.code}", Role.VERIFIER, place.code) for number in (1, 2)]
    people = User.objects.bulk_create(
        User(username=username, name=username.capitalize(), password=password) for username, _role, _area in posts
    )
    keys = {person.username: person.pk for person in people}
    Duty.objects.bulk_create(
        Duty(user_id=keys[username], role=role, wilayah_id=area, valid_from=since) for username, role, area in posts
    )
    return {
        place.code: Cast(
            keys[f"petugas-{place.code}"], keys[f"verifikator1-{place.code}"], keys[f"verifikator2-{place.code}"]
        )
        for place in places
    }


def _note_contexts(cursor: CursorWrapper) -> None:
    """One context of the history per user, in a table that lives as long as the transaction."""
    users = list(User.objects.values_list("pk", flat=True))
    contexts = Context.objects.bulk_create(
        Context(id=uuid7(), metadata={"user": user, "url": "/ikm/baru/"}) for user in users
    )
    cursor.execute("CREATE TEMP TABLE bench_context (user_id bigint PRIMARY KEY, id uuid) ON COMMIT DROP")
    with cursor.copy("COPY bench_context FROM STDIN") as copy:
        for user, context in zip(users, contexts, strict=True):
            copy.write_row((user, context.pk))


def _load_catalogue(
    cursor: CursorWrapper, scale: Scale, places: Sequence[Kabupaten], casts: dict[str, Cast], say: Say
) -> None:
    officers = {code: cast.officer for code, cast in casts.items()}
    catalogue = rows.Catalogue(scale, places, officers, _classifier(), timezone.localdate())
    tables = catalogue_tables()
    with _loading(cursor, [table.model for table in tables], say):
        for table in tables:
            source = getattr(catalogue, table.source)
            with _timed(say, f"COPY {table.model._meta.verbose_name}") as done:
                done(bulk.copy_rows(cursor, table.model, table.columns, source()))
    with _timed(say, "Kata dalam nama") as done:
        done(bulk.write_words(cursor, NAMED))


def _classifier() -> Callable[[int, int], str]:
    """The class of a firm by the thresholds in the database, as the trigger of the figures finds it."""
    rules = list(SizeRule.objects.all())

    def size_class(workers: int, investment: int) -> str:
        for rule in rules:
            if rule.workers_from <= workers <= (rule.workers_to or workers) and rule.investment_from <= investment <= (
                rule.investment_to or investment
            ):
                return rule.size_class
        return ""

    return size_class


def _load_assessments(cursor: CursorWrapper, scale: Scale, casts: dict[str, Cast], say: Say) -> None:
    with _timed(say, "Penilaian lewat langkah sungguhan") as done:
        patterns = judged.make_patterns(casts)
        done(len(patterns))
    copies = judged.make_copies(patterns, casts, scale.assessments)
    with _loading(cursor, judged.KINDS, say):
        for kind in judged.KINDS:
            with _timed(say, f"COPY {kind._meta.verbose_name}") as done:
                done(bulk.copy_rows(cursor, kind, copies.columns(kind), copies.copied(kind)))
    copies.finish()
    for kind in judged.KINDS:
        if isinstance(kind._meta.pk, models.AutoField):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {kind._meta.db_table}))",
                [kind._meta.db_table],
            )


def _change(cursor: CursorWrapper, casts: dict[str, Cast], say: Say) -> None:
    """Two plain statements, every trigger on: results, and of each province one firm in 128 has moved."""
    verifier = next(iter(casts.values())).verifier
    with pghistory.context(user=verifier, url="/penilaian/"), _timed(say, "Hasil penilaian pada produk") as done:
        cursor.execute(
            """
            UPDATE sentra_product product
               SET star = decision.star, star_authority = decision.authority, star_until = decision.valid_until
              FROM assessment_decision decision JOIN assessment_assessment assessment
                ON assessment.id = decision.assessment_id AND assessment.state = 'decided'
             WHERE product.id = assessment.product_id AND product.star IS NULL AND decision.kind = 'penetapan'
            """
        )
        done(cursor.rowcount)
    with pghistory.context(user=verifier, url="/ikm/"), _timed(say, "IKM pindah alamat") as done:
        cursor.execute(
            """
            WITH placed AS (
                SELECT id, row_number() OVER (PARTITION BY left(wilayah_id, 2) ORDER BY id) AS place FROM sentra_ikm
            )
            UPDATE sentra_ikm ikm SET address = 'Jl. Baru ' || right(nib, 3)
              FROM placed WHERE placed.id = ikm.id AND mod(place, 128) = 1
            """
        )
        done(cursor.rowcount)


@contextmanager
def _loading(cursor: CursorWrapper, kinds: Sequence[type[models.Model]], say: Say) -> Iterator[None]:
    """The tables of `kinds` and of their versions stripped while the block runs; then the first versions, and all else.

    Keys that were to be checked at the end of the transaction are checked at once: a table with such a debt cannot be
    altered.
    """
    events = bulk.event_models(kinds)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    stripped = bulk.strip(cursor, [model._meta.db_table for model in (*kinds, *events)])
    yield
    for event in events:
        with _timed(say, f"Riwayat {event.pgh_tracked_model._meta.verbose_name}") as done:
            done(bulk.write_events(cursor, event))
    with _timed(say, "Indeks, kunci asing, pemicu"):
        bulk.dress(cursor, stripped)


@contextmanager
def _timed(say: Say, label: str) -> Iterator[Callable[[int], None]]:
    """Says how long the block took, and how many rows it made, where it told that."""
    counts: list[int] = []
    began = time.monotonic()
    yield counts.append
    rows = f"{counts[0]:,} baris".replace(",", ".") if counts else ""
    say(f"  {label:<40} {rows:>18} {time.monotonic() - began:7.1f} detik")
