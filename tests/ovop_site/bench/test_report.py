from ovop_site.bench import report


def row(name="Daftar IKM", kind="daftar", **figures):
    return {
        "name": name,
        "who": "petugas",
        "kind": kind,
        "p50": 10.0,
        "p95": 12.0,
        "rate": 90.0,
        "bytes": 8000,
        "queries": 8,
        "sql": 3.0,
        "template": 2.5,
    } | figures


def found(ikm, *rows):
    cost = {"pemicu dan indeks": 1.0, "tanpa pemicu": 0.5}
    return {
        "ikm": ikm,
        "lines": list(rows),
        "workers": [100 * report.MIB, 120 * report.MIB],
        "writing": [{"table": "sentra_ikm", "update": cost, "copy": cost}],
    }


def verdicts(benches):
    judged = report.with_growth(benches)
    return {budget.words: budget.judged(judged) for budget in report.BUDGETS}


def test_a_line_says_how_much_longer_it_takes_than_on_the_smallest_bench():
    judged = report.with_growth([found(10, row(p50=4.0)), found(1000, row(p50=10.0))])

    assert (judged["ikm"], judged["smallest"], judged["lines"][0]["growth"]) == (1000, 10, 2.5)


def test_a_budget_names_the_worst_line_and_how_many_miss():
    said = verdicts([found(10, row(p50=14.0), row("Daftar sentra", p50=30.0))])

    assert said["daftar, p50"] == "| daftar, p50 | ≤ 15 ms | 30 ms (Daftar sentra, petugas) | **meleset** (1 dari 2) |"
    assert said["pencarian, p50"] == "| pencarian, p50 | ≤ 25 ms | – | tidak diukur |"
    assert said["memori tiap proses web"].endswith("| 120 MiB (gunicorn) | terpenuhi |")


def test_a_rate_has_to_be_reached():
    said = verdicts([found(10, row(kind="simpan", rate=149.0, queries=None))])

    assert "**meleset**" in said["simpan nilai, 8 petugas"]


def test_the_ratio_is_over_sql_and_template_together():
    assert report.ratio(row(p50=11.0, sql=3.0, template=2.5)) == 2.0
    assert report.ratio(row(sql=None, template=None)) is None


def test_numbers_are_written_as_indonesians_do():
    assert [report.number(value) for value in (None, 0.62, 12.34, 1234.5, 1_000_000)] == [
        "", "0,6", "12,3", "1.234", "1.000.000",
    ]  # fmt: skip


def test_the_table_takes_the_place_of_the_one_before(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text(f"Before\n{report.BEGIN}\nold\n{report.END}\nafter\n")

    report.write_down(report.table([found(10, row())], "2 inti"), document)

    text = document.read_text()
    assert text.startswith(f"Before\n{report.BEGIN}\n2 inti\n") and text.endswith(f"{report.END}\nafter\n")
    assert "old" not in text and "| Daftar IKM |" in text
