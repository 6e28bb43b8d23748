"""What can never be rewritten: the steps of an assessment, the remarks of a return, and the chain of decisions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.assessment import Assessment
from assessment.models.instrument import Indicator
from assessment.models.round import Authority
from outbox.records import ClockTimestamp
from sentra.models.parts import one_of

NOTHING_BEFORE = "0" * 64


class AppendOnly(pgtrigger.Protect):
    """Refuses every UPDATE and DELETE of the table's rows, whoever asks."""

    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self) -> None:
        super().__init__(name="append_only")


class Step(models.Model):
    """One step of an assessment: who, when, from which state to which, and why. Appended, never changed."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, verbose_name=_("penilaian"), related_name="step_set")
    action = models.CharField(_("langkah"), max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("oleh"), related_name="+")
    # What the person was on that day, in words ("Verifikator, Kab. Brebes"); duties end, steps stay.
    acted_as = models.CharField(_("sebagai"), max_length=150)
    at = models.DateTimeField(_("pada"), db_default=ClockTimestamp())
    from_state = models.CharField(_("dari"), max_length=10, choices=Assessment.State, blank=True)
    to_state = models.CharField(_("menjadi"), max_length=10, choices=Assessment.State)
    note = models.TextField(_("alasan"), blank=True)

    class Meta:
        verbose_name = _("langkah penilaian")
        verbose_name_plural = _("langkah penilaian")
        ordering = ["assessment_id", "pk"]
        constraints = [
            one_of(
                "from_state",
                ["", *Assessment.State.values],
                name="step_from_state_known",
                sentence=_("Keadaan sebelum langkah ini tidak dikenal."),
            ),
            one_of(
                "to_state",
                Assessment.State.values,
                name="step_to_state_known",
                sentence=_("Keadaan sesudah langkah ini tidak dikenal."),
            ),
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.action}: {self.assessment}"


class Remark(models.Model):
    """Why an assessment was sent back, said at one indicator. Appended, never changed."""

    step = models.ForeignKey(Step, models.PROTECT, verbose_name=_("langkah"), related_name="remark_set")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name=_("indikator"), related_name="+")
    text = models.TextField(_("catatan"), max_length=2000)

    class Meta:
        verbose_name = _("catatan pengembalian")
        verbose_name_plural = _("catatan pengembalian")
        ordering = ["step_id", "indicator_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "indicator"],
                name="remark_one_per_indicator",
                violation_error_message=_("Satu catatan saja per indikator."),
            ),
            models.CheckConstraint(
                condition=~Q(text__regex=r"^\s*$"),
                name="remark_has_text",
                violation_error_message=_("Tulis apa yang harus dibetulkan."),
            ),
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return self.text[:60]


class Decision(models.Model):
    """One link of the chain of decisions: the frozen result as canonical JSON text, its hash and the hash before it.

    The columns repeat what the text says, so that lists need not parse it; `verify_decisions` proves both agree.
    """

    class Kind(models.TextChoices):
        AWARD = "penetapan", _("Penetapan")
        ELIMINATION = "gugur", _("Gugur")
        REVOCATION = "pencabutan", _("Pencabutan")

    assessment = models.ForeignKey(Assessment, models.PROTECT, verbose_name=_("penilaian"), related_name="decision_set")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    number = models.PositiveBigIntegerField(_("nomor urut"), unique=True)
    previous = models.CharField(_("sidik sebelumnya"), max_length=64, unique=True)
    sha256 = models.CharField(_("sidik"), max_length=64, unique=True)
    canonical = models.TextField(_("isi"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("diputuskan oleh"), related_name="+"
    )
    decided_at = models.DateTimeField(_("diputuskan pada"))
    authority = models.CharField(_("penilai"), max_length=12, choices=Authority)
    # NULL means without a star: eliminated or revoked. 0 means below the lowest band.
    star = models.PositiveSmallIntegerField(_("bintang"), null=True, blank=True)
    total = models.DecimalField(_("nilai"), max_digits=5, decimal_places=2, null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    criteria = models.JSONField(
        _("poin per kriteria"),
        default=list,
        blank=True,
        help_text=_("Daftar {code, title, points, maximum}; poin sebagai teks dengan dua angka desimal."),
    )

    class Meta:
        verbose_name = _("keputusan")
        verbose_name_plural = _("keputusan")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind"],
                name="decision_one_per_kind",
                violation_error_message=_("Penilaian ini sudah diputuskan."),
            ),
            models.CheckConstraint(
                condition=Q(kind="penetapan", star__isnull=False, total__isnull=False, valid_until__isnull=False)
                | Q(kind__in=["gugur", "pencabutan"], star__isnull=True, valid_until__isnull=True),
                name="decision_award_has_result",
                violation_error_message=_("Penetapan harus memuat nilai, bintang dan masa berlakunya."),
            ),
            one_of(
                "authority",
                Authority.values,
                name="decision_authority_known",
                sentence=_("Penilai keputusan tidak dikenal."),
            ),
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class ChainHead(models.Model):
    """The end of the chain: hash and number of the last decision. One row, locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sha256 = models.CharField(_("sidik terakhir"), max_length=64, default=NOTHING_BEFORE)
    count = models.PositiveBigIntegerField(_("jumlah keputusan"), default=0)

    class Meta:
        verbose_name = _("ujung rantai")
        verbose_name_plural = _("ujung rantai")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="chain_head_single",
                violation_error_message=_("Ujung rantai hanya satu."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.count}: {self.sha256[:12]}"
