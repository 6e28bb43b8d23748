"""Receipts: the server's memory of what it already accepted."""

from django.conf import settings
from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ReceiptManager(models.Manager):
    def put_down(self, receipt: "Receipt") -> bool:
        """Write `receipt`, still without an address, unless its key has one already; False then.

        Somebody who is sending the same key at this moment is waited for. In plain SQL, because Django does not say
        whether a row that may collide was written, and a collision that is an error takes a savepoint around each
        sending.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO outbox_receipt (key, user_id, content_hash, location) VALUES (%s, %s, %s, '')"
                " ON CONFLICT (key) DO NOTHING",
                [receipt.key, receipt.user_id, receipt.content_hash],
            )
            return cursor.rowcount == 1


class Receipt(models.Model):
    """One accepted sending of a form. It stands in the same transaction as what the form wrote, or not at all."""

    key = models.UUIDField(_("kunci kirim"), primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("pengirim"), related_name="+")
    content_hash = models.CharField(_("sidik isi"), max_length=64)
    # Long enough for a list with the longest filter that can be saved.
    location = models.CharField(_("alamat hasil"), max_length=2100)
    created_at = models.DateTimeField(_("diterima pada"), db_default=Now())

    objects = ReceiptManager()

    class Meta:
        verbose_name = _("tanda terima")
        verbose_name_plural = _("tanda terima")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.key)
