import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from outbox.records import address_of
from outbox.uuid7 import uuid7
from sentra.models import Sentra
from tests.factories import make_sentra


@pytest.fixture
def sentra(areas):
    sentra = make_sentra(name="Sale Pisang")
    sentra.refresh_from_db()
    return sentra


def test_new_record_has_revision_one(sentra):
    assert sentra.revision == 1
    assert sentra.changed_at is not None


def test_changed_column_raises_the_revision_and_the_time(sentra):
    before = sentra.changed_at

    Sentra.objects.filter(pk=sentra.pk).update(name="Sale Pisang Bentarsari")

    sentra.refresh_from_db()
    assert sentra.revision == 2
    assert sentra.changed_at > before


def test_saving_without_a_change_leaves_no_trace(sentra):
    before = (sentra.revision, sentra.changed_at)

    sentra.save()

    sentra.refresh_from_db()
    assert (sentra.revision, sentra.changed_at) == before
    assert history(sentra) == ["insert"]


def test_plain_sql_counts_too(sentra):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sentra_sentra SET name = 'Dari luar' WHERE id = %s", [sentra.pk])

    sentra.refresh_from_db()
    assert sentra.revision == 2


def test_nobody_sets_the_revision_by_hand(sentra):
    Sentra.objects.filter(pk=sentra.pk).update(revision=99)

    sentra.refresh_from_db()
    assert sentra.revision == 2


def test_every_version_is_kept(sentra):
    pk = sentra.pk
    Sentra.objects.filter(pk=pk).update(name="Nama lain")
    Sentra.objects.filter(pk=pk).delete()

    assert history(sentra) == ["insert", "update", "delete"]
    names = apps.get_model("sentra", "SentraEvent").objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    assert list(names.values_list("name", flat=True)) == ["Sale Pisang", "Nama lain", "Nama lain"]


def history(sentra):
    """The kinds of change kept for `sentra`, oldest first."""
    events = apps.get_model("sentra", "SentraEvent").objects.filter(pgh_obj_id=sentra.pk).order_by("pgh_id")
    return list(events.values_list("pgh_label", flat=True))


@pytest.mark.parametrize("name", ["ikm:detail", "sentra:edit", "note:withdraw"])
def test_an_address_is_what_reverse_says(name):
    keys = [uuid7(), uuid7()]

    assert [address_of(name, key) for key in keys] == [reverse(name, args=[key]) for key in keys]
