from django.db import models
from django.utils.translation import gettext_lazy as _


class SetUpStep(models.Model):
    """One step of the set-up that was done on this database, and a fingerprint of what it read.

    The step "demo" is also the mark of a demo: its accounts have a known password, and `demo_reset` drops only a
    database that has it. It travels with a dump, so a copy of a demo stays a demo.
    """

    DEMO = "demo"

    name = models.CharField(_("nama"), max_length=40, primary_key=True)
    fingerprint = models.CharField(_("sidik jari"), max_length=64, blank=True)
    done_at = models.DateTimeField(_("dijalankan pada"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("langkah persiapan")
        verbose_name_plural = _("langkah persiapan")

    def __str__(self) -> str:
        return self.name
