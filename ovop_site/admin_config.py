"""Stands in `INSTALLED_APPS` in place of `django.contrib.admin`."""

from django.contrib import admin
from django.contrib.admin import apps

# Made by other apps and kept elsewhere: groups by migrations, the rest by each person on the own account.
NOT_IN_THE_ADMIN = ("auth.Group", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession")


class SentraAdminConfig(apps.AdminConfig):
    default_site = "ovop_site.admin_site.SentraAdminSite"

    def ready(self) -> None:
        super().ready()
        for name in NOT_IN_THE_ADMIN:
            admin.site.unregister(self.apps.get_model(name))
