"""Instruments: versions of the rules, as data. Published ones are frozen by triggers.

What tells rows of one table apart is deferrable, so that two of them may swap it in one transaction: a level put
between two others pushes the numbers above it up.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from assessment.models import frozen
from outbox.records import tracked
from sentra.models.parts import one_of


class InstrumentQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Those in force: published and not retired."""
        return self.filter(state=Instrument.State.PUBLISHED)


@tracked()
class Instrument(models.Model):
    """One version of the rules by which products are scored.

    It is filled as a draft; `assessment.instruments.publish` checks it, and from then on it never changes again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Terbit")
        RETIRED = "retired", _("Tidak dipakai lagi")

    name = models.CharField(_("nama"), max_length=150)
    version = models.CharField(_("versi"), max_length=30, help_text=_("Misalnya 2026 atau 1.1; unik per nama."))
    basis = models.TextField(_("dasar"), help_text=_("Peraturan atau pedoman yang menjadi sumbernya."))
    validity_months = models.PositiveSmallIntegerField(
        _("masa berlaku hasil"), default=24, help_text=_("dalam bulan sejak keputusan")
    )
    state = models.CharField(_("keadaan"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(_("terbit pada"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("diterbitkan oleh"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        help_text=_("Kosong bila dimuat oleh perintah pemasangan."),
    )
    retired_at = models.DateTimeField(_("tidak dipakai sejak"), null=True, blank=True, editable=False)

    objects = InstrumentQuerySet.as_manager()

    trigger_sentences = {
        "instrument_frozen": _("Instrumen ini sudah terbit, jadi isinya tidak berubah lagi. Salin ke rancangan baru.")
    }

    class Meta:
        verbose_name = _("instrumen")
        verbose_name_plural = _("instrumen")
        ordering = ["name", "-published_at", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                name="instrument_version_unique",
                violation_error_message=_("Instrumen dengan nama dan versi ini sudah ada. Naikkan versinya."),
            ),
            models.CheckConstraint(
                condition=Q(validity_months__gte=1),
                name="instrument_validity_positive",
                violation_error_message=_("Masa berlaku paling sedikit 1 bulan."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None, retired_at=None)
                | Q(state="published", published_at__isnull=False, retired_at=None)
                | Q(state="retired", published_at__isnull=False, retired_at__isnull=False),
                name="instrument_state_has_time",
                violation_error_message=_("Instrumen yang terbit harus memuat waktu terbitnya."),
            ),
        ]
        triggers = [frozen.OnlyForward()]

    def __str__(self) -> str:
        return f"{self.name}, versi {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


@tracked()
class Criterion(models.Model):
    """A criterion of an instrument, K1 to K5 in the OVOP scheme; its points are shared by its indicators."""

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, verbose_name=_("instrumen"), related_name="criterion_set"
    )
    code = models.CharField(_("kode"), max_length=10, help_text=_("Misalnya K1."))
    name = models.CharField(_("nama"), max_length=150)
    short_name = models.CharField(_("nama pendek"), max_length=30)
    points = models.DecimalField(
        _("poin"), max_digits=5, decimal_places=2, help_text=_("dari 100; semua kriteria berjumlah 100")
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("kriteria")
        verbose_name_plural = _("kriteria")
        ordering = ["instrument_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "code"],
                name="criterion_code_unique",
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Kode kriteria ini sudah dipakai dalam instrumen ini."),
            ),
            models.CheckConstraint(
                condition=Q(points__gt=0, points__lte=100),
                name="criterion_points_range",
                violation_error_message=_("Poin kriteria harus lebih dari 0 dan paling banyak 100."),
            ),
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_INSTRUMENT)]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@tracked()
class Indicator(models.Model):
    """One question of a criterion, answered by one of its levels, with or without compulsory evidence."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, verbose_name=_("kriteria"), related_name="indicator_set")
    code = models.CharField(_("kode"), max_length=10, help_text=_("Misalnya 1.1; unik dalam instrumen."))
    name = models.CharField(_("nama"), max_length=150)
    short_name = models.CharField(_("nama pendek"), max_length=30)
    question = models.CharField(_("pertanyaan"), max_length=250, help_text=_("Tertulis di atas kartu level."))
    evidence_hint = models.CharField(_("bukti yang diterima"), max_length=250)
    scopes = models.ManyToManyField(
        "sentra.ProductScope",
        through="IndicatorScope",
        verbose_name=_("lingkup produk"),
        related_name="+",
        blank=True,
        help_text=_("Kosong berarti semua lingkup."),
    )
    evidence_required = models.BooleanField(_("bukti wajib"), default=False)
    cap_without_evidence = models.PositiveSmallIntegerField(
        _("level tertinggi tanpa bukti"), null=True, blank=True, help_text=_("Kosong berarti tidak dibatasi.")
    )
    source = models.CharField(_("sumber"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["criterion_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "code"],
                name="indicator_code_unique",
                violation_error_message=_("Kode indikator ini sudah dipakai dalam kriteria ini."),
            ),
            models.CheckConstraint(
                condition=Q(cap_without_evidence=None) | Q(cap_without_evidence__gte=1, evidence_required=True),
                name="indicator_cap_needs_required_evidence",
                violation_error_message=_(
                    "Level tertinggi tanpa bukti hanya berlaku bila bukti wajib, dan paling rendah 1."
                ),
            ),
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_CRITERION)]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@tracked()
class IndicatorScope(models.Model):
    """That an indicator applies to a product scope."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, verbose_name=_("indikator"))
    scope = models.ForeignKey("sentra.ProductScope", models.PROTECT, verbose_name=_("lingkup produk"))

    class Meta:
        verbose_name = _("lingkup indikator")
        verbose_name_plural = _("lingkup indikator")
        ordering = ["indicator_id", "scope_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "scope"],
                name="indicator_scope_once",
                violation_error_message=_("Lingkup ini sudah dipilih."),
            )
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_INDICATOR)]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.scope}"


@tracked()
class Level(models.Model):
    """One answer of an indicator: its number, what one sees there, and its points before scaling."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, verbose_name=_("indikator"), related_name="level_set")
    number = models.PositiveSmallIntegerField(_("nomor"), help_text=_("1 adalah yang terendah."))
    points = models.DecimalField(_("poin"), max_digits=6, decimal_places=2)
    word = models.CharField(_("kata"), max_length=20, help_text=_("Misalnya Awal atau Kuat."))
    wording = models.CharField(_("rumusan"), max_length=300, help_text=_("Apa yang terlihat pada level ini."))

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("level")
        ordering = ["indicator_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"],
                name="level_number_unique",
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Nomor level ini sudah ada pada indikator ini."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="level_number_positive",
                violation_error_message=_("Nomor level mulai dari 1."),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0),
                name="level_points_not_negative",
                violation_error_message=_("Poin level tidak boleh kurang dari 0."),
            ),
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_INDICATOR)]

    def __str__(self) -> str:
        return f"{self.number} {self.word}"


