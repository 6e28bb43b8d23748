"""What a new version says differently, in words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.instrument_changes import Change, ChangedPart, Section, differences
from assessment.scoring import Check, CheckKind, Condition, Effect
from tests.assessment.rules import make_bands, make_criterion, make_gate, make_indicator, make_levels, make_rules

SCOPES = {"makanan": "Makanan olahan", "tenun": "Tenun"}
LINE = Check("1.1-x", "Ada retak", bad_value=1)


def rules(*indicators, gates=(), points=60, **kwargs):
    first = make_criterion("K1", points, *(indicators or (make_indicator("1.1", 20),)))
    return replace(make_rules(first, make_criterion("K2", 40, make_indicator("2.1", 40)), gates=gates), **kwargs)


def changed(title, name, *changes):
    return [Section(title, changed=[ChangedPart(name, tuple(Change(*change) for change in changes))])]


def test_the_same_rules_under_another_version_do_not_differ():
    assert differences(rules(), rules(version="2"), SCOPES) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (
            rules(validity_months=36, name="Lain"),
            changed("Instrumen", "Lain", ("nama", "Instrumen kecil", "Lain"), ("masa berlaku hasil", "24", "36")),
        ),
        (rules(points=Fraction("59.5")), changed("Kriteria", "K1 Kriteria K1", ("poin", "60", "59,5"))),
        (
            rules(make_indicator("1.1", 20, evidence_required=True, scopes=frozenset({"tenun", "makanan"}))),
            changed(
                "Indikator",
                "1.1 Indikator 1.1",
                ("lingkup produk", "semua lingkup", "Makanan olahan, Tenun"),
                ("bukti wajib", "tidak", "ya"),
            ),
        ),
        (
            rules(make_indicator("1.1", 4, 8, 12, 16, 21)),
            changed("Level", "1.1 Indikator 1.1, level 5", ("poin", "20", "21")),
        ),
        (
            rules(replace(make_indicator("1.1", 20), levels=make_levels(4, 8, 12, 16))),
            [Section("Level", removed=["1.1 Indikator 1.1, level 5"])],
        ),
        (
            rules(bands=make_bands({1: 50, 2: 60, 3: 75})),
            [
                Section(
                    "Ambang bintang",
                    removed=["bintang 4", "bintang 5"],
                    changed=[ChangedPart("bintang 3", (Change("nilai terendah", "70", "75"),))],
                )
            ],
        ),
    ],
)
def test_what_changed_is_told_column_by_column(after, found):
    assert differences(rules(), after, SCOPES) == found


def test_a_new_indicator_is_told_without_its_levels_and_test_lines():
    after = rules(make_indicator("1.1", 20), make_indicator("1.2", 5, checks=(LINE,)))

    assert differences(rules(), after, SCOPES) == [Section("Indikator", added=["1.2 Indikator 1.2"])]
    assert differences(after, rules(), SCOPES) == [Section("Indikator", removed=["1.2 Indikator 1.2"])]


def test_a_new_criterion_is_told_with_its_indicators():
    after = replace(rules(), criteria=(*rules().criteria, make_criterion("K3", 1, make_indicator("3.1", 5))))

    assert differences(rules(), after, SCOPES) == [
        Section("Kriteria", added=["K3 Kriteria K3"]),
        Section("Indikator", added=["3.1 Indikator 3.1"]),
    ]


def test_an_indicator_that_moved_to_another_criterion():
    one, two = make_indicator("1.1", 20), make_indicator("2.1", 40)
    before = make_rules(make_criterion("K1", 60, one), make_criterion("K2", 40, two))
    after = make_rules(make_criterion("K1", 60, one, two), make_criterion("K2", 40))

    assert differences(before, after, SCOPES) == changed("Indikator", "2.1 Indikator 2.1", ("kriteria", "K2", "K1"))


def test_test_lines():
    before = rules(make_indicator("1.1", 20, checks=(LINE,)))
    graded = replace(LINE, kind=CheckKind.GRADED, bad_value=None)

    assert differences(before, rules(make_indicator("1.1", 20, checks=(graded,))), SCOPES) == changed(
        "Butir lembar uji",
        "Ada retak (1.1)",
        ("cara menjawab", "Ya atau tidak", "Angka 1 sampai 5"),
        ("jawaban buruk", "1", "kosong"),
    )
    assert differences(rules(), before, SCOPES) == [Section("Butir lembar uji", added=["Ada retak (1.1)"])]


def test_gates_by_their_words():
    nib = make_gate("izin", star=2)
    halal = replace(nib, condition=Condition.CERTIFICATE_VALID, kinds=frozenset({"halal", "p_irt"}))
    halal = replace(halal, effect=Effect.BLOCK_NOMINATION, star=None, authority="provinsi")

    assert differences(rules(gates=(nib,)), rules(gates=(halal,)), SCOPES) == changed(
        "Syarat",
        "Syarat izin",
        ("syarat", "NIB ada", "Salah satu sertifikat ini berlaku"),
        ("akibat", "Bintang paling tinggi n", "Tidak dapat diusulkan ke tingkat ini dan di atasnya"),
        ("jenis sertifikat", "kosong", "Halal, P-IRT"),
        ("bintang tertinggi", "2", "kosong"),
        ("usulan tertutup mulai", "kosong", "Provinsi"),
    )
    assert differences(rules(), rules(gates=(nib,)), SCOPES) == [Section("Syarat", added=["Syarat izin"])]
