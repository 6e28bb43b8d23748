"""Reference data of the catalogue, kept by an admin: branches of industry and product scopes."""

from collections.abc import Iterator
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class ReferenceQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def choosable(self, kept: str | None = None) -> Self:
        """The active rows, and the row with the code `kept` that a record has already."""
        return self.filter(Q(is_active=True) | Q(pk=kept))

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator["Reference"]:
        """All at once: the choices of a form would open a cursor on the server, three statements for a dozen rows."""
        return iter(self)


class Reference(models.Model):
    """A named category with a code that never changes; taken out of use by `is_active`, never deleted once used."""

    code = models.SlugField(
        _("kode"), max_length=30, primary_key=True, help_text=_("Huruf kecil, angka, garis bawah. Tidak berubah lagi.")
    )
    name = models.CharField(_("nama"), max_length=150)
    description = models.TextField(_("keterangan"), blank=True)
    source = models.CharField(_("sumber"), max_length=250, blank=True, help_text=_("Peraturan atau dokumen asalnya."))
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("dipakai"), default=True, help_text=_("Kosongkan bila tidak dipakai lagi."))

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="%(class)s_name_ci_unique",
                violation_error_message=_("Nama ini sudah dipakai. Pilih nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9_]+$"),
                name="%(class)s_code_form",
                violation_error_message=_("Kode hanya boleh berisi huruf kecil, angka dan garis bawah."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Branch(Reference):
    """A branch of industry (cabang industri) by which a dinas adds up its figures."""

    class Meta(Reference.Meta):
        verbose_name = _("cabang industri")
        verbose_name_plural = _("cabang industri")


class ProductScope(Reference):
    """A product scope (lingkup produk) of the OVOP programme; instruments say per scope what applies."""

    class Meta(Reference.Meta):
        verbose_name = _("lingkup produk")
        verbose_name_plural = _("lingkup produk")
