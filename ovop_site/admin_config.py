"""Stands in `INSTALLED_APPS` in place of `django.contrib.admin`."""

from django.contrib import admin
from django.contrib.admin import apps

# Made by other apps and kept elsewhere: groups by migrations, e-mail addresses with the account.
NOT_IN_THE_ADMIN = ("auth.Group", "account.EmailAddress")


class SentraAdminConfig(apps.AdminConfig):
    default_site = "ovop_site.admin_site.SentraAdminSite"

    def ready(self) -> None:
        super().ready()
        for name in NOT_IN_THE_ADMIN:
            admin.site.unregister(self.apps.get_model(name))
