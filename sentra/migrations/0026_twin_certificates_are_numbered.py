"""Papers of one record whose numbers differ only by case or blanks: the later get " (ganda 2)", " (ganda 3)" …

None is taken out of use, because nobody has said which of them is right; the added word is found by the search, and the
history keeps the number as it was.
"""

from django.db import migrations

NUMBER_TWINS = r"""
    WITH told AS (
        SELECT id, row_number() OVER (
                   PARTITION BY sentra_id, ikm_id, product_id, kind, regexp_replace(upper(number), '\s', '', 'g')
                   ORDER BY created_at, id
               ) AS place
          FROM sentra_certificate WHERE deactivated_at IS NULL
    )
    UPDATE sentra_certificate SET number = left(number, 65) || ' (ganda ' || place || ')'
      FROM told WHERE told.id = sentra_certificate.id AND place > 1
"""


class Migration(migrations.Migration):
    dependencies = [("sentra", "0025_names_name_something")]

    operations = [migrations.RunSQL(NUMBER_TWINS, migrations.RunSQL.noop)]
