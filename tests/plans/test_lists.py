"""Every filter and every order of a list has its index, for who sees the whole country too; and PostgreSQL takes it."""

import pytest

from sentra.listing.orders import directions
from sentra.listing.paging import COUNTED
from tests.plans.explaining import BIG, LISTS, plan_of, queries, tables_scanned

SENTRA_FILTERS = (
    "", "keadaan=lemah", "cabang=logam", "diakui=ya", "diakui=tidak", "posisi=tanpa", "posisi=ada", "angka=belum",
    "angka=ada", "lingkup=herbal", "sertifikat=sk_sentra", "sertifikat=sni&masa=30", "diubah_sejak=2999-01-01",
    "dicatat_oleh=saya", "nonaktif=ya", "nonaktif=semua", "q=keripik", "q=keripk", "q=warga",
)  # fmt: skip
IKM_FILTERS = (
    "", "keadaan=tutup", "keadaan=aktif", "cabang=logam", "ukuran=menengah", "ukuran=belum", "bentuk=pt", "nib=tanpa",
    "nib=ada", "posisi=tanpa", "anggota=ya", "anggota=penghela", "angka=belum", "angka=ada", "lingkup=herbal",
    "sertifikat=sni", "sertifikat=sni&masa=kedaluwarsa", "sertifikat=halal&masa=30", "diubah_sejak=2999-01-01",
    "dicatat_oleh=saya", "nonaktif=ya", "nonaktif=semua", "q=keripik", "q=9120000000001", "q=keripk",
    "q=keripk+satu", "q=tauh",
)  # fmt: skip
PRODUCT_FILTERS = (
    "", "lingkup=herbal", "hasil=berlaku", "hasil=lewat", "hasil=belum", "hasil=0", "sertifikat=sni", "nonaktif=ya",
    "q=keripik", "q=warga", "q=keripk",
)  # fmt: skip
CERTIFICATE_FILTERS = (
    "", "jenis=sni", "jenis=sni&masa=30", "masa=30", "masa=kedaluwarsa", "masa=tanpa", "masa=berlaku", "berkas=tanpa",
    "diperiksa=belum", "milik=ikm", "nonaktif=ya", "q=no",
)  # fmt: skip
ASSESSMENT_FILTERS = ("", "keadaan=draft", "lama=30", "lingkup=herbal")
FILTERS = {
    "sentra": SENTRA_FILTERS,
    "ikm": IKM_FILTERS,
    "produk": PRODUCT_FILTERS,
    "sertifikat": CERTIFICATE_FILTERS,
    "penilaian": ASSESSMENT_FILTERS,
}
EVERY_FILTER = [(key, query) for key, queries in FILTERS.items() for query in queries]
EVERY_ORDER = [(key, sorting.parameter) for key in LISTS for sorting in directions(LISTS[key].orders)]


# A count of all assessments begins anywhere and stops; see the next test.
@pytest.mark.parametrize(("key", "query"), [one for one in EVERY_FILTER if one != ("penilaian", "")])
def test_every_filter_has_an_index(national, only_indexes, key, query):
    counted, _keys, shown = queries(key, query, national)

    assert tables_scanned(counted) == set()
    assert tables_scanned(shown) == set()


def test_count_of_all_assessments_stops_early(national):
    counted, _keys, _shown = queries("penilaian", "", national)

    (scan,) = [node for node in plan_of(counted, analyze=True) if node.get("Relation Name") in BIG]
    assert scan["Actual Rows"] == COUNTED + 1
    # One in twenty is a draft of somebody else.
    assert scan["Rows Removed by Filter"] < COUNTED / 10


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


@pytest.mark.parametrize(("key", "query"), EVERY_FILTER)
def test_no_filter_reads_a_whole_table_for_a_kabupaten(officer, key, query):
    counted, _keys, shown = queries(key, query, officer)

    assert tables_scanned(counted) == set()
    assert tables_scanned(shown) == set()