@tracked()
class Check(models.Model):
    """One line of the test sheet under an indicator.

    It informs the level and never computes it; only an eliminating line, or a gate that names it, has an effect.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Ya atau tidak")
        GRADED = "graded", _("Angka 1 sampai 5")

    NO, YES = 0, 1

    indicator = models.ForeignKey(Indicator, models.CASCADE, verbose_name=_("indikator"), related_name="check_set")
    code = models.CharField(_("kode"), max_length=40, help_text=_("Misalnya 3.1-benda-asing; unik dalam instrumen."))
    text = models.CharField(_("butir uji"), max_length=250)
    kind = models.CharField(_("cara menjawab"), max_length=6, choices=Kind, default=Kind.GRADED)
    scopes = models.ManyToManyField(
        "sentra.ProductScope",
        through="CheckScope",
        verbose_name=_("lingkup produk"),
        related_name="+",
        blank=True,
        help_text=_("Kosong berarti semua lingkup indikatornya."),
    )
    eliminating = models.BooleanField(_("menggugurkan"), default=False)
    bad_value = models.PositiveSmallIntegerField(
        _("jawaban buruk"),
        null=True,
        blank=True,
        help_text=_("Ya atau tidak: 1 berarti ya yang buruk, 0 berarti tidak. Angka: nilai ini dan di bawahnya buruk."),
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("butir lembar uji")
        verbose_name_plural = _("butir lembar uji")
        ordering = ["indicator_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "code"],
                name="check_code_unique",
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Kode butir uji ini sudah dipakai pada indikator ini."),
            ),
            models.CheckConstraint(
                condition=Q(bad_value=None, eliminating=False)
                | Q(kind="yes_no", bad_value__isnull=False, bad_value__range=(0, 1))
                | Q(kind="graded", bad_value__isnull=False, bad_value__range=(1, 5)),
                name="check_bad_value_fits_kind",
                violation_error_message=_(
                    "Jawaban buruk untuk ya/tidak adalah 0 atau 1, untuk angka 1 sampai 5. Butir yang menggugurkan"
                    " harus memilikinya."
                ),
            ),
            one_of(
                "kind",
                ["yes_no", "graded"],
                name="check_kind_known",
                sentence=_("Pilih cara menjawab dari daftar."),
            ),
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_INDICATOR)]

    def __str__(self) -> str:
        return self.text


@tracked()
class CheckScope(models.Model):
    """That a line of a test sheet is for a product scope."""

    check_line = models.ForeignKey(Check, models.CASCADE, verbose_name=_("butir uji"))
    scope = models.ForeignKey("sentra.ProductScope", models.PROTECT, verbose_name=_("lingkup produk"))

    class Meta:
        verbose_name = _("lingkup butir uji")
        verbose_name_plural = _("lingkup butir uji")
        ordering = ["check_line_id", "scope_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_line", "scope"],
                name="check_scope_once",
                violation_error_message=_("Lingkup ini sudah dipilih."),
            )
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_CHECK)]

    def __str__(self) -> str:
        return f"{self.check_line}: {self.scope}"


@tracked()
class StarBand(models.Model):
    """A star and the lowest total that earns it."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, verbose_name=_("instrumen"), related_name="band_set")
    star = models.PositiveSmallIntegerField(_("bintang"))
    lowest = models.DecimalField(_("nilai terendah"), max_digits=5, decimal_places=2, help_text=_("dari 100"))
    label = models.CharField(_("sebutan"), max_length=60, help_text=_("Misalnya bintang 4."))

    class Meta:
        verbose_name = _("ambang bintang")
        verbose_name_plural = _("ambang bintang")
        ordering = ["instrument_id", "star"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "star"],
                name="band_star_unique",
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Bintang ini sudah punya ambang."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "lowest"],
                name="band_lowest_unique",
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Nilai terendah ini sudah dipakai bintang lain."),
            ),
            models.CheckConstraint(
                condition=Q(star__gte=1, lowest__gte=0, lowest__lte=100),
                name="band_range",
                violation_error_message=_("Bintang mulai dari 1 dan nilai terendahnya 0 sampai 100."),
            ),
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_INSTRUMENT)]

    def __str__(self) -> str:
        return self.label
