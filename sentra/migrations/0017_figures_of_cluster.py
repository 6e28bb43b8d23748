import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sentra', '0016_texts_say_something'),
        ('wilayah', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='yearlyfigures',
            name='figures_of_members',
        ),
        migrations.AddIndex(
            model_name='yearlyfigures',
            index=models.Index(django.db.models.functions.comparison.Coalesce('member_of', 'sentra'), models.F('year'), include=('sentra', 'ikm', 'member_of', 'units'), name='figures_of_cluster'),
        ),
    ]
