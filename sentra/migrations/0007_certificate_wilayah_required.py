import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each certificate has an area now; the trigger of 0005 gives one to every new row."""

    dependencies = [("sentra", "0006_fill_certificate_wilayah"), ("wilayah", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="certificate",
            name="wilayah",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="wilayah.wilayah",
                verbose_name="wilayah",
            ),
        )
    ]
