"""Every filter and every order of a list has its index, for who sees the whole country too; and PostgreSQL takes it."""

import pytest

from sentra.listing.orders import directions
from tests.plans.explaining import LISTS, plan_of, queries, tables_scanned

IKM_FILTERS = (
    "", "keadaan=tutup", "keadaan=aktif", "cabang=logam", "ukuran=menengah", "ukuran=belum", "bentuk=pt", "nib=tanpa",
    "nib=ada", "posisi=tanpa", "anggota=ya", "anggota=penghela", "angka=belum", "angka=ada", "lingkup=herbal",
    "sertifikat=sni", "sertifikat=sni&masa=kedaluwarsa", "sertifikat=halal&masa=30", "diubah_sejak=2999-01-01",
    "dicatat_oleh=saya", "nonaktif=ya", "nonaktif=semua", "q=keripik", "q=9120000000001", "q=keripk",
)  # fmt: skip
PRODUCT_FILTERS = (
    "", "lingkup=herbal", "hasil=berlaku", "hasil=lewat", "hasil=belum", "hasil=0", "sertifikat=sni", "nonaktif=ya",
    "q=keripik", "q=warga",
)  # fmt: skip
CERTIFICATE_FILTERS = (
    "", "jenis=sni", "jenis=sni&masa=30", "masa=30", "masa=kedaluwarsa", "masa=tanpa", "masa=berlaku", "berkas=tanpa",
    "diperiksa=belum", "milik=ikm", "nonaktif=ya", "q=no",
)  # fmt: skip
# Not the list without a filter: its count stops at 10,001 and begins anywhere.
ASSESSMENT_FILTERS = ("keadaan=draft", "lama=30", "lingkup=herbal")
FILTERS = {
    "ikm": IKM_FILTERS,
    "produk": PRODUCT_FILTERS,
    "sertifikat": CERTIFICATE_FILTERS,
    "penilaian": ASSESSMENT_FILTERS,
}
EVERY_FILTER = [(key, query) for key, queries in FILTERS.items() for query in queries]
EVERY_ORDER = [(key, sorting.parameter) for key in LISTS for sorting in directions(LISTS[key].orders)]


@pytest.mark.parametrize(("key", "query"), EVERY_FILTER)
def test_every_filter_has_an_index(national, only_indexes, key, query):
    counted, _keys, shown = queries(key, query, national)

    assert tables_scanned(counted) == set()
    assert tables_scanned(shown) == set()


@pytest.mark.parametrize(("key", "parameter"), EVERY_ORDER)
def test_every_order_has_an_index(national, only_indexes, key, parameter):
    _counted, keys, shown = queries(key, f"urut={parameter}", national)

    assert tables_scanned(shown) == set()
    assert "Sort" not in {node["Node Type"] for node in plan_of(keys)}


@pytest.mark.parametrize(("key", "parameter"), EVERY_ORDER)
def test_first_page_of_the_country_is_read_in_its_order(national, key, parameter):
    _counted, keys, shown = queries(key, f"urut={parameter}", national)

    assert tables_scanned(shown) == set()
    assert "Sort" not in {node["Node Type"] for node in plan_of(keys)}


@pytest.mark.parametrize(("key", "parameter"), EVERY_ORDER)
def test_first_page_of_a_kabupaten_reads_no_whole_table(officer, key, parameter):
    _counted, _keys, shown = queries(key, f"urut={parameter}", officer)

    assert tables_scanned(shown) == set()


# Every second firm has figures of last year; of so many, all of a year are quicker hashed than asked for one by one.
@pytest.mark.parametrize(("key", "query"), [one for one in EVERY_FILTER if not one[1].startswith("angka=")])
def test_no_filter_reads_a_whole_table_for_a_kabupaten(officer, key, query):
    counted, _keys, shown = queries(key, query, officer)

    assert tables_scanned(counted) == set()
    assert tables_scanned(shown) == set()
