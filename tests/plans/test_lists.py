"""Every filter and every order of a list has its index, also for who sees the whole country.

50,000 firms in 50 kabupaten, with products, certificates and figures. What PostgreSQL would read is what it says itself
(EXPLAIN), on whatever server the tests run.
"""

import json
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from sentra.listing import paging
from sentra.listing.orders import directions
from sentra.lists.certificate import CERTIFICATE_LIST
from sentra.lists.ikm import IKM_LIST
from sentra.lists.product import PRODUCT_LIST
from sentra.views.lists import fitting_order
from tests.factories import make_branch, make_scope, make_user

FIRMS = 50_000
BIG = {"sentra_ikm", "sentra_product", "sentra_certificate", "sentra_yearlyfigures"}
AREAS = r"""
INSERT INTO wilayah_wilayah (code, name, level, parent_id, parent_names, search_name, search_text)
SELECT code, 'Wilayah ' || code, 1 + length(code) - length(replace(code, '.', '')),
    nullif(regexp_replace(code, '\.?[0-9]+$', ''), ''), '{}', code, code
FROM (
    SELECT '36' AS code
    UNION ALL SELECT '36.' || lpad(k::text, 2, '0') FROM generate_series(1, 50) AS k
    UNION ALL SELECT '36.' || lpad(k::text, 2, '0') || '.01' FROM generate_series(1, 50) AS k
    UNION ALL SELECT '36.' || lpad(k::text, 2, '0') || '.01.' || 2000 + d
      FROM generate_series(1, 50) AS k, generate_series(1, 4) AS d
) AS made;
"""

FILL = f"""
SET LOCAL session_replication_role = replica;
INSERT INTO sentra_ikm (id, revision, name, wilayah_id, branch_id, state, legal_form, nib, nib_file_id, address, kbli,
    kbli_edition, position_source, is_anchor, size_class, deactivation_reason, latitude, longitude, created_at,
    changed_at)
SELECT md5('ikm' || n)::uuid, 1, (ARRAY['Tahu', 'Batik', 'Keripik', 'Sale'])[1 + n % 4] || ' ' || md5(n::text),
    '36.' || lpad((1 + n % 50)::text, 2, '0') || '.01.' || 2001 + n % 4,
    CASE WHEN n % 40 = 0 THEN 'logam' ELSE 'pangan' END, CASE WHEN n % 50 = 0 THEN 'tutup' ELSE 'aktif' END,
    CASE WHEN n % 60 = 0 THEN 'pt' ELSE 'perorangan' END,
    CASE WHEN n % 3 = 0 THEN '' ELSE (9120000000000 + n)::text END, NULL, '', '', '2020', '', false,
    CASE WHEN n % 70 = 0 THEN 'menengah' ELSE 'kecil' END, '', CASE WHEN n % 2 = 0 THEN -7 END,
    CASE WHEN n % 2 = 0 THEN 110 END, now() - n * interval '1 minute', now() - n * interval '1 minute'
FROM generate_series(1, {FIRMS}) AS n;
INSERT INTO sentra_product (id, revision, name, ikm_id, wilayah_id, scope_id, description, story, materials, price_unit,
    star, star_authority, star_until, deactivation_reason, created_at, changed_at)
SELECT md5('produk' || n)::uuid, 1, ikm.name, ikm.id, ikm.wilayah_id,
    CASE WHEN n % 80 = 0 THEN 'herbal' ELSE 'makanan' END, 'dibuat warga', '', '', '',
    CASE WHEN n % 10 = 0 THEN n % 5 END, CASE WHEN n % 10 = 0 THEN 'kabkota' ELSE '' END,
    CASE WHEN n % 10 = 0 THEN current_date + (n % 400) - 200 END, '', ikm.created_at, ikm.changed_at
FROM generate_series(1, {FIRMS}) AS n JOIN sentra_ikm AS ikm ON ikm.id = md5('ikm' || n)::uuid;
INSERT INTO sentra_certificate (id, revision, kind, number, expires, ikm_id, wilayah_id, deactivation_reason,
    created_at, changed_at)
SELECT md5('surat' || n)::uuid, 1, CASE WHEN n % 30 = 0 THEN 'sni' ELSE 'halal' END, 'NO/' || md5(n::text),
    CASE WHEN n % 5 > 0 THEN current_date + (n % 1500) - 500 END, ikm.id, ikm.wilayah_id, '', ikm.created_at,
    ikm.changed_at
FROM generate_series(1, {FIRMS}) AS n JOIN sentra_ikm AS ikm ON ikm.id = md5('ikm' || n)::uuid;
INSERT INTO sentra_yearlyfigures (id, revision, ikm_id, year, workers_unsplit, volume_unit, wilayah_id, branch_id,
    created_at, changed_at)
SELECT md5('angka' || n)::uuid, 1, ikm.id, extract(year FROM now())::int - 1, 5, '', ikm.wilayah_id, ikm.branch_id,
    ikm.created_at, ikm.changed_at
FROM generate_series(1, {FIRMS}, 2) AS n JOIN sentra_ikm AS ikm ON ikm.id = md5('ikm' || n)::uuid;
"""

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
LISTS = {declared.key: declared for declared in (IKM_LIST, PRODUCT_LIST, CERTIFICATE_LIST)}
FILTERS = {"ikm": IKM_FILTERS, "produk": PRODUCT_FILTERS, "sertifikat": CERTIFICATE_FILTERS}
EVERY_FILTER = [(key, query) for key, queries in FILTERS.items() for query in queries]
EVERY_ORDER = [
    (key, sorting.parameter) for key in FILTERS for sorting in directions(LISTS[key].orders)
]  # fmt: skip


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Many rows, once for this module; everything is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        for code in ("pangan", "logam"):
            make_branch(code)
        for code in ("makanan", "herbal"):
            make_scope(code)
        with connection.cursor() as cursor:
            cursor.execute(FILL)
            for table in sorted(BIG):
                cursor.execute(f"ANALYZE {table}")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def national(country, db):
    return make_user("", ("verifier", None))


