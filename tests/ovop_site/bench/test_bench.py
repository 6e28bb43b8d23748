"""A very small bench, built and asked in this process, so that `make bench` still works when it is wanted."""

import gzip
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count

from assessment import chain
from assessment.models import Assessment, Score
from ovop_site.bench import bare, build, bulk, judged, writing
from ovop_site.bench.browser import Answer
from ovop_site.bench.cast import Cast
from ovop_site.bench.country import Scale, kabupaten_list
from ovop_site.bench.lines import lines_of
from ovop_site.bench.place import HOST
from ovop_site.bench.saving import ScoreSaver
from sentra.models import IKM, Product, Sentra, YearlyFigures
from sentra.reference import load_reference

IKM_COUNT = 200


@pytest.fixture
def bench(areas, settings) -> Cast:
    """200 IKM in the areas of the tests."""
    settings.ALLOWED_HOSTS = [HOST]
    load_reference()
    call_command("load_instrument", verbosity=0)
    build.fill(Scale(IKM_COUNT), say=lambda line: None)
    return Cast(IKM_COUNT)


class InProcess:
    """Stands in for `browser.Browser`."""

    def __init__(self, client) -> None:
        self.client = client

    def get(self, path: str) -> Answer:
        return self._answer(self.client.get(path))

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        return self._answer(self.client.post(path, fields))

    def _answer(self, response) -> Answer:
        body = gzip.compress(response.content)
        return Answer(response.status_code, body, True, response.headers.get("Location", ""), seconds=0)


def test_a_small_bench_is_built_and_every_line_of_it_answers(bench, monkeypatch):
    monkeypatch.setattr(bare, "ROUNDS", 1)
    monkeypatch.setattr(writing, "COPIED", 10)
    monkeypatch.setattr(writing, "UPDATES", 3)

    assert (IKM.objects.count(), YearlyFigures.objects.count()) == (IKM_COUNT, 3 * IKM_COUNT)
    assert build.is_built(Scale(IKM_COUNT))
    _assert_as_the_triggers_would_have_it()

    clients = {who: bench.client(user) for who, user in bench.users.items()}
    lines = lines_of(bench)
    floors = [bare.floor_of(clients[line.who], line.paths[0], line.accept) for line in lines]
    assert all(floor.queries and floor.sql for floor in floors)

    saver = ScoreSaver(InProcess(clients["petugas draf"]), f"/penilaian/{bench.drafts[0].pk}/lembar/")
    assert [saver(number).status for number in range(3)] == [303, 303, 303]
    scores = Score.objects.filter(sheet__assessment=bench.drafts[0], indicator__code__startswith="1.")
    assert set(scores.values_list("level", flat=True)) == {2}

    assert [cost.table for cost in writing.costs()] == ["sentra_ikm", "sentra_yearlyfigures"]
    assert IKM.objects.count() == IKM_COUNT


def _assert_as_the_triggers_would_have_it():
    """Rows that came by COPY have their first version, their size class, and a whole chain of decisions."""
    for event in bulk.event_models([Sentra, IKM, Product, YearlyFigures]):
        assert event.objects.filter(pgh_label="insert").count() == event.pgh_tracked_model.objects.count()
    assert not IKM.objects.filter(size_class="").exists()
    states = Assessment.objects.values_list("state").annotate(count=Count("pk"))
    assert {state for state, _count in states} == set(judged.STATES)
    assert chain.first_break() is None


def test_the_same_seed_places_firms_the_same_way(areas):
    assert kabupaten_list() == kabupaten_list()


def test_more_firms_mean_more_of_everything():
    small, large = Scale(10_000), Scale(1_000_000)

    assert (large.sentra, large.products, large.largest_sentra) == (20_000, 200_000, 5_000)
    assert replace(small, ikm=1_000_000) == large
