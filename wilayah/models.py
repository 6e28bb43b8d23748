"""Administrative areas of Indonesia: provinsi > kabupaten/kota > kecamatan > desa/kelurahan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wilayah(models.Model):
    """One administrative area under its Kemendagri code; a parent's code is a prefix of its children's."""

    class Level(models.IntegerChoices):
        PROVINSI = 1, _("Provinsi")
        KABUPATEN = 2, _("Kabupaten/kota")
        KECAMATAN = 3, _("Kecamatan")
        DESA = 4, _("Desa/kelurahan")

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Level)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
