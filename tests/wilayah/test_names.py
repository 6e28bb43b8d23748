"""Names as a page writes them."""

import pytest

from wilayah import names

BENTARSARI = ("33.29.01.2003", ("Jawa Tengah", "Kabupaten Brebes", "Salem", "Bentarsari"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("KABUPATEN BREBES", "Kabupaten Brebes"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("DAERAH ISTIMEWA YOGYAKARTA", "Daerah Istimewa Yogyakarta"),
        ("KABUPATEN PANGKAJENE DAN KEPULAUAN", "Kabupaten Pangkajene dan Kepulauan"),
        ("KOTA ADMINISTRASI JAKARTA PUSAT", "Kota Administrasi Jakarta Pusat"),
    ],
)
def test_tidy_upper(raw, expected):
    assert names.tidy_upper(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Bentarsari", "Bentarsari"),
        ("IV Koto Aur Malintang", "IV Koto Aur Malintang"),
        ("2 x 11 Enam Lingkuang", "2 x 11 Enam Lingkuang"),
        ("BTS. Ulu", "BTS. Ulu"),
        ("KI'E", "Ki'e"),
        ("Wrait 'U'", "Wrait 'U'"),
        ('Soka"an', "Soka'an"),
        ("Regapu’u", "Regapu'u"),
        ("Timang gajah", "Timang Gajah"),
        ("Grong-grong", "Grong-grong"),
        ("PulauTujuh", "Pulau Tujuh"),
        ("SoE", "SoE"),
        ("Konda/ Kondaga", "Konda/Kondaga"),
        ("Misool (Misool Utara)", "Misool (Misool Utara)"),
        ("Air Sialang Hilir.", "Air Sialang Hilir"),
        ("Teuw*", "Teuw"),
        ("  Salem   Kulon ", "Salem Kulon"),
    ],
)
def test_tidy(raw, expected):
    assert names.tidy(raw) == expected


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("33", "Jawa Tengah", "Jawa Tengah"),
        ("33.29", "Kabupaten Brebes", "Kab. Brebes"),
        ("33.76", "Kota Tegal", "Kota Tegal"),
        ("31.71", "Kota Administrasi Jakarta Pusat", "Kota Adm. Jakarta Pusat"),
        ("31.01", "Kabupaten Administrasi Kepulauan Seribu", "Kab. Adm. Kepulauan Seribu"),
        ("33.29.01", "Salem", "Kec. Salem"),
        ("35.71.02", "Kota", "Kec. Kota"),
        ("33.29.01.2003", "Bentarsari", "Desa Bentarsari"),
        ("33.29.09.1002", "Brebes", "Kel. Brebes"),
        ("91.03.01.3007", "Desa Adat Yoboi", "Desa Adat Yoboi"),
        ("14.01.06.2002", "Desa Baru", "Desa Baru"),
        ("33.29.01.9001", "Entah", "Desa/kel. Entah"),
    ],
)
def test_short_name(code, name, expected):
    assert names.short_name(code, name) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("33", "Provinsi"),
        ("33.29", "Kabupaten"),
        ("33.76", "Kota"),
        ("33.29.01", "Kecamatan"),
        ("33.29.01.2003", "Desa"),
        ("33.29.09.1002", "Kelurahan"),
        ("91.03.01.3007", "Desa Adat"),
        ("33.29.01.9001", "Desa/kelurahan"),
    ],
)
def test_kind(code, expected):
    assert names.kind(code) == expected


def test_full_name_goes_from_the_area_up_to_the_province():
    assert names.full_name(*BENTARSARI) == "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (BENTARSARI[1], "Dinas perindustrian Kabupaten Brebes"),
        (("Jawa Tengah", "Kota Tegal"), "Dinas perindustrian Kota Tegal"),
        (("Jawa Tengah",), "Dinas perindustrian Provinsi Jawa Tengah"),
        (
            ("DKI Jakarta", "Kota Administrasi Jakarta Pusat", "Gambir"),
            "Suku dinas perindustrian Kota Administrasi Jakarta Pusat",
        ),
        ((), "Kementerian Perindustrian"),
    ],
)
def test_dinas_name(line, expected):
    assert names.dinas_name(line) == expected
