"""The group whose members keep reference data, accounts and rounds in the admin.

Contacts, assessments, sheets, steps and decisions are not registered there, so no permission for them is given.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NAME = "Admin Sentra"
PERMISSIONS = {
    "accounts": ("add_user", "change_user", "view_user", "add_duty", "change_duty", "view_duty"),
    "assessment": (
        "add_round",
        "change_round",
        "view_round",
        "view_instrument",
        "view_criterion",
        "view_indicator",
        "view_level",
        "view_check",
        "view_gate",
        "view_starband",
    ),
    "sentra": (
        "add_branch",
        "change_branch",
        "view_branch",
        "add_productscope",
        "change_productscope",
        "view_productscope",
    ),
    "wilayah": (
        "view_wilayah",
        "change_wilayah",
        "view_edition",
        "add_succession",
        "change_succession",
        "delete_succession",
        "view_succession",
    ),
}


def make_group(apps, schema_editor):
    """Permissions are otherwise made after all migrations; those needed here are made now."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=NAME)
    for label, codenames in PERMISSIONS.items():
        config = apps.get_app_config(label)
        before, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before
        rows = apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label=label, codename__in=codenames
        )
        group.permissions.add(*rows)


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("ovop_site", "0001_initial"),
        ("accounts", "0001_initial"),
        ("assessment", "0001_initial"),
        ("sentra", "0001_initial"),
        ("wilayah", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make_group, remove_group)]
