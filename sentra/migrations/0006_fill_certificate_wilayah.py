from django.db import migrations

FILL = """
    UPDATE sentra_certificate AS paper
       SET wilayah_id = COALESCE(
               (SELECT wilayah_id FROM sentra_sentra WHERE id = paper.sentra_id),
               (SELECT wilayah_id FROM sentra_ikm WHERE id = paper.ikm_id),
               (SELECT wilayah_id FROM sentra_product WHERE id = paper.product_id)
           )
"""


class Migration(migrations.Migration):
    """Certificates recorded before 0005 get the area of their subject."""

    dependencies = [("sentra", "0005_certificate_wilayah")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
