from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OvopSiteConfig(AppConfig):
    name = "ovop_site"
    verbose_name = _("Sentra OVOP")
