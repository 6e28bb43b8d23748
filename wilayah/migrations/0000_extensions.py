"""The extensions all rooms rely on: trigrams, accents, exclusion constraints over plain types."""

from django.db import migrations

from wilayah.extensions import NEEDED, RequiredExtension


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [RequiredExtension(name) for name in NEEDED]
