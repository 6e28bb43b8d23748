"""Loading editions one after the other: codes stay, names follow, what left the list is closed."""

import datetime

import pytest

from tests.wilayah.test_source import write
from wilayah import loading, source
from wilayah.loading import Outcome, load
from wilayah.models import Edition, Wilayah

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 2)
FEWER = "code,district_code,name\n33.29.01.2003,33.29.01,Bentarsari\n"
RENAMED = "code,regency_code,name\n33.29.01,33.29,Salem Raya\n"


def test_the_first_load_fills_the_table(tmp_path):
    outcome = load(source.find(write(tmp_path)))

    assert outcome == Outcome(total=5, added=5)
    assert Wilayah.objects.get(pk="33.29.01.2003").full_name == "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"
    assert Edition.objects.get().area_count == 5


def test_the_same_edition_is_skipped_without_reading(tmp_path, monkeypatch):
    edition = source.find(write(tmp_path))
    load(edition)
    monkeypatch.setattr(source.Source, "areas", lambda self: pytest.fail("read again"))

    assert load(edition) == Outcome(total=5, known=True)
    assert Edition.objects.count() == 1


def test_read_again_by_force_it_changes_no_row(tmp_path):
    edition = source.find(write(tmp_path))
    load(edition)
    before = list(Wilayah.objects.values())

    assert load(edition, force=True) == Outcome(total=5)
    assert list(Wilayah.objects.values()) == before


def test_what_left_the_list_is_closed_with_the_day_before_and_stays(tmp_path):
    load(source.find(write(tmp_path)))

    outcome = load(source.find(write(tmp_path, villages=FEWER)), on=DAY)

    assert outcome == Outcome(total=4, closed=1)
    assert Wilayah.objects.get(pk="33.29.01.2004").valid_until == datetime.date(2026, 5, 1)
    assert not Wilayah.objects.current(DAY).filter(pk="33.29.01.2004").exists()


def test_what_was_closed_keeps_its_day_and_opens_again_when_it_returns(tmp_path):
    load(source.find(write(tmp_path)))
    load(source.find(write(tmp_path, villages=FEWER)), on=DAY)
    load(source.find(write(tmp_path, villages=FEWER, districts=RENAMED)), on=DAY + datetime.timedelta(days=9))
    assert Wilayah.objects.get(pk="33.29.01.2004").valid_until == datetime.date(2026, 5, 1)

    outcome = load(source.find(write(tmp_path)))

    assert outcome == Outcome(total=5, changed=3)
    assert Wilayah.objects.get(pk="33.29.01.2004").valid_until is None


def test_a_new_name_reaches_the_children_and_the_search(tmp_path):
    load(source.find(write(tmp_path)))

    outcome = load(source.find(write(tmp_path, districts=RENAMED)))

    assert outcome == Outcome(total=5, changed=3)
    village = Wilayah.objects.get(pk="33.29.01.2003")
    assert village.full_name == "Desa Bentarsari, Kec. Salem Raya, Kab. Brebes, Jawa Tengah"
    assert " salem raya salemraya " in village.search_text


def test_a_list_cut_short_is_refused_and_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "MOST_CLOSED", 0)
    load(source.find(write(tmp_path)))
    short = source.find(write(tmp_path, villages=FEWER))

    with pytest.raises(source.SourceError, match="1 wilayah tidak ada lagi dalam daftar"):
        load(short)

    assert Wilayah.objects.filter(valid_until=None).count() == 5
    assert load(short, force=True).closed == 1


def test_an_empty_list_is_refused(tmp_path):
    files = dict.fromkeys(["provinces", "regencies", "districts", "villages"], "code,name\n")

    with pytest.raises(source.SourceError, match="kosong"):
        load(source.find(write(tmp_path, **files)))
