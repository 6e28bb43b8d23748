"""Names that name nothing ("-", "CV") become "Belum bernama (-)", to be found and mended; the history keeps the old."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.db.models.lookups import Regex

from sentra.models.naming import NAMES_SOMETHING, WithoutForm


def call_them_so(apps, schema_editor):
    for model in ("Sentra", "IKM", "Product"):
        nameless = apps.get_model("sentra", model).objects.exclude(Regex(WithoutForm("name"), NAMES_SOMETHING))
        nameless.update(name=Concat(Value("Belum bernama ("), Left("name", 100), Value(")")))


class Migration(migrations.Migration):
    dependencies = [("sentra", "0023_contact_changes_alone")]

    operations = [migrations.RunPython(call_them_so, migrations.RunPython.noop)]
