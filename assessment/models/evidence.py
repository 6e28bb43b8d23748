"""Evidence: what shows why a level was given, tied to its indicators."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.assessment import Assessment
from assessment.models.closed import OF_EVIDENCE, OF_TIE, Closed
from assessment.models.instrument import Indicator
from files.models import StoredFile
from outbox.records import Record, tracked
from sentra.models import Certificate


@tracked()
class Evidence(Record):
    """A photo, a document, a certificate's file or a link that shows why a level was given."""

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, verbose_name=_("penilaian"), related_name="evidence_set", editable=False
    )
    indicators = models.ManyToManyField(Indicator, through="EvidenceTie", verbose_name=_("indikator"), related_name="+")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name=_("berkas"), null=True, blank=True, related_name="+", editable=False
    )
    certificate = models.ForeignKey(
        Certificate,
        models.PROTECT,
        verbose_name=_("sertifikat"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    link = models.URLField(_("tautan"), blank=True, max_length=500)
    caption = models.CharField(_("keterangan"), max_length=150, blank=True)
    taken_at = models.DateTimeField(_("diambil pada"), null=True, blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("bukti")
        verbose_name_plural = _("bukti")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="evidence_file_or_link",
                violation_error_message=_("Lampirkan satu berkas atau tulis satu tautan."),
            ),
            models.CheckConstraint(
                condition=Q(certificate__isnull=True) | Q(file__isnull=False),
                name="evidence_certificate_has_file",
                violation_error_message=_("Sertifikat ini belum ada berkasnya. Unggah berkasnya dahulu."),
            ),
            models.CheckConstraint(
                # isnull is said again: a CHECK passes where a comparison with NULL leaves it undecided.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="evidence_position_whole",
                violation_error_message=_("Posisi bukti harus memuat lintang dan bujur dalam derajat."),
            ),
        ]
        triggers = [*Record.Meta.triggers, Closed(rated=OF_EVIDENCE)]

    def __str__(self) -> str:
        return self.caption or self.link or str(self.file)


@tracked()
class EvidenceTie(models.Model):
    """That a piece of evidence speaks for an indicator."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, verbose_name=_("bukti"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name=_("indikator"), related_name="+")

    class Meta:
        verbose_name = _("bukti indikator")
        verbose_name_plural = _("bukti indikator")
        ordering = ["evidence_id", "indicator_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "indicator"],
                name="evidence_tied_once",
                violation_error_message=_("Bukti ini sudah ada pada indikator itu."),
            )
        ]
        triggers = [Closed(rated=OF_TIE)]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.evidence}"
