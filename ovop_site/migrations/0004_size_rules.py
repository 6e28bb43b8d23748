"""The group *Admin Sentra* keeps the thresholds of the size classes."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NAME = "Admin Sentra"
CODENAMES = ("add_sizerule", "change_sizerule", "delete_sizerule", "view_sizerule")


def permissions(apps):
    """Permissions are otherwise made after all migrations; those needed here are made now."""
    config = apps.get_app_config("sentra")
    before, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = before
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="sentra", codename__in=CODENAMES
    )


def grant(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=NAME).permissions.add(*permissions(apps))


def take_back(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=NAME).permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("ovop_site", "0003_instrument_editor"), ("sentra", "0008_yearly_figures")]
    operations = [migrations.RunPython(grant, take_back)]
