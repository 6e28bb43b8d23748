"""What came out, as a table: on the terminal, and between the marks in docs/performance.md. Pure but for the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ovop_site.bench.place import BASE_DIR

DOCUMENT = BASE_DIR / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"

Found = dict[str, Any]
Row = dict[str, Any]
MIB = 1024 * 1024


@dataclass(frozen=True)
class Budget:
    """A limit that holds for the largest bench: which of its figures must stay on which side of it."""

    words: str
    limit: float
    unit: str
    values: Callable[[Found], dict[str, float]]
    at_least: bool = False

    def judged(self, found: Found) -> str:
        """ "terpenuhi" or "meleset", with the worst figure and where it was found."""
        values = self.values(found)
        if not values:
            return f"| {self.words} | {_limit(self)} | – | tidak diukur |"
        worst = (min if self.at_least else max)(values, key=values.get)
        is_met = values[worst] >= self.limit if self.at_least else values[worst] <= self.limit
        missed = [
            name for name, value in values.items() if (value < self.limit if self.at_least else value > self.limit)
        ]
        words = "terpenuhi" if is_met else f"**meleset** ({len(missed)} dari {len(values)})"
        return f"| {self.words} | {_limit(self)} | {number(values[worst])} {self.unit} ({worst}) | {words} |"


def _limit(budget: Budget) -> str:
    return f"{'≥' if budget.at_least else '≤'} {number(budget.limit)} {budget.unit}".strip()


def _of(kind: str, figure: Callable[[Row], float | None]) -> Callable[[Found], dict[str, float]]:
    """`figure` of the lines of one kind ("" for all), by the name of the line; lines that have none are left out."""

    def values(found: Found) -> dict[str, float]:
        chosen = (row for row in found["lines"] if kind in ("", row["kind"]))
        return {label(row): value for row in chosen if (value := figure(row)) is not None}

    return values


def ratio(row: Row) -> float | None:
    """How much longer the page takes than its own SQL and its own template."""
    floor = (row["sql"] or 0) + (row["template"] or 0)
    return row["p50"] / floor if floor else None


BUDGETS = (
    Budget("daftar, p50", 15, "ms", _of("daftar", lambda row: row["p50"])),
    Budget("pencarian, p50", 25, "ms", _of("cari", lambda row: row["p50"])),
    Budget("rincian, p50", 12, "ms", _of("rincian", lambda row: row["p50"])),
    Budget("daftar dibanding SQL dan templatnya", 2, "×", _of("daftar", ratio)),
    Budget("daftar dibanding pada data terkecil", 5, "×", _of("daftar", lambda row: row.get("growth"))),
    Budget("kueri tiap halaman", 12, "", _of("", lambda row: row["queries"])),
    Budget("simpan nilai, 8 petugas", 150, "/dtk", _of("simpan", lambda row: row["rate"]), at_least=True),
    Budget("memori tiap proses web", 150, "MiB", lambda found: {"gunicorn": max(found["workers"]) / MIB}),
)


def with_growth(benches: Sequence[Found]) -> Found:
    """The largest bench, each line with its p50 on the smallest one and how much longer it takes than there."""
    smallest = {label(row): row["p50"] for row in benches[0]["lines"]} if len(benches) > 1 else {}
    lines = [
        row | {"small": small, "growth": row["p50"] / small} if (small := smallest.get(label(row))) else row
        for row in benches[-1]["lines"]
    ]
    return benches[-1] | {"lines": lines, "smallest": benches[0]["ikm"]}


def label(row: Row) -> str:
    return f"{row['name']}, {row['who']}"


def table(benches: Sequence[Found], machine: str) -> str:
    """Everything that was found, as Markdown that can be read on a terminal too."""
    found = with_growth(benches)
    parts = [machine, _pages(found), _budgets(found), _writing(found)]
    return "\n\n".join(parts) + "\n"


def _pages(found: Found) -> str:
    small = f"p50 pada {number(found['smallest'])}"
    heads = (
        "halaman",
        "siapa",
        "p50",
        "p95",
        "/dtk, 8 peramban",
        "kueri",
        "kB",
        "SQL",
        "templat",
        "rasio",
        small,
        "tumbuh",
    )
    rows = [
        (
            row["name"],
            row["who"],
            number(row["p50"]),
            number(row["p95"]),
            number(row["rate"]),
            number(row["queries"]),
            number(row["bytes"] / 1000),
            number(row["sql"]),
            number(row["template"]),
            number(ratio(row)),
            number(row.get("small")),
            number(row.get("growth")),
        )
        for row in found["lines"]
    ]
    title = f"Pada {number(found['ikm'])} IKM; waktu dalam milidetik."
    return f"{title}\n\n" + "\n".join(_markdown(heads, rows, left=2))


def _budgets(found: Found) -> str:
    heads = ("anggaran", "batas", "terburuk", "hasil")
    return "\n".join([_line(heads), "|---|---|---|---|", *(budget.judged(found) for budget in BUDGETS)])


def _writing(found: Found) -> str:
    states = list(found["writing"][0]["update"])
    rows = []
    for cost in found["writing"]:
        rows.append((cost["table"], "UPDATE satu baris, ms", *(number(cost["update"][state]) for state in states)))
        rows.append((cost["table"], "COPY, baris/dtk", *(number(cost["copy"][state]) for state in states)))
    return "\n".join(_markdown(("tabel", "apa", *states), rows, left=2))


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    """A table whose columns are as wide as their widest cell; those after the first `left` stand at the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for place, cells in enumerate((heads, *rows)):
        yield _line(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        if place == 0:
            yield _line(
                "-" * width if column < left else "-" * (width - 1) + ":" for column, width in enumerate(widths)
            )


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def number(value: float | None) -> str:
    """As Indonesians write it; one decimal below a hundred, nothing for nothing."""
    if value is None:
        return ""
    text = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def write_down(text: str, document: Path = DOCUMENT) -> None:
    """Put the table in place of the one before it."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")
