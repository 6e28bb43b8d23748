from django.db import migrations

# How many areas PostgreSQL remembers of a table when it guesses how many rows lie in one. With its usual 100 it takes a
# kabupaten of a thousand rows for one of ten thousand, and reads the whole table in the order of names to find them.
TABLES = ("sentra_ikm", "sentra_product", "sentra_certificate")
SET = "ALTER TABLE {table} ALTER COLUMN wilayah_id SET STATISTICS {target}"


class Migration(migrations.Migration):
    """More careful statistics of the areas of the big tables."""

    dependencies = [("sentra", "0014_sorted_filters")]

    operations = [
        migrations.RunSQL(SET.format(table=table, target=400), SET.format(table=table, target=-1)) for table in TABLES
    ]
