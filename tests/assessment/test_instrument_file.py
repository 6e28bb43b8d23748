"""Reading an instrument from its file."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from assessment.instrument_file import DEFAULT_FILE, InstrumentFileError, read_instrument, write_instrument
from assessment.scoring import Check, Condition, Effect, Gate, Level
from tests.assessment.rules import SCHEMES, make_criterion, make_indicator, make_rules, read_scheme
from tests.assessment.scoring.strategies import rules as any_rules
from tests.assessment.scoring.strategies import tried

WORDS = ["Belum", "Awal", "Cukup", "Kuat", "Unggul"]


def test_default_has_the_criteria_of_the_programme():
    rules = read_instrument()

    assert [(c.code, c.points, len(c.indicators), c.short_name) for c in rules.criteria] == [
        ("K1", 20, 4, "Unggulan"),
        ("K2", 20, 4, "Unik khas"),
        ("K3", 25, 4, "Mutu"),
        ("K4", 20, 4, "Pasar"),
        ("K5", 15, 5, "Kontinu"),
    ]
    assert [(band.star, band.lowest) for band in rules.bands] == [(1, 50), (2, 60), (3, 70), (4, 80), (5, 90)]
    assert (len(rules.indicators), rules.validity_months) == (21, 24)


def test_default_indicators_have_five_levels_worth_equal_steps_of_their_weight():
    weights = dict(
        zip(read_instrument().indicators, [4, 6, 5, 5, 6, 5, 4, 5, 8, 7, 5, 5, 6, 5, 4, 5, 4, 3, 4, 2, 2], strict=True)
    )

    for code, indicator in read_instrument().indicators.items():
        assert [level.points for level in indicator.levels] == [Fraction(weights[code] * n, 5) for n in range(1, 6)]
        assert [level.word for level in indicator.levels] == WORDS
        assert len({level.wording for level in indicator.levels}) == 5


def test_default_compulsory_evidence_caps_at_level_2():
    required = {code: i.cap_without_evidence for code, i in read_instrument().indicators.items() if i.evidence_required}

    assert list(required) == ["1.1", "1.2", "1.4", "2.3", "2.4", "3.2", "4.1", "4.3", "4.4", "5.3", "5.4"]
    assert set(required.values()) == {2}
    assert all(i.cap_without_evidence is None for i in read_instrument().indicators.values() if not i.evidence_required)


def test_default_texts_are_whole_sentences_for_people():
    """The notes it was made from use signs ("≥5", "<50%", "+ MD"); a card is read aloud."""
    rules = read_instrument()
    texts = [
        text
        for i in rules.indicators.values()
        for text in [i.name, i.question, i.evidence_hint, *(level.wording for level in i.levels)]
    ] + [text for gate in rules.gates for text in [gate.name, gate.sentence, gate.how_to_repair]]

    assert [text for text in texts if set(text) & set("≥≤<>+◆=") or not (text[0].isupper() or text[0].isdigit())] == []
    assert all(i.question.endswith("?") for i in rules.indicators.values())
    assert all(i.evidence_hint.startswith("Yang diterima: ") for i in rules.indicators.values())
    assert all(part.source for part in [*rules.indicators.values(), *rules.gates])


@pytest.mark.parametrize(
    ("scope", "count"),
    [("makanan", 7), ("minuman", 7), ("tenun", 7), ("rumah_tangga", 6), ("kerajinan", 6), ("herbal", 5)],
)
def test_default_test_sheet_per_scope(scope, count):
    checks = read_instrument().checks_for(scope)

    assert len(checks) == count
    assert [check.code for check in checks if check.eliminating] == (
        ["2.4-melanggar-ki", "3.1-benda-asing"] if scope in ("makanan", "minuman") else ["2.4-melanggar-ki"]
    )


def test_file_is_read_into_the_values_of_the_score(tmp_path):
    file = tmp_path / "kecil.toml"
    file.write_text(SMALL, encoding="utf-8")

    rules = read_instrument(file)

    (criterion,) = rules.criteria
    assert [(level.number, level.points) for level in criterion.indicators[0].levels] == [(1, 0), (2, Fraction("0.35"))]
    assert criterion.indicators[0].checks == (Check("1.1-x", "Retak", scopes=frozenset({"tenun"})),)
    assert [band.star for band in rules.bands] == [1, 2]
    assert rules.gates == (
        Gate(
            "izin",
            Condition.CERTIFICATE_VALID,
            Effect.CAP_STAR,
            name="Izin",
            sentence="Tanpa izin.",
            how_to_repair="Urus.",
            kinds=frozenset({"p_irt"}),
            star=1,
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("points = 100", "points = [", r"kecil.toml: baris \d+, kolom \d+ tidak mengikuti tata tulis TOML"),
        ('name = "Kecil"', 'name = """Kecil', "kecil.toml: "),
        ('name = "Kecil"', "", "kecil.toml: isian “name” tidak ada"),
        ('name = "Kecil"', 'name = "Kecil"\nnama = "Kecil"', "isian “nama” tidak dikenal"),
        ('condition = "certificate_valid"', 'condition = "sertifikat"', "sertifikat"),
        ("points = 0.35", 'points = "banyak"', "banyak"),
        ("points = 0.35", 'points = "1/3"', "1/3"),
        ("points = 0.35", "points = inf", "Infinity"),
        ('version = "1"', "version = 1", "version = 1"),
        ('basis = "Uji"', "basis = 1", "kecil.toml"),
        ("star = 1\n", 'star = "1"\n', r"gates nomor 1 \(izin\): isian ini bukan jenisnya: star = '1'"),
        ("star = 1\n", "star = true\n", r"\(izin\): .*star = True"),
        ("star = 1\n", "star = 1.0\n", r"\(izin\): .*star"),
        ('scopes = ["tenun"]', 'scopes = "tenun"', "scopes = 'tenun'"),
        ('kinds = ["p_irt"]', "kinds = [1]", "kinds"),
        ("bands = [", "bands = 5 #", "kecil.toml"),
    ],
)
def test_unreadable_file_is_named_with_the_place(tmp_path, old, new, named):
    file = tmp_path / "kecil.toml"
    file.write_text(SMALL.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InstrumentFileError, match=named):
        read_instrument(file)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(InstrumentFileError, match="tidak-ada.toml"):
        read_instrument(tmp_path / "tidak-ada.toml")


