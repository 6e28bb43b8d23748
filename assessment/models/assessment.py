"""Assessments: one product in one round, the sheets of those who rate it, and the evidence."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Role, inside_q
from assessment.models.instrument import Check, Indicator, Instrument
from assessment.models.round import Authority, Round
from files.models import StoredFile
from outbox.records import ClockTimestamp, Record, tracked
from sentra.models import IKM, Certificate, Product, ProductScope, Sentra
from wilayah import codes, names
from wilayah.models import Wilayah


class Closed(pgtrigger.Trigger):
    """Refuses a change of what was rated once the assessment's state no longer allows it.

    `state_query` is SQL that yields `state` and `kind` for the row `r`. Nothing moves after the end; while the dinas
    has it, only the decision sheet does.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("found", "RECORD"), ("r", "RECORD")]

    def __init__(self, *, state_query: str) -> None:
        func = f"""
            IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
            {state_query}
            IF found.state IN ('decided', 'eliminated', 'revoked', 'withdrawn')
               OR (found.kind = 'proposal' AND found.state IN ('submitted', 'in_review')) THEN
                RAISE EXCEPTION 'the assessment is closed for changes'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_closed';
            END IF;
            RETURN r;
        """
        super().__init__(name="closed", func=func)


OF_SHEET = """
    SELECT a.state, s.kind INTO found FROM assessment_scoresheet s
      JOIN assessment_assessment a ON a.id = s.assessment_id WHERE s.id = r.sheet_id;
"""
OF_EVIDENCE = """
    SELECT a.state, 'proposal' AS kind INTO found FROM assessment_assessment a WHERE a.id = r.assessment_id;
"""
OF_TIE = """
    SELECT a.state, 'proposal' AS kind INTO found FROM assessment_evidence e
      JOIN assessment_assessment a ON a.id = e.assessment_id WHERE e.id = r.evidence_id;
"""


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The assessments `user` may open; the queryset side of `permissions.can_see`.

        An officer: the own ones, also after the duty ended, and the decided ones inside the area. A verifier: every
        one ever submitted inside. A leader: the decided ones inside.
        """
        return self.filter(
            Q(officer=user)
            | Q(submitted_at__isnull=False) & inside_q(user, "wilayah__code", Role.VERIFIER)
            | Q(state__in=Assessment.CLOSED_BY_DECISION) & inside_q(user, "wilayah__code", Role.OFFICER, Role.LEADER)
        )

    def open(self) -> Self:
        """Those on which somebody still has to act."""
        return self.filter(state__in=Assessment.OPEN)

    def waiting_for_verifier(self) -> Self:
        return self.filter(state__in=[Assessment.State.SUBMITTED, Assessment.State.IN_REVIEW])

    def in_wilayah(self, area: Wilayah) -> Self:
        """Those whose product lies in `area` or anywhere inside it."""
        return self.filter(codes.inside("wilayah__code", [area.code]))

    def named(self, text: str) -> Self:
        """Those whose product, its IKM or its sentra is found under the name `text`."""
        return self.filter(
            Q(product__in=Product.objects.named(text))
            | Q(product__ikm__in=IKM.objects.named(text))
            | Q(product__sentra__in=Sentra.objects.named(text))
        )

    def with_subject(self) -> Self:
        """Everything a line of a list says about the subject, in the same query."""
        return self.select_related(
            "product__ikm__sentra", "product__sentra", "wilayah", "officer", "scope", "round", "visited_by"
        )


@tracked()
class Assessment(Record):
    """The assessment of one product in one round. Scope, instrument, authority and area are copied at its creation.

    `state` is written only by `assessment.workflow.advance`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Dikirim")
        IN_REVIEW = "in_review", _("Ditinjau")
        RETURNED = "returned", _("Dikembalikan")
        DECIDED = "decided", _("Diputuskan")
        WITHDRAWN = "withdrawn", _("Ditarik")
        ELIMINATED = "eliminated", _("Gugur")
        REVOKED = "revoked", _("Dicabut")

    OPEN = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED)
    EDITABLE = (State.DRAFT, State.RETURNED)
    CLOSED_BY_DECISION = (State.DECIDED, State.ELIMINATED, State.REVOKED)

    product = models.ForeignKey(Product, models.PROTECT, verbose_name=_("produk"), related_name="assessment_set")
    round = models.ForeignKey(Round, models.PROTECT, verbose_name=_("putaran"), related_name="assessment_set")
    scope = models.ForeignKey(ProductScope, models.PROTECT, verbose_name=_("lingkup produk"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("instrumen"))
    authority = models.CharField(_("penilai"), max_length=12, choices=Authority)
    wilayah = models.ForeignKey("wilayah.Wilayah", models.PROTECT, verbose_name=_("wilayah"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("petugas"), related_name="assessment_set"
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(_("sejak"), db_default=ClockTimestamp())
    submitted_at = models.DateTimeField(_("pertama dikirim pada"), null=True, blank=True)
    visited_on = models.DateField(_("tanggal kunjungan"), null=True, blank=True)
    visited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("dikunjungi oleh"),
        related_name="+",
        null=True,
        blank=True,
    )
    appeal_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("sanggahan atas"), null=True, blank=True, related_name="appeal_set"
    )

    objects = AssessmentQuerySet.as_manager()

    trigger_sentences = {
        "assessment_closed": _(
            "Penilaian ini tidak dapat diubah lagi pada keadaannya sekarang. Muat ulang halamannya."
        ),
        "score_level_exists": _("Level itu tidak ada pada indikator ini. Pilih salah satu kartu."),
    }

    class Meta(Record.Meta):
        verbose_name = _("penilaian")
        verbose_name_plural = _("penilaian")
        ordering = ["-state_since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "authority"],
                condition=Q(state__in=["draft", "submitted", "in_review", "returned"]),
                name="assessment_one_open",
                violation_error_message=_(
                    "Produk ini sedang dinilai. Lanjutkan penilaian yang terbuka, atau tunggu sampai selesai."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "in_review",
                        "returned",
                        "decided",
                        "withdrawn",
                        "eliminated",
                        "revoked",
                    ]
                ),
                name="assessment_state_known",
                violation_error_message=_("Keadaan penilaian tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="assessment_submitted_has_time",
                violation_error_message=_("Penilaian yang sudah dikirim harus memuat waktunya."),
            ),
            models.CheckConstraint(
                condition=Q(visited_on__isnull=True, visited_by__isnull=True)
                | Q(visited_on__isnull=False, visited_by__isnull=False),
                name="assessment_visit_whole",
                violation_error_message=_("Kunjungan lapangan harus memuat tanggal dan nama petugasnya."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-state_since"], name="assessment_state_since")]

    def __str__(self) -> str:
        return str(self.product)

    def get_absolute_url(self) -> str:
        return reverse("assessment:detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Whether its officer may still change levels and evidence."""
        return self.state in self.EDITABLE

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def desk(self) -> str:
        """Who reviews and decides, in short: "verifikator Kab. Brebes"; needs `wilayah`."""
        if self.authority == Authority.KEMENTERIAN:
            return str(_("verifikator Kementerian Perindustrian"))
        line = names.short_line(self.wilayah_id, self.wilayah.line)[::-1]
        return _("verifikator %(area)s") % {"area": line[: self._judging_depth][-1]}

    @property
    def judge(self) -> str:
        """The office whose judgement this is: "Dinas perindustrian Kabupaten Brebes"; needs `wilayah`."""
        return names.dinas_name(self.wilayah.line[: self._judging_depth])

    @property
    def _judging_depth(self) -> int:
        """Down to which level of areas the authority's own area goes; 0 is the whole country."""
        return {Authority.KABKOTA: 2, Authority.PROVINSI: 1, Authority.KEMENTERIAN: 0}[Authority(self.authority)]

    @property
    def situation(self) -> str:
        """What is the case, in words to be followed by since when: "Menunggu verifikator Kab. Brebes"."""
        words = {
            self.State.DRAFT: _("Draf, belum dikirim"),
            self.State.SUBMITTED: _("Menunggu %(desk)s"),
            self.State.IN_REVIEW: _("Ditinjau %(desk)s"),
            self.State.RETURNED: _("Menunggu perbaikan petugas"),
            self.State.DECIDED: _("Diputuskan %(desk)s"),
            self.State.WITHDRAWN: _("Ditarik petugas"),
            self.State.ELIMINATED: _("Digugurkan %(desk)s"),
            self.State.REVOKED: _("Keputusan dicabut %(desk)s"),
        }
        return words[self.State(self.state)] % {"desk": self.desk}


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
            Closed(state_query=OF_SHEET),
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
            models.CheckConstraint(
                condition=Q(value__lte=5),
                name="check_answer_range",
                violation_error_message=_("Jawab dengan ya, tidak, atau angka 1 sampai 5."),
            ),
        ]
        triggers = [Closed(state_query=OF_SHEET)]

    def __str__(self) -> str:
        return f"{self.check_line}: {self.value}"


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
        ]
        triggers = [*Record.Meta.triggers, Closed(state_query=OF_EVIDENCE)]

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
        triggers = [Closed(state_query=OF_TIE)]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.evidence}"
