"""Photos of a sentra, an IKM or a product."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from files.models import StoredFile
from outbox.records import Record, tracked
from sentra.models.parts import SUBJECT_KEYS, AboutSubject, AboutSubjectQuerySet
from wilayah.invisible import says_something


@tracked(read_by=SUBJECT_KEYS)
class Photo(AboutSubject, Record):
    """One picture, shown from its re-encoded copies; the original is kept privately."""

    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name=_("berkas"), related_name="+", editable=False)
    caption = models.CharField(
        _("keterangan foto"), max_length=150, help_text=_("Apa yang terlihat, misalnya irisan pisang dijemur.")
    )

    objects = AboutSubjectQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["created_at", "id"]
        constraints = [
            *AboutSubject.Meta.constraints,
            says_something("caption", name="photo_has_caption", sentence=_("Isi keterangan foto.")),
        ]

    def __str__(self) -> str:
        return self.caption

    def get_absolute_url(self) -> str:
        return reverse("photo:detail", args=[self.pk])
