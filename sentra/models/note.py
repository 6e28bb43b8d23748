"""The journal: dated notes beside a record, written by those who look after it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.records import Record, tracked
from sentra.models.parts import SUBJECT_KEYS, AboutSubject, AboutSubjectQuerySet, one_of
from sentra.validators import PAST_DAY
from wilayah.invisible import says_something

LONGEST_NOTE, LONGEST_REASON = 2000, 300


class NoteQuerySet(AboutSubjectQuerySet):
    def visible_to(self, user: User) -> Self:
        """The notes about every record `user` sees; withdrawn ones only for their writer and who withdrew them."""
        own = Q(withdrawn_at__isnull=True) | Q(created_by=user) | Q(withdrawn_by=user)
        return super().visible_to(user).filter(own)

    def with_subject(self) -> Self:
        """Selects the subject with its area along."""
        return self.select_related("sentra__wilayah", "ikm__wilayah", "product__wilayah")

    def standing(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self) -> Self:
        """By the day they speak of, then by when they were written."""
        return self.order_by("-day", "-created_at", "-pk")


@tracked(read_by=SUBJECT_KEYS)
class Note(AboutSubject, Record):
    """What somebody saw, agreed or warns of at a sentra, IKM or product on a day; who sees the record reads it.

    Its writer may change and withdraw it, a verifier of the area may withdraw it with a reason. `withdrawn_at` set
    means withdrawn: only its writer and who withdrew it still read it here, and its history stays.
    """

    class Kind(models.TextChoices):
        NOTE = "catatan", _("Catatan")
        VISIT = "kunjungan", _("Kunjungan")
        WARNING = "peringatan", _("Peringatan")

    day = models.DateField(_("tanggal"), validators=PAST_DAY, help_text=_("Hari kejadian atau kunjungannya."))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("isi catatan"), max_length=LONGEST_NOTE)
    withdrawn_at = models.DateTimeField(_("ditarik pada"), null=True, blank=True, editable=False)
    # NULL on a withdrawn note means its writer.
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("ditarik oleh"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )
    withdrawal_reason = models.CharField(
        _("alasan penarikan"), max_length=LONGEST_REASON, blank=True, default="", db_default="", editable=False
    )

    objects = NoteQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("catatan")
        verbose_name_plural = _("catatan")
        ordering = ["-day", "-created_at", "id"]
        constraints = [
            *AboutSubject.Meta.constraints,
            one_of(
                "kind",
                ["catatan", "kunjungan", "peringatan"],
                name="note_kind_known",
                sentence=_("Pilih jenis catatan dari daftar."),
            ),
            says_something("text", name="note_has_text", sentence=_("Tulis isi catatannya.")),
        ]

    @property
    def is_withdrawn_by_another(self) -> bool:
        """Whether somebody else than its writer withdrew it."""
        return self.withdrawn_at is not None and self.withdrawn_by_id not in (None, self.created_by_id)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {date_format(self.day)}"

    def get_absolute_url(self) -> str:
        """Its place in the journal of its subject."""
        subject = self.subject
        return reverse(f"{subject._meta.model_name}:notes", args=[subject.pk]) + f"#catatan-{self.pk}"