@pytest.fixture
def only_indexes(db) -> None:
    """PostgreSQL reads a table from end to end only where it has no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def plan_of(rows, **options) -> list[dict]:
    return list(nodes(json.loads(rows.explain(format="json", **options))[0]["Plan"]))


def tables_scanned(plan: list[dict]) -> set[str]:
    return {node["Relation Name"] for node in plan if node["Node Type"] == "Seq Scan"} & BIG


def queries(key: str, query: str, user) -> tuple:
    """The count and the first rows of a list, as its page asks for them."""
    filterset = LISTS[key].filtered(QueryDict(query), user)
    assert filterset.form.is_valid(), filterset.form.errors
    orders = directions([*fitting_order(filterset), *LISTS[key].orders])
    sorting = next((one for one in orders if one.parameter == QueryDict(query).get("urut")), orders[0])
    rows = sorting.rows(LISTS[key].drawn(filterset.rows), by_index=not filterset.is_narrowed)
    return filterset.rows.order_by().values("pk")[: paging.COUNTED + 1], rows[: paging.PAGE_SIZE + 1]


@pytest.mark.parametrize(("key", "query"), EVERY_FILTER)
def test_every_filter_has_an_index(national, only_indexes, key, query):
    counted, shown = queries(key, query, national)

    assert tables_scanned(plan_of(counted)) == set()
    assert tables_scanned(plan_of(shown)) == set()


@pytest.mark.parametrize(("key", "parameter"), EVERY_ORDER)
def test_every_order_has_an_index(national, only_indexes, key, parameter):
    _counted, shown = queries(key, f"urut={parameter}", national)

    plan = plan_of(shown)

    assert tables_scanned(plan) == set()
    assert "Sort" not in {node["Node Type"] for node in plan if node.get("Parent Relationship") != "SubPlan"}
