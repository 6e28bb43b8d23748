"""Photos of a sentra, an IKM or a product."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.models import StoredFile
from outbox.records import Record, tracked
from sentra.models.ikm import IKM
from sentra.models.parts import AboutSubject
from sentra.models.product import Product
from sentra.models.sentra import Sentra


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The photos of every record `user` sees."""
        return self.filter(
            Q(sentra__in=Sentra.objects.visible_to(user))
            | Q(ikm__in=IKM.objects.visible_to(user))
            | Q(product__in=Product.objects.visible_to(user))
        )


@tracked()
class Photo(AboutSubject, Record):
    """One picture, shown from its re-encoded copies; the original is kept privately."""

    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name=_("berkas"), related_name="+", editable=False)
    caption = models.CharField(
        _("keterangan foto"), max_length=150, help_text=_("Apa yang terlihat, misalnya irisan pisang dijemur.")
    )

    objects = PhotoQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["created_at", "id"]
        constraints = [*AboutSubject.Meta.constraints]

    def __str__(self) -> str:
        return self.caption
