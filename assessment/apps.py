from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "assessment"
    verbose_name = _("Penilaian OVOP")

    def ready(self) -> None:
        from assessment import deactivation, files, panels

        deactivation.register()
        files.register()
        panels.register()
