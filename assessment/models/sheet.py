"""Score sheets: what each rater says of every indicator and test line."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.assessment import Assessment
from assessment.models.closed import OF_SHEET, Closed
from assessment.models.instrument import Check, Indicator
from outbox.records import ClockTimestamp, Record, tracked
from sentra.models.parts import one_of


class ScoreSheet(models.Model):
    """One rater's view of an assessment: the officer's proposal, a panel member's sheet, or the dinas's decision."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Usulan petugas")
        PANEL = "panel", _("Lembar penilai")
        DECISION = "decision", _("Lembar putusan")

    assessment = models.ForeignKey(Assessment, models.CASCADE, verbose_name=_("penilaian"), related_name="sheet_set")
    kind = models.CharField(_("jenis lembar"), max_length=8, choices=Kind)
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("penilai"), related_name="sheet_set"
    )
    created_at = models.DateTimeField(_("dibuat pada"), db_default=ClockTimestamp())
    handed_in_at = models.DateTimeField(_("diserahkan pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("lembar penilaian")
        verbose_name_plural = _("lembar penilaian")
        ordering = ["assessment_id", "kind", "pk"]
        constraints = [
            one_of(
                "kind",
                ["proposal", "panel", "decision"],
                name="sheet_kind_known",
                sentence=_("Jenis lembar tidak dikenal."),
            ),
            models.UniqueConstraint(
                fields=["assessment", "kind"],
                condition=Q(kind__in=["proposal", "decision"]),
                name="sheet_one_proposal_one_decision",
                violation_error_message=_("Penilaian ini sudah punya lembar seperti itu."),
            ),
            models.UniqueConstraint(
                fields=["assessment", "rater"],
                condition=Q(kind="panel"),
                name="sheet_one_per_panel_member",
                violation_error_message=_("Penilai ini sudah punya lembar untuk penilaian ini."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.assessment}"


@tracked()
class Score(models.Model):
    """The level one rater gave one indicator, or nothing yet. Not scored is NULL, never zero.

    On a decision sheet `reason` says why the level differs from the proposal, `reviewed_at` that a verifier has
    looked at it, and `is_changed` that the officer changed the indicator after a return.
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, verbose_name=_("lembar"), related_name="score_set")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name=_("indikator"), related_name="+")
    # NULL means not scored.
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    note = models.TextField(_("catatan"), blank=True, max_length=2000)
    reason = models.TextField(_("alasan perubahan"), blank=True, max_length=2000)
    is_changed = models.BooleanField(_("diubah petugas sejak dikembalikan"), default=False)
    reviewed_at = models.DateTimeField(_("ditinjau pada"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("ditinjau oleh"),
        related_name="+",
        null=True,
        blank=True,
    )
    revision = models.PositiveIntegerField(_("revisi"), default=1, editable=False)
    changed_at = models.DateTimeField(_("diubah pada"), db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("nilai indikator")
        verbose_name_plural = _("nilai indikator")
        ordering = ["sheet_id", "indicator_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "indicator"],
                name="score_one_per_indicator",
                violation_error_message=_("Indikator ini sudah dinilai pada lembar ini."),
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1),
                name="score_level_positive",
                violation_error_message=_("Pilih salah satu level, atau kosongkan."),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            Closed(rated=OF_SHEET),
            pgtrigger.Trigger(
                name="level_exists",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("level"),
                func="""
                    IF NEW.level IS NOT NULL AND NOT EXISTS (
                        SELECT FROM assessment_level
                         WHERE indicator_id = NEW.indicator_id AND number = NEW.level
                    ) THEN
                        RAISE EXCEPTION 'no such level of this indicator'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_level_exists';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.level if self.level is not None else _('belum dinilai')}"


@tracked()
class CheckAnswer(models.Model):
    """The answer to one line of a test sheet: 1 or 0 for yes or no, else the grade 1 to 5."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, verbose_name=_("lembar"), related_name="check_answer_set")
    check_line = models.ForeignKey(Check, models.PROTECT, verbose_name=_("butir uji"), related_name="+")
    value = models.PositiveSmallIntegerField(_("jawaban"))

    class Meta:
        verbose_name = _("jawaban butir uji")
        verbose_name_plural = _("jawaban butir uji")
        ordering = ["sheet_id", "check_line_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "check_line"],
                name="check_answer_one",
                violation_error_message=_("Butir uji ini sudah dijawab pada lembar ini."),
            ),
        ]
        triggers = [
            Closed(rated=OF_SHEET),
            pgtrigger.Trigger(
                name="answer_offered",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM assessment_check
                         WHERE id = NEW.check_line_id AND (kind = 'yes_no' AND NEW.value BETWEEN 0 AND 1
                            OR kind = 'graded' AND NEW.value BETWEEN 1 AND 5)
                    ) THEN
                        RAISE EXCEPTION 'the line of the test sheet offers no such answer'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'check_answer_offered';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_line}: {self.value}"
