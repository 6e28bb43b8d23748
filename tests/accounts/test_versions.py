"""Reading the history: what is one change, who made it, from where, and page by page."""

import pghistory
import pytest
from django.db import connection

from accounts import history, versions
from accounts.versions import Change, Origin
from sentra.models import Photo, Sentra
from tests.factories import make_file, make_photo, make_sentra


@pytest.fixture
def sentra(areas):
    return make_sentra(name="A")


def rename(row, *names):
    for name in names:
        Sentra.objects.filter(pk=row.pk).update(name=name)


def told(page):
    """(kind, name before, name after) of each change."""
    return [(one.kind, one.before and one.before.name, one.after.name) for one in page.changes]


def test_versions_are_read_from_the_newest_to_the_first(sentra):
    rename(sentra, "B", "C")

    page = versions.read(versions.versions_of(sentra))

    assert told(page) == [("update", "B", "C"), ("update", "A", "B"), ("insert", None, "A")]
    assert page.older is None


def test_what_one_request_did_in_several_statements_is_one_change(sentra):
    with pghistory.context(url="/sentra/ubah/"):
        rename(sentra, "B", "C")

    page = versions.read(versions.versions_of(sentra))

    assert told(page) == [("update", "A", "C"), ("insert", None, "A")]
    assert page.changes[0].revisions == range(2, 4)


def test_pages_neither_repeat_nor_leave_out(sentra, monkeypatch):
    monkeypatch.setattr(versions, "PER_PAGE", 3)
    rename(sentra, *"BCDEFGH")

    first = versions.read(versions.versions_of(sentra))
    second = versions.read(versions.versions_of(sentra), before=first.older)
    third = versions.read(versions.versions_of(sentra), before=second.older)

    assert [name for page in (first, second, third) for _kind, _before, name in told(page)] == list("HGFEDCBA")
    assert told(first)[-1] == ("update", "E", "F")
    assert third.older is None


def test_a_change_is_not_cut_in_two_by_the_end_of_a_page(sentra, monkeypatch):
    monkeypatch.setattr(versions, "PER_PAGE", 3)
    with pghistory.context(url="/a/"):
        rename(sentra, "B", "C")
    with pghistory.context(url="/b/"):
        rename(sentra, "D", "E")

    first = versions.read(versions.versions_of(sentra))
    second = versions.read(versions.versions_of(sentra), before=first.older)

    assert told(first) == [("update", "C", "E")]
    assert told(second) == [("update", "A", "C"), ("insert", None, "A")]


def test_rows_of_several_are_each_compared_with_themselves(sentra, officer):
    photos = [make_photo(sentra=sentra, file=make_file(by=officer), caption=caption) for caption in ("Satu", "Dua")]
    for photo in photos:
        Photo.objects.filter(pk=photo.pk).update(caption=f"{photo.caption} lagi")
    photos[0].delete()

    page = versions.read(Photo.pgh_event_model.objects.filter(sentra_id=sentra.pk))

    assert [(one.kind, one.before and one.before.caption, one.after.caption) for one in page.changes] == [
        ("delete", "Satu lagi", "Satu lagi"),
        ("update", "Dua", "Dua lagi"),
        ("update", "Satu", "Satu lagi"),
        ("insert", None, "Dua"),
        ("insert", None, "Satu"),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_costs_the_same_for_one_and_for_three(sentra, rows, monkeypatch, django_assert_num_queries):
    rename(sentra, *"BCD"[:rows])

    with django_assert_num_queries(1):
        versions.read(versions.versions_of(sentra))
    monkeypatch.setattr(versions, "PER_PAGE", rows)
    with django_assert_num_queries(2):
        versions.read(versions.versions_of(sentra))


@pytest.mark.parametrize(
    ("context", "origin"),
    [
        ({"url": "/sentra/x/ubah/"}, Origin("halaman", "halaman")),
        ({"url": "/admin/sentra/sentra/"}, Origin("admin", "halaman admin")),
        ({"source": "command", "name": "demo"}, Origin("perintah", "perintah demo")),
        ({"source": "import", "name": "sentra.xlsx", "url": "/impor/"}, Origin("impor", "impor sentra.xlsx")),
        ({}, Origin("lain", "langsung di basis data")),
    ],
)
def test_origin_is_read_from_the_context(sentra, context, origin):
    with pghistory.context(**context):
        rename(sentra, "B")

    assert versions.origin_of(versions.versions_of(sentra).first()) == origin


def test_without_a_context_it_came_from_the_database(sentra):
    version = versions.versions_of(sentra).first()

    assert (versions.context_of(version), versions.origin_of(version).kind) == ({}, "lain")


def test_named_tells_whose_import_it_is(sentra, officer):
    with history.named("import", "sentra.xlsx", by=officer):
        rename(sentra, "B")

    found = versions.versions_of(sentra)
    assert versions.names_of(found) == {officer.pk: str(officer)}
    assert versions.origin_of(found.first()).words == "impor sentra.xlsx"
    assert versions.actors_since(sentra, 1) == [str(officer)]
    assert versions.actors_since(sentra, 2) == []


def test_version_at_is_the_row_as_it_was(sentra):
    rename(sentra, "B")

    assert versions.version_at(sentra, 1).name == "A"
    assert (versions.version_at(sentra, None), versions.version_at(sentra, 9)) == (None, None)


def test_change_of_a_row_that_began_passed_through_its_first_revisions(sentra):
    version = versions.versions_of(sentra).first()

    assert Change("insert", None, version).revisions == range(1, 2)


def test_among_many_versions_those_of_a_row_are_found_by_an_index(sentra):
    columns = ", ".join(field.column for field in Sentra.pgh_event_model._meta.concrete_fields if not field.primary_key)
    others = columns.replace("pgh_obj_id", "gen_random_uuid()")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO sentra_sentraevent ({columns})"
            f" SELECT {others} FROM sentra_sentraevent, generate_series(1, 5000)"
        )
        cursor.execute("ANALYZE sentra_sentraevent")
    found = versions.versions_of(sentra)

    for rows in (found[: versions.PER_PAGE + 1], found.filter(pgh_id__lt=10**6)[:21], found.filter(revision=1)):
        plan = rows.explain()
        assert "pgh_obj_id" in plan and "Seq Scan on sentra_sentraevent" not in plan, plan
