"""The group *Admin Sentra* fills, copies, publishes and retires instruments; drafts and their parts may be deleted."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NAME = "Admin Sentra"
ACTIONS = ("add", "change", "delete")
PARTS = ("instrument", "criterion", "indicator", "level", "check", "gate", "starband")


def permissions(apps):
    """Permissions are otherwise made after all migrations; those needed here are made now."""
    config = apps.get_app_config("assessment")
    before, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = before
    codenames = [f"{action}_{part}" for part in PARTS for action in ACTIONS]
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="assessment", codename__in=codenames
    )


def grant(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=NAME).permissions.add(*permissions(apps))


def take_back(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=NAME).permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("ovop_site", "0002_admin_group"), ("assessment", "0001_initial")]
    operations = [migrations.RunPython(grant, take_back)]
