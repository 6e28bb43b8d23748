from sentra.models import YearlyFigures
from sentra.trend import HEAD, TALLEST, Column, FiguresTable, TableRow, table, trends


def test_columns_are_drawn_to_the_highest_and_missing_years_stay_empty():
    rows = [YearlyFigures(year=2022, units=5), YearlyFigures(year=2024, units=20), YearlyFigures(year=2025)]

    (drawn,) = trends(rows)

    assert (drawn.title, drawn.unit) == ("Unit usaha", "unit")
    assert drawn.words == "Unit usaha (unit): 2022 5; 2023 belum dicatat; 2024 20; 2025 belum dicatat."
    assert drawn.columns[:3] == [
        Column(2022, "5", middle=28, x=10, y=HEAD + TALLEST - 22, height=22),
        Column(2023, "–", middle=84, x=66, y=HEAD + TALLEST, height=0),
        Column(2024, "20", middle=140, x=122, y=HEAD, height=TALLEST),
    ]


def test_large_figures_are_labelled_in_a_unit_that_fits():
    rows = [
        YearlyFigures(year=2024, production_value=1_284_000_000, investment=99_999),
        YearlyFigures(year=2025, production_value=9_500_000, investment=12_345_678_901),
    ]

    labels = [(drawn.unit, [column.label for column in drawn.columns]) for drawn in trends(rows)]

    assert labels == [("juta rupiah setahun", ["1.284", "9,5"]), ("miliar rupiah", ["0,0", "12"])]


def test_one_year_is_no_trend():
    assert trends([YearlyFigures(year=2024, units=5)]) == []
    assert trends([]) == []


def test_only_the_last_five_years_are_drawn():
    rows = [YearlyFigures(year=year, units=1) for year in (2010, 2021, 2025)]

    assert [column.year for column in trends(rows)[0].columns] == [2021, 2022, 2023, 2024, 2025]


def test_nothing_but_zero_is_drawn_flat():
    rows = [YearlyFigures(year=year, export_value=0) for year in (2024, 2025)]

    assert [(column.label, column.height) for column in trends(rows)[0].columns] == [("0", 0), ("0", 0)]


def test_table_has_the_latest_years_and_only_figures_somebody_entered():
    rows = [
        YearlyFigures(year=2024, workers_unsplit=4, volume=1200, volume_unit="kg"),
        YearlyFigures(year=2025, workers_unsplit=0),
    ]

    assert table(rows) == FiguresTable(
        years=[2025, 2024],
        rows=[
            TableRow("Tenaga kerja", "orang", ["0", "4"]),
            TableRow("Jumlah produksi", "setahun", ["", "1.200 kg"]),
        ],
        earlier=0,
    )


def test_table_says_how_many_earlier_years_there_are():
    rows = [YearlyFigures(year=year, units=1) for year in range(2018, 2025)]

    assert (table(rows).years, table(rows).earlier) == ([2024, 2023, 2022, 2021, 2020], 2)
