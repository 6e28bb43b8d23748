import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from files.intake import check, store
from files.models import StoredFile
from files.removal import find_orphans, remove
from tests.factories import make_photo, make_sentra, make_user
from tests.files import samples


@pytest.fixture
def stored(areas):
    return store(check(samples.upload(samples.jpeg())), by=make_user())


def contents(stored):
    return stored.contents


def is_kept(names):
    return [default_storage.exists(name) for name in names]


def make_old(storage_name):
    path = Path(default_storage.path(storage_name))
    os.utime(path, (0, 0))


def test_remove_deletes_the_row_at_once_and_the_bytes_after_the_commit(stored, django_capture_on_commit_callbacks):
    names = [field.name for field in contents(stored)]

    with django_capture_on_commit_callbacks() as callbacks:
        assert remove(stored)
    assert (StoredFile.objects.count(), is_kept(names)) == (0, [True, True, True])

    for callback in callbacks:
        callback()
    assert is_kept(names) == [False, False, False]


def test_remove_keeps_what_a_record_still_needs(stored, django_capture_on_commit_callbacks):
    make_photo(file=stored, sentra=make_sentra())
    names = [field.name for field in contents(stored)]

    with django_capture_on_commit_callbacks(execute=True):
        assert not remove(stored)

    assert (StoredFile.objects.count(), is_kept(names)) == (1, [True, True, True])


@pytest.fixture
def orphan(stored):
    """Bytes beside those of a file, without a row, from long ago."""
    folder = stored.original.name.split("/")[0]
    name = default_storage.save(f"{folder}/{'x' * 32}", ContentFile(b"sisa"))
    make_old(name)
    return name


def test_find_orphans_names_old_bytes_without_a_row(orphan):
    assert [(found.path, found.size) for found in find_orphans(default_storage)] == [(orphan, 4)]


def test_find_orphans_leaves_old_bytes_with_a_row(stored):
    for field in contents(stored):
        make_old(field.name)

    assert list(find_orphans(default_storage)) == []


def test_find_orphans_leaves_what_may_still_get_a_row(stored):
    default_storage.save(f"{stored.original.name.split('/')[0]}/{'x' * 32}", ContentFile(b"baru"))

    assert list(find_orphans(default_storage)) == []


@pytest.mark.parametrize("name", ["catatan.txt", "lain/catatan.txt", f"abcdef01/{'x' * 31}", f"abcdefgh/{'x' * 32}"])
def test_find_orphans_leaves_what_is_not_ours(db, name):
    make_old(default_storage.save(name, ContentFile(b"milik orang")))

    assert list(find_orphans(default_storage)) == []


def test_find_orphans_of_a_storage_nobody_used(db):
    assert list(find_orphans(default_storage)) == []


def test_clean_files_removes_orphans_and_counts_them(orphan, stored):
    out = StringIO()

    call_command("clean_files", stdout=out)

    assert out.getvalue() == "Dihapus: 1 berkas tak bertuan, 0 kB.\n"
    assert not default_storage.exists(orphan)
    assert is_kept(field.name for field in contents(stored)) == [True, True, True]


def test_clean_files_dry_run_only_names_them(orphan):
    out = StringIO()

    call_command("clean_files", "--dry-run", stdout=out)

    assert out.getvalue() == f"{orphan}\nAkan dihapus: 1 berkas tak bertuan, 0 kB.\n"
    assert default_storage.exists(orphan)
