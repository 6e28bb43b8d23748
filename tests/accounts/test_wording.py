from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.wording import FieldChange, Wording
from files.models import StoredFile
from sentra.models import IKM, Certificate, Product, Sentra
from tests.factories import make_branch, make_certificate, make_file, make_ikm, make_product, make_sentra
from wilayah.zones import WIB, WIT

VILLAGE = "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"


def differences(row, zone=WIB, **changed):
    """What is told of `row` when `changed` were its columns."""
    after = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | changed)
    wording = Wording(zone, opaque=(StoredFile,))
    wording.look_up(type(row), [row, after])
    return [(one.label, one.before, one.after) for one in wording.differences(type(row), row, after)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "B"}, ("Nama sentra", "A", "B")),
        ({"state": "aktif"}, ("Keadaan", "Belum diperiksa", "Aktif")),
        ({"founded": 1998}, ("Tahun berdiri", "kosong", "1998")),
        ({"accuracy": 12_000}, ("Ketelitian posisi", "kosong", "12.000")),
        ({"latitude": Decimal("-7.1")}, ("Lintang", "kosong", "-7,1")),
        ({"checked_on": date(2026, 11, 24)}, ("Terakhir diperiksa", "kosong", "24 November 2026")),
        (
            {"wilayah_id": "33.29"},
            ("Wilayah", "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah", "Kab. Brebes, Jawa Tengah"),
        ),
        ({"branch_id": "sandang"}, ("Cabang industri", "Pangan", "Sandang")),
        ({"branch_id": "hilang"}, ("Cabang industri", "Pangan", "sudah tidak ada")),
    ],
)
def test_columns_are_told_in_the_words_of_the_screen(areas, changed, told):
    make_branch("sandang")

    assert differences(make_sentra(name="A"), **changed) == [told]


def test_times_are_those_of_the_place(areas):
    at = {"position_at": datetime(2026, 11, 3, 2, 0, tzinfo=UTC)}
    sentra = make_sentra()

    assert differences(sentra, **at) == [("Posisi diambil pada", "kosong", "3 Nov 2026, 09.00 WIB")]
    assert differences(sentra, zone=WIT, **at) == [("Posisi diambil pada", "kosong", "3 Nov 2026, 11.00 WIT")]


def test_yes_and_no(areas):
    assert differences(make_ikm(), is_anchor=True) == [("Penghela sentra", "tidak", "ya")]


def test_files_are_not_named(officer):
    certificate = make_certificate(ikm=make_ikm())
    first, second = make_file(by=officer), make_file(by=officer)

    assert differences(certificate, file_id=first.pk) == [("Berkas", "kosong", "ada")]
    certificate.file = first
    assert differences(certificate, file_id=second.pk) == [("Berkas", "ada", "yang lain")]


def test_empty_text_and_nothing_are_the_same(areas):
    assert differences(make_product(price=None, price_unit=""), description="") == []


def test_a_row_that_began_tells_what_is_filled_in(areas):
    sentra = make_sentra(name="A")
    wording = Wording(WIB, skipped={"wilayah", "branch", "kbli_edition", "state"})

    assert wording.differences(Sentra, None, sentra) == [
        FieldChange("name", "Nama sentra", "kosong", "A"),
        FieldChange("commodity", "Komoditas utama", "kosong", "sale pisang"),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_names_are_read_once_per_kind_of_row(areas, rows, django_assert_num_queries):
    """An IKM points to a wilayah, a branch and a sentra."""
    ikm = [make_ikm(sentra=make_sentra(), branch=make_branch(f"cabang{number}")) for number in range(rows)]
    wording = Wording(WIB)

    with django_assert_num_queries(3):
        wording.look_up(IKM, ikm)
        wording.look_up(IKM, ikm)


@pytest.mark.parametrize("model", [Sentra, IKM, Product, Certificate])
def test_technical_columns_are_never_told(model):
    told = {field.name for field in Wording(WIB).fields_of(model)}

    assert told.isdisjoint({"id", "revision", "created_by", "created_at", "changed_at"})
