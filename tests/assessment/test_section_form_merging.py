"""Two who fill in the same criterion: what both entered is merged, and asked where both changed one thing."""

import pytest
from django.http import QueryDict

from assessment.models import Assessment, Check
from outbox.uuid7 import uuid7
from outbox.words import Difference
from tests.assessment.factories import attach, start_assessment
from tests.assessment.section_forms import changed_elsewhere, posted, rebound, section


@pytest.fixture
def assessment(officer) -> Assessment:
    return start_assessment(officer=officer)


def test_caption_changed_elsewhere_too_shows_both(assessment):
    evidence = attach(assessment, "1.1", caption="Nota")
    name = f"1.1-{evidence.pk}-caption"

    form = section(assessment, "K1", {name: "Nota Mei", f"1.1-{evidence.pk}-base_caption": "nota.jpg"})

    assert not form.is_valid()
    assert form.is_stale
    assert form.rows[0].differences == [Difference("Keterangan", "Nota", "Nota Mei")]
    assert (form.data[name], form.data[f"1.1-{evidence.pk}-base_caption"]) == ("Nota Mei", "Nota")


def test_row_changed_elsewhere_and_not_here_follows(assessment):
    data = posted(assessment, "K1", {"1.2-level": "5"})
    changed_elsewhere(assessment, "1.1", level=2, note="Dari tempat lain.")

    form = rebound(assessment, "K1", data)

    assert form.is_valid()
    assert (form.entries()["1.1"].level, form.entries()["1.1"].note) == (2, "Dari tempat lain.")
    assert form.entries()["1.2"].level == 5


def test_row_changed_in_the_same_way_is_no_conflict(assessment):
    data = posted(assessment, "K1", {"1.1-level": "4"})
    changed_elsewhere(assessment, "1.1", level=4)

    assert rebound(assessment, "K1", data).is_valid()


def test_other_parts_of_a_row_are_merged(assessment):
    data = posted(assessment, "K1", {"1.1-note": "Catatan saya."})
    changed_elsewhere(assessment, "1.1", level=4)

    form = rebound(assessment, "K1", data)

    assert form.is_valid()
    assert (form.entries()["1.1"].level, form.entries()["1.1"].note) == (4, "Catatan saya.")


def test_level_changed_here_and_elsewhere_shows_both(assessment):
    data = posted(assessment, "K1", {"1.1-level": "4"})
    changed_elsewhere(assessment, "1.1", level=2)

    form = rebound(assessment, "K1", data)

    assert not form.is_valid()
    assert form.is_stale
    assert form.errors.get_json_data()["1.1-__all__"][0]["code"] == "stale"
    assert [(d.label, d.theirs, d.mine) for d in form.rows[0].differences] == [("Level", "2 Awal", "4 Kuat")]


def test_test_line_changed_here_and_elsewhere_shows_both(assessment):
    data = posted(assessment, "K2", {"2.1-benda-asing-value": "1"})
    changed_elsewhere(assessment, "2.1", level=None, checks={"2.1-benda-asing": Check.NO})
    changed_elsewhere(assessment, "2.1", level=None, checks={"2.1-rasa": 3})

    form = rebound(assessment, "K2", data)

    assert not form.is_valid()
    assert [(d.label, d.theirs, d.mine) for d in form.rows[0].differences] == [("Ada benda asing", "Tidak", "Ya")]


def test_second_informed_save_goes_through(assessment):
    data = posted(assessment, "K1", {"1.1-level": "4", "1.1-note": "Tetap."})
    changed_elsewhere(assessment, "1.1", level=2)
    shown_again = rebound(assessment, "K1", data)
    shown_again.is_valid()

    form = rebound(assessment, "K1", shown_again.data)

    assert form.is_valid()
    assert (form.entries()["1.1"].level, form.entries()["1.1"].note) == (4, "Tetap.")


def test_missing_revision_and_base_overwrite_nothing(assessment):
    changed_elsewhere(assessment, "1.1", level=2)
    data = QueryDict(mutable=True)
    data.update({"idempotency_key": str(uuid7()), "id": str(assessment.pk), "section": "K1", "1.1-level": "5"})

    form = rebound(assessment, "K1", data)

    assert not form.is_valid()
    assert form.is_stale
