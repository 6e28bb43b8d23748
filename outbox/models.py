"""Receipts: the server's memory of what it already accepted."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """One accepted sending of a form. It stands in the same transaction as what the form wrote, or not at all."""

    key = models.UUIDField(_("kunci kirim"), primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("pengirim"), related_name="+")
    content_hash = models.CharField(_("sidik isi"), max_length=64)
    # Long enough for a list with the longest filter that can be saved.
    location = models.CharField(_("alamat hasil"), max_length=2100)
    created_at = models.DateTimeField(_("diterima pada"), db_default=Now())

    class Meta:
        verbose_name = _("tanda terima")
        verbose_name_plural = _("tanda terima")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.key)
