"""Every fault that keeps an instrument from being published, one at a time, and the sentence it gets."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.instrument_checks import Part, Problem, find_problems
from assessment.instrument_file import read_instrument
from assessment.scoring import Check, CheckKind, Condition, Effect
from tests.assessment.rules import (
    SCHEMES,
    make_bands,
    make_criterion,
    make_gate,
    make_indicator,
    make_levels,
    make_rules,
    read_scheme,
)

SCOPES = {"makanan": "Makanan olahan", "tenun": "Tenun"}
TEXTS = {"short_name": "Pendek", "question": "Bagaimana?", "evidence_hint": "Yang diterima: foto."}


def indicator(code="1.1", *points, **kwargs):
    return make_indicator(code, *(points or (60,)), **TEXTS | kwargs)


def rules(*indicators, gates=(), **kwargs):
    """Sound rules: K1 with the indicators given, K2 with 2.1."""
    first = make_criterion("K1", 60, *(indicators or (indicator(),)))
    return replace(make_rules(first, make_criterion("K2", 40, indicator("2.1")), gates=gates), **kwargs)


def with_check(**kwargs):
    return rules(indicator(checks=(Check(**{"code": "1.1-x", "text": "Ada retak"} | kwargs),)))


def found(rules, scopes):
    """The sentences of what is wrong."""
    return [problem.sentence for problem in find_problems(rules, scopes)]


def test_sound_rules_have_no_problems():
    assert found(rules(gates=(make_gate(star=2),)), SCOPES) == []


def test_default_instrument_is_sound():
    scopes = ["makanan", "minuman", "tenun", "rumah_tangga", "kerajinan", "herbal"]

    assert found(read_instrument(), dict(zip(scopes, scopes, strict=True))) == []


@pytest.mark.parametrize("name", SCHEMES)
def test_schemes_of_others_are_sound(name):
    assert found(read_scheme(name), dict.fromkeys(SCHEMES[name], "Lingkup")) == []


@pytest.mark.parametrize(
    ("faulty", "sentence"),
    [
        (
            replace(rules(), criteria=rules().criteria[:1]),
            "Poin semua kriteria berjumlah 60; seharusnya 100.",
        ),
        (
            make_rules(make_criterion("K1", 100, indicator()), make_criterion("K2", 0, indicator("2.1"))),
            "Poin kriteria K2 harus lebih dari 0.",
        ),
        (rules(indicator(), indicator("2.1")), "Kode indikator 2.1 dipakai lebih dari sekali."),
        (
            rules(gates=(make_gate("nib", star=2), make_gate("nib", star=3))),
            "Kode syarat nib dipakai lebih dari sekali.",
        ),
        (
            rules(indicator(scopes=frozenset({"tenun"}))),
            "Kriteria K1 tidak punya indikator untuk lingkup “Makanan olahan”.",
        ),
        (rules(indicator("1.1", 0, 5, name="")), "Indikator 1.1: “nama”: Isi bagian ini."),
        (rules(indicator(name="n" * 151)), "Indikator 1.1: “nama”: Isi paling banyak 150 karakter (sekarang 151)."),
        (rules(basis=" "), "Instrumen: “dasar”: Isi bagian ini."),
        (rules(indicator(source="s" * 251)), "Indikator 1.1: “sumber”: Isi paling banyak 250 karakter (sekarang 251)."),
        (rules(validity_months=0), "Masa berlaku hasil paling sedikit 1 bulan."),
        (rules(validity_months=40_000), "Instrumen: “masa berlaku hasil”: Isi dengan 32767 atau kurang."),
        (
            rules(indicator("1.1", "0.805", 5)),
            "Level 1 indikator 1.1: “poin”: Isi paling banyak 2 angka di belakang koma.",
        ),
        (rules(indicator("1.1", 0, 10_000)), "Level 2 indikator 1.1: “poin”: Isi paling banyak 4 angka di depan koma."),
        (rules(indicator("1.1", -1, 5)), "Poin level indikator 1.1 tidak boleh kurang dari 0."),
        (
            rules(bands=make_bands({1: "50.005"})),
            "Ambang bintang 1: “nilai terendah”: Isi paling banyak 2 angka di belakang koma.",
        ),
        (
            rules(replace(indicator(), levels=make_levels(1)[:1])),
            "Indikator 1.1 perlu sedikitnya dua level.",
        ),
        (rules(replace(indicator(), levels=())), "Indikator 1.1 perlu sedikitnya dua level."),
        (
            rules(replace(indicator(), levels=make_levels(1, 2, 3)[1:])),
            "Level indikator 1.1 harus bernomor 1, 2, 3 dan seterusnya tanpa lompatan.",
        ),
        (
            rules(indicator("1.1", 0, 2, 1)),
            "Indikator 1.1: level 3 bernilai lebih kecil daripada level 2.",
        ),
        (rules(indicator("1.1", 0, 0)), "Level terbaik indikator 1.1 harus bernilai lebih dari 0."),
        (
            rules(indicator(cap_without_evidence=2)),
            "Indikator 1.1 dibatasi tanpa bukti, padahal buktinya tidak wajib.",
        ),
        (
            rules(indicator(evidence_required=True, cap_without_evidence=5)),
            "Indikator 1.1: level tertinggi tanpa bukti harus di antara 1 dan 4.",
        ),
        (with_check(eliminating=True), "Butir uji 1.1-x menggugurkan, tetapi belum ada jawaban buruknya."),
        (with_check(bad_value=2), "Butir uji 1.1-x: jawaban buruk harus di antara 0 dan 1."),
        (
            with_check(kind=CheckKind.GRADED, bad_value=0),
            "Butir uji 1.1-x: jawaban buruk harus di antara 1 dan 5.",
        ),
        (
            rules(
                indicator(),
                indicator(
                    "1.2",
                    scopes=frozenset({"tenun"}),
                    checks=(Check("1.2-x", "Ada retak", scopes=frozenset({"makanan"})),),
                ),
            ),
            "Butir uji 1.2-x tidak pernah muncul: lingkupnya tidak ada pada indikatornya.",
        ),
        (rules(bands=()), "Belum ada ambang bintang."),
        (
            rules(bands=make_bands({1: 50, 2: 60}) + make_bands({2: 70})),
            "Bintang 2 punya lebih dari satu ambang.",
        ),
        (
            rules(bands=make_bands({1: 60, 2: 60})),
            "Ambang bintang 2 harus lebih tinggi daripada ambang bintang 1.",
        ),
        (
            rules(bands=make_bands({1: 101})),
            "Ambang bintang 1 tidak masuk akal: bintang mulai dari 1, nilainya 0 sampai 100.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fault_gets_its_sentence_and_no_other(faulty, sentence):
    assert found(faulty, SCOPES) == [sentence]


HIGH = {"condition": Condition.INDICATOR_ABOVE, "indicator": "1.1"}
CAPPED = {"effect": Effect.CAP_INDICATOR, "capped_indicator": "1.1"}


@pytest.mark.parametrize(
    ("gate", "sentence"),
    [
        ({}, "Syarat gerbang: “bintang tertinggi” belum diisi."),
        ({"star": 2, "minimum": 5}, "Syarat gerbang: “paling sedikit” tidak dipakai, kosongkan."),
        ({"star": 2, "condition": Condition.UNITS}, "Syarat gerbang: “paling sedikit” belum diisi."),
        (
            {"star": 2, "condition": Condition.CERTIFICATE_VALID},
            "Syarat gerbang: “jenis sertifikat” belum diisi.",
        ),
        (
            {"star": 2, "condition": Condition.CERTIFICATE_VALID, "kinds": frozenset({"ktp"})},
            "Syarat gerbang: jenis sertifikat ktp tidak dikenal.",
        ),
        (
            {"star": 2, "condition": Condition.INDICATOR_ABOVE, "indicator": "9.9", "level": 1},
            "Syarat gerbang menunjuk indikator 9.9 yang tidak ada.",
        ),
        (
            {"star": 2, "condition": Condition.CHECK_NOT_BAD, "bad_check": "9.9-x"},
            "Syarat gerbang menunjuk butir uji 9.9-x yang tidak ada.",
        ),
        (
            {"effect": Effect.BLOCK_NOMINATION, "authority": "desa"},
            "Syarat gerbang: tingkat desa tidak dikenal.",
        ),
        (
            {"star": 2, "condition": Condition.ASSESSORS, "minimum": 0},
            "Syarat gerbang: paling sedikit harus 1 atau lebih.",
        ),
        (
            {"star": 2, "condition": Condition.UNITS, "minimum": 40_000},
            "Syarat gerbang: “paling sedikit”: Isi dengan 32767 atau kurang.",
        ),
        ({"star": -1}, "Syarat gerbang: “bintang tertinggi”: Isi dengan 0 atau lebih."),
        ({"star": 5}, "Syarat gerbang tidak membatasi apa pun: bintang tertinggi instrumen ini 5."),
        (
            {"star": 2, **HIGH, "level": 5},
            "Syarat gerbang: level batas indikator 1.1 harus di antara 1 dan 4.",
        ),
        ({**CAPPED, "capped_level": 5}, "Syarat gerbang: level tertinggi indikator 1.1 harus di antara 1 dan 4."),
        (
            {"star": 2, **HIGH, "indicator": "1.2", "level": 1, "scopes": frozenset({"makanan"})},
            "Syarat gerbang tidak pernah berlaku: lingkupnya tidak ada pada 1.2.",
        ),
        (
            {"star": 2, "condition": Condition.CHECK_NOT_BAD, "bad_check": "1.1-x"},
            "Syarat gerbang: butir uji 1.1-x tidak punya jawaban buruk.",
        ),
        (
            {**HIGH, "indicator": "1.3", "level": 2, "effect": Effect.ELIMINATE},
            "Syarat gerbang menggugurkan pada level 2, padahal indikator 1.3 dapat dibatasi ke level itu: produk dapat"
            " gugur hanya karena bukti atau surat kurang.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fault_of_a_gate_gets_its_sentence_and_no_other(gate, sentence):
    parts = (
        indicator(checks=(Check("1.1-x", "Ada retak"),)),
        indicator("1.2", scopes=frozenset({"tenun"})),
        indicator("1.3", evidence_required=True, cap_without_evidence=2),
    )

    assert found(rules(*parts, gates=(make_gate(**gate),)), SCOPES) == [sentence]


def test_gate_on_all_indicators_asks_only_those_of_its_scopes():
    """An indicator of two levels for woven cloth alone kept a gate for food from being published."""
    gate = make_gate(condition=Condition.ALL_INDICATORS_ABOVE, level=2, star=4, scopes=frozenset({"makanan"}))
    short = indicator("1.2", 0, 60, scopes=frozenset({"tenun"}))

    assert found(rules(indicator(), short, gates=(gate,)), SCOPES) == []


def test_elimination_below_every_cap_is_allowed():
    gate = make_gate(condition=Condition.INDICATOR_ABOVE, indicator="1.1", level=1, effect=Effect.ELIMINATE)
    proven = indicator(evidence_required=True, cap_without_evidence=2)

    assert found(rules(proven, gates=(gate,)), SCOPES) == []


def test_all_problems_are_told_at_once():
    faulty = rules(indicator("1.1", 0, 2, 1), gates=(make_gate(star=5),), bands=make_bands({1: 101, 5: 50}))

    assert len(found(replace(faulty, criteria=faulty.criteria[:1]), SCOPES)) == 5


@pytest.mark.parametrize(
    ("faulty", "part", "code"),
    [
        (replace(rules(), criteria=rules().criteria[:1]), Part.INSTRUMENT, ""),
        (rules(bands=()), Part.INSTRUMENT, ""),
        (rules(indicator(), indicator("2.1")), Part.INDICATOR, "2.1"),
        (rules(indicator(scopes=frozenset({"tenun"}))), Part.CRITERION, "K1"),
        (rules(indicator("1.1", 0, 2, 1)), Part.INDICATOR, "1.1"),
        (rules(indicator("1.1", "0.805", 5)), Part.INDICATOR, "1.1"),
        (with_check(eliminating=True), Part.INDICATOR, "1.1"),
        (rules(gates=(make_gate(star=5),)), Part.GATE, "gerbang"),
    ],
)
def test_a_problem_names_the_part_at_which_it_is_mended(faulty, part, code):
    assert {(problem.part, problem.code) for problem in find_problems(faulty, SCOPES)} == {(part, code)}


def test_a_line_of_a_test_sheet_used_twice_is_mended_at_its_last_indicator():
    line = (Check("x", "Ada retak"),)

    assert find_problems(rules(indicator(checks=line), indicator("1.2", checks=line)), SCOPES) == [
        Problem("Kode butir uji x dipakai lebih dari sekali.", Part.INDICATOR, "1.2")
    ]


def test_no_scopes_in_use_is_a_problem():
    assert found(rules(), {}) == ["Belum ada lingkup produk yang dipakai. Isi lingkup produk lebih dulu."]


def test_points_of_criteria_may_have_cents():
    criteria = (
        replace(make_criterion("K1", 0, indicator()), points=Fraction("33.33")),
        replace(make_criterion("K2", 0, indicator("2.1")), points=Fraction("66.67")),
    )

    assert found(make_rules(*criteria), SCOPES) == []
