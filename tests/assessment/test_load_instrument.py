"""`manage.py load_instrument`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessment.instrument_file import DEFAULT_FILE
from assessment.models import Instrument, Round
from sentra.reference import load_reference

pytestmark = pytest.mark.django_db


def load(*args) -> str:
    out = StringIO()
    call_command("load_instrument", *args, stdout=out)
    return out.getvalue()


def test_load_instrument_publishes_and_opens_the_standing_round_then_says_it_is_there():
    load_reference()

    first, second = load(), load()

    assert first == (
        "Instrumen OVOP bawaan, versi 1: dimuat dan diterbitkan, 21 indikator, 15 syarat.\n"
        "Putaran tetap kabupaten/kota dibuka.\n"
    )
    assert second == "Instrumen OVOP bawaan, versi 1: sudah ada, 21 indikator, 15 syarat.\n"
    assert (Instrument.objects.published().count(), Round.objects.count()) == (1, 1)


def test_load_instrument_before_the_reference_data_says_what_is_missing():
    with pytest.raises(CommandError, match="Belum ada lingkup produk"):
        load()


def test_load_instrument_names_a_file_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="tidak-ada.toml"):
        load(tmp_path / "tidak-ada.toml")


def test_load_instrument_refuses_changed_rules_under_the_same_version(tmp_path):
    load_reference()
    load()
    changed = tmp_path / "lain.toml"
    changed.write_text(DEFAULT_FILE.read_text(encoding="utf-8").replace("lowest = 90", "lowest = 91"), encoding="utf-8")

    with pytest.raises(CommandError, match="Naikkan versi"):
        load(changed)


def test_load_instrument_lists_every_fault_of_a_file(tmp_path):
    load_reference()
    faulty = tmp_path / "lain.toml"
    text = (
        DEFAULT_FILE.read_text(encoding="utf-8")
        .replace("lowest = 90", "lowest = 80")
        .replace("points = 20", "points = 21")
    )
    faulty.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        load(faulty)

    assert str(refused.value).splitlines() == [
        "Instrumen tidak dapat diterbitkan:",
        "- Poin semua kriteria berjumlah 103; seharusnya 100.",
        "- Ambang bintang 5 harus lebih tinggi daripada ambang bintang 4.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("points = 0.80", "points = 0.805", "“poin”: Isi paling banyak 2 angka di belakang koma."),
        ("validity_months = 24", "validity_months = 0", "Masa berlaku hasil paling sedikit 1 bulan."),
        ('source = "PP 29/2018"', f'source = "{"s" * 251}"', "“sumber”: Isi paling banyak 250 karakter"),
        ('["makanan", "minuman"]', '["makannan", "minuman"]', "Lingkup produk “makannan” tidak ada."),
    ],
    ids=["decimals", "validity", "length", "scope"],
)
def test_load_instrument_says_what_no_column_could_hold(tmp_path, old, new, sentence):
    """These ended with a traceback, or were stored rounded: then the same file did not load a second time."""
    load_reference()
    faulty = tmp_path / "lain.toml"
    text = DEFAULT_FILE.read_text(encoding="utf-8")
    assert old in text
    faulty.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CommandError, match=sentence):
        load(faulty)
    assert not Instrument.objects.exists()
