import pytest

from sentra.models import YearlyFigures
from sentra.plausibility import Hint, hints, told

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("figures", "sentences"),
    [
        (
            {"material_value": 3 * MILLION, "production_value": 2 * MILLION},
            ["Nilai bahan baku (3.000.000) lebih besar daripada nilai produksi (2.000.000)."],
        ),
        ({"material_value": 2 * MILLION, "production_value": 2 * MILLION}, []),
        ({"material_value": 2 * MILLION}, []),
        (
            {"export_value": 3 * MILLION, "production_value": 2 * MILLION},
            ["Nilai ekspor (3.000.000) lebih besar daripada nilai produksi (2.000.000)."],
        ),
        (
            {"units": 12, "workers_men": 5, "workers_women": 7},
            ["Jumlah tenaga kerja sama dengan jumlah unit usaha (12). Apakah tenaga kerjanya sudah dihitung?"],
        ),
        ({"units": 12, "workers_unsplit": 4}, ["Tenaga kerja (4) lebih sedikit daripada unit usaha (12)."]),
        ({"units": 12, "workers_unsplit": 40}, []),
        ({"workers_unsplit": 4}, []),
        (
            {"investment": 45_000},
            ["Nilai investasi hanya Rp 45.000. Apakah ditulis dalam ribuan atau jutaan?"],
        ),
        ({"investment": 0}, []),
    ],
)
def test_what_does_not_fit_within_a_year(figures, sentences):
    assert hints([YearlyFigures(year=2024, **figures)]) == [Hint(2024, sentence) for sentence in sentences]


@pytest.mark.parametrize(
    ("before", "now", "sentences"),
    [
        (10, 50, []),
        (10, 51, ["Tenaga kerja 51, lebih dari lima kali tahun 2023 (10)."]),
        (50, 10, []),
        (51, 10, ["Tenaga kerja 10, kurang dari seperlima tahun 2023 (51)."]),
        (0, 51, []),
        (51, 0, []),
        (None, 51, []),
    ],
)
def test_a_leap_of_more_than_five_times(before, now, sentences):
    rows = [YearlyFigures(year=2023, workers_unsplit=before), YearlyFigures(year=2024, workers_unsplit=now)]

    assert hints(rows) == [Hint(2024, sentence) for sentence in sentences]


def test_volumes_are_compared_in_one_unit_only():
    kilograms = YearlyFigures(year=2023, volume=10_000, volume_unit="kg")
    tonnes = YearlyFigures(year=2024, volume=12, volume_unit="ton")

    assert hints([kilograms, tonnes]) == []


def test_only_the_year_before_is_compared():
    rows = [YearlyFigures(year=2020, units=1), YearlyFigures(year=2024, units=100)]

    assert hints(rows) == []


def test_the_latest_year_comes_first():
    rows = [YearlyFigures(year=year, export_value=1) for year in (2021, 2024)]

    assert [hint.year for hint in hints(rows)] == [2024, 2021]


def test_what_was_checked_is_quiet_until_a_figure_of_it_changes_also_that_of_the_year_before():
    before, now = YearlyFigures(year=2023, workers_unsplit=10), YearlyFigures(year=2024, workers_unsplit=60)
    now.hints_checked = hints([before, now])[0].sentence

    quiet = told([before, now])
    before.workers_unsplit = 11
    speaking = told([before, now])

    assert ([hint.year for hint in quiet.checked], quiet.speaking) == ([2024], [])
    assert ([hint.year for hint in speaking.speaking], speaking.checked) == ([2024], [])
