import pytest

from ovop_site.embedded_postgres import locking
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError


def test_second_start_waits_and_then_says_so(tmp_path):
    path = tmp_path / "kunci"

    with (
        locking.exclusively(path, patience=1),
        pytest.raises(EmbeddedPostgresError, match="Proses lain sedang menyiapkan"),
        locking.exclusively(path, patience=0.1),
    ):
        pass

    with locking.exclusively(path, patience=0):
        pass


def test_last_user_to_leave_knows_it(tmp_path):
    path = tmp_path / "pemakai"
    first, second = locking.share(path), locking.share(path)

    with first:
        assert locking.leave(first) is False
    with second:
        assert locking.leave(second) is True


def test_held_file_cannot_be_held_twice(tmp_path):
    path = tmp_path / "satu"

    with locking.hold(path):
        assert locking.hold(path) is None

    with locking.hold(path) as again:
        assert again is not None


def test_folder_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(EmbeddedPostgresError, match=f"Folder data {tmp_path}/tidak-ada tidak dapat ditulisi"):
        locking.share(tmp_path / "tidak-ada" / "pemakai")
