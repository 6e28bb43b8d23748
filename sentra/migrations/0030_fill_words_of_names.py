from django.db import migrations

FILL = """
    INSERT INTO sentra_nameword (word)
    SELECT DISTINCT kept.word
      FROM (
               SELECT name || ' ' || commodity AS text FROM sentra_sentra
               UNION ALL SELECT name FROM sentra_ikm
               UNION ALL SELECT name FROM sentra_product
           ) AS named,
           unnest(tsvector_to_array(to_tsvector('simple', text))) AS kept (word)
     WHERE length(kept.word) BETWEEN 3 AND 255 AND kept.word !~ '[[:punct:][:space:]]'
"""


class Migration(migrations.Migration):
    """The words of the names that were recorded before 0029."""

    dependencies = [("sentra", "0029_words_of_names")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
