"""50,000 firms and sentra in 50 kabupaten, with products, papers, figures, assessments and histories, as SQL."""

from django.db.models import Model

from sentra.models.words import keeping_new_words

FIRMS = 50_000

# Of each of 50 kabupaten one kecamatan with 400 villages.
AREAS = r"""
INSERT INTO wilayah_wilayah (code, name, level, parent_id, parent_names, search_name, search_text)
SELECT code, words, level, parent, array_fill('Induk'::text, ARRAY[level - 1]), lower(words), ' ' || lower(words)
FROM (
    SELECT '36' AS code, 'Provinsi' AS words, 1 AS level, NULL AS parent
    UNION ALL SELECT '36.' || kab, 'Kabupaten ' || kab, 2, '36' FROM unnest({kabupaten}) AS kab
    UNION ALL SELECT '36.' || kab || '.01', 'Kecamatan ' || kab, 3, '36.' || kab FROM unnest({kabupaten}) AS kab
    UNION ALL SELECT '36.' || kab || '.01.' || 2000 + village, 'Suka ' || md5(kab || village), 4, '36.' || kab || '.01'
      FROM unnest({kabupaten}) AS kab, generate_series(1, 400) AS village
) AS made;
""".replace("{kabupaten}", "(SELECT array_agg(lpad(k::text, 2, '0')) FROM generate_series(1, 50) AS k)")

FILL = f"""
INSERT INTO sentra_sentra (id, revision, name, area_note, commodity, management, story, kbli, kbli_edition,
    position_source, state, branch_id, wilayah_id, deactivation_reason, checked_on, latitude, longitude, created_at,
    changed_at)
SELECT md5('sentra' || n)::uuid, 1, (ARRAY['Tahu', 'Batik', 'Keripik', 'Sale'])[1 + n % 4] || ' ' || md5(n::text), '',
    'tahu', '', '', '', '2020', '', CASE WHEN n % 50 = 0 THEN 'lemah' ELSE 'belum_diperiksa' END,
    CASE WHEN n % 40 = 0 THEN 'logam' ELSE 'pangan' END,
    '36.' || lpad((1 + n % 50)::text, 2, '0') || '.01.' || 2001 + n % 4, '', CASE WHEN n % 50 = 0 THEN current_date END,
    CASE WHEN n % 2 = 0 THEN -7 END, CASE WHEN n % 2 = 0 THEN 110 END, now() - n * interval '1 minute',
    now() - n * interval '1 minute'
FROM generate_series(1, {FIRMS}) AS n;
INSERT INTO sentra_ikm (id, revision, name, wilayah_id, branch_id, state, legal_form, nib, nib_file_id, address, kbli,
    kbli_edition, position_source, is_anchor, size_class, deactivation_reason, latitude, longitude, sentra_id,
    created_at, changed_at)
SELECT md5('ikm' || n)::uuid, 1, (ARRAY['Tahu', 'Batik', 'Keripik', 'Sale'])[1 + n % 4] || ' ' || md5(n::text),
    '36.' || lpad((1 + n % 50)::text, 2, '0') || '.01.' || 2001 + n % 4,
    CASE WHEN n % 40 = 0 THEN 'logam' ELSE 'pangan' END, CASE WHEN n % 50 = 0 THEN 'tutup' ELSE 'aktif' END,
    CASE WHEN n % 60 = 0 THEN 'pt' ELSE 'perorangan' END,
    CASE WHEN n % 3 = 0 THEN '' ELSE (9120000000000 + n)::text END, NULL, '', '', '2020', '', false,
    CASE WHEN n % 70 = 0 THEN 'menengah' ELSE 'kecil' END, '', CASE WHEN n % 2 = 0 THEN -7 END,
    CASE WHEN n % 2 = 0 THEN 110 END, CASE WHEN n % 3 = 0 THEN md5('sentra' || n)::uuid END,
    now() - n * interval '1 minute', now() - n * interval '1 minute'
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
SELECT md5('angka' || n || ago)::uuid, 1, ikm.id, extract(year FROM now())::int - ago, 5, '', ikm.wilayah_id,
    ikm.branch_id, ikm.created_at, ikm.changed_at
FROM generate_series(1, {FIRMS}, 2) AS n JOIN sentra_ikm AS ikm ON ikm.id = md5('ikm' || n)::uuid,
    generate_series(1, 3) AS ago;
INSERT INTO assessment_assessment (id, revision, authority, state, state_since, submitted_at, officer_id, product_id,
    scope_id, wilayah_id, instrument_id, round_id, created_at, changed_at)
SELECT md5('nilai' || n)::uuid, 1, 'kabkota', CASE WHEN n % 20 = 0 THEN 'draft' ELSE 'decided' END,
    now() - n * interval '1 minute', now(), 1 + n % 100, product.id, product.scope_id, product.wilayah_id, 1, 1,
    product.created_at, product.changed_at
FROM generate_series(1, {FIRMS}) AS n JOIN sentra_product AS product ON product.id = md5('produk' || n)::uuid;
"""


def history_of(model: type[Model]) -> str:
    """The first version of every row of `model`."""
    table, events = model._meta.db_table, model.pgh_event_model._meta
    shared = {field.column for field in model._meta.fields} & {field.column for field in events.fields}
    columns = ", ".join(sorted(shared))
    return f"""
        INSERT INTO {events.db_table} (pgh_created_at, pgh_label, pgh_obj_id, {columns})
        SELECT now(), 'insert', id, {columns} FROM {table};
    """


# What the triggers of names keep.
WORDS = keeping_new_words("(SELECT name AS text FROM sentra_ikm) AS named")

# What VACUUM does to rows that came by thousands: else their indexes count as dear.
TIDY = """
SELECT gin_clean_pending_list(pg_index.indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indexrelid JOIN pg_am ON pg_am.oid = pg_class.relam
WHERE pg_am.amname = 'gin' AND pg_index.indrelid = ANY(%s::regclass[]);
"""