def test_default_file_is_text_in_utf_8():
    assert DEFAULT_FILE.read_bytes().decode("utf-8").startswith("# Instrumen bawaan")


SMALL = """
name = "Kecil"
version = "1"
basis = "Uji"
bands = [{ star = 2, lowest = 70, label = "dua" }, { star = 1, lowest = 50, label = "satu" }]

[[criteria]]
code = "K1"
name = "Kriteria"
points = 100

[[criteria.indicators]]
code = "1.1"
name = "Indikator"
levels = [{ points = 0, word = "Belum" }, { points = 0.35, word = "Unggul" }]
checks = [{ code = "1.1-x", text = "Retak", kind = "yes_no", scopes = ["tenun"] }]

[[gates]]
code = "izin"
name = "Izin"
sentence = "Tanpa izin."
how_to_repair = "Urus."
condition = "certificate_valid"
kinds = ["p_irt"]
effect = "cap_star"
star = 1
"""


# Writing


def again(rules, tmp_path):
    """`rules` after a journey through a file."""
    file = tmp_path / "lagi.toml"
    file.write_text(write_instrument(rules), encoding="utf-8")
    return read_instrument(file)


@pytest.mark.parametrize("name", [None, *SCHEMES])
def test_what_is_written_is_read_as_the_same_rules(tmp_path, name):
    rules = read_scheme(name) if name else read_instrument()

    assert again(rules, tmp_path) == rules


@given(rules=any_rules())
@tried
def test_any_rules_survive_the_file(tmp_path_factory, rules):
    assert again(rules, tmp_path_factory.mktemp("toml")) == rules


def test_texts_with_signs_survive_the_file(tmp_path):
    text = 'Kutip “dua" \\ miring, baris\nbaru, tab\t, hapus\x7f, emoji 🧺, # pagar'
    rules = make_rules(make_criterion("K1", 100, make_indicator("1.1", 100, name=text)))

    assert again(rules, tmp_path) == rules


def test_a_draft_without_parts_survives_the_file(tmp_path):
    levels = (Level(2, Fraction(1)), Level(5, Fraction(2)))
    bare = make_criterion("K2", 0)
    gap = make_criterion("K3", 1, make_indicator("3.1", 1, levels=levels), make_indicator("3.2", 1, levels=()))

    for rules in (replace(make_rules(), criteria=(), bands=()), replace(make_rules(), criteria=(bare, gap))):
        assert again(rules, tmp_path) == rules
