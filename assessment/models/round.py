"""Rounds: who judges where, by which instrument, from when to when."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models import frozen
from assessment.models.instrument import Instrument
from sentra.models.parts import one_of
from wilayah.invisible import says_something
from wilayah.models import Wilayah


class Authority(models.TextChoices):
    """Who judges, lowest first: a nomination climbs this ladder."""

    KABKOTA = "kabkota", _("Kabupaten/kota")
    PROVINSI = "provinsi", _("Provinsi")
    KEMENTERIAN = "kementerian", _("Kementerian")


# The level of the area a round of each authority may be limited to; the ministry judges the whole country.
AREA_LEVELS = {Authority.KABKOTA: Wilayah.Level.KABUPATEN, Authority.PROVINSI: Wilayah.Level.PROVINSI}


class RoundQuerySet(models.QuerySet):
    def open_on(self, day: date) -> Self:
        """Those that have begun on `day` and have not closed before it."""
        return self.filter(Q(closes=None) | Q(closes__gte=day), opens__lte=day)

    def standing(self) -> Self:
        """Those without an area and without an end: always there, for each area by itself."""
        return self.filter(wilayah=None, closes=None)


class Round(models.Model):
    """A time in which an authority judges by one instrument: in one area, or each area for itself."""

    name = models.CharField(_("nama"), max_length=150)
    authority = models.CharField(_("penilai"), max_length=12, choices=Authority)
    wilayah = models.ForeignKey(
        Wilayah,
        models.PROTECT,
        verbose_name=_("wilayah"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Kosong berarti setiap wilayah untuk dirinya sendiri."),
    )
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("instrumen"), related_name="round_set")
    opens = models.DateField(_("dibuka"))
    closes = models.DateField(
        _("ditutup"), null=True, blank=True, help_text=_("Hari terakhir; kosong berarti tanpa akhir.")
    )

    objects = RoundQuerySet.as_manager()

    trigger_sentences = {"round_uses_published": _("Pilih instrumen yang sudah terbit dan masih dipakai.")}

    class Meta:
        verbose_name = _("putaran penilaian")
        verbose_name_plural = _("putaran penilaian")
        ordering = ["-opens", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(wilayah=None, closes=None),
                name="round_one_standing",
                violation_error_message=_(
                    "Sudah ada putaran tetap untuk penilai ini. Isi dulu tanggal tutup putaran yang lama."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closes=None) | Q(closes__gte=F("opens")),
                name="round_closes_after_opening",
                violation_error_message=_("Tanggal tutup tidak boleh sebelum tanggal buka."),
            ),
            models.CheckConstraint(
                condition=~Q(authority="kementerian") | Q(wilayah=None),
                name="round_ministry_everywhere",
                violation_error_message=_("Kementerian menilai seluruh Indonesia. Kosongkan wilayahnya."),
            ),
            one_of(
                "authority", Authority.values, name="round_authority_known", sentence=_("Pilih penilai dari daftar.")
            ),
            says_something("name", name="round_has_name", sentence=_("Isi nama putaran dengan huruf yang terlihat.")),
        ]
        triggers = [frozen.UsesPublished()]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What the constraints cannot say: a published instrument, and an area of the authority's level."""
        errors = {}
        if self._changes_instrument() and self.instrument.state != Instrument.State.PUBLISHED:
            errors["instrument"] = ValidationError(self.trigger_sentences["round_uses_published"], code="not_published")
        level = AREA_LEVELS.get(self.authority)
        if self.wilayah and level and self.wilayah.level != level:
            errors["wilayah"] = ValidationError(
                _("Pilih wilayah setingkat %(level)s, sesuai penilainya."),
                code="wrong_level",
                params={"level": Wilayah.Level(level).label.lower()},
            )
        if errors:
            raise ValidationError(errors)

    def is_open(self, day: date) -> bool:
        return self.opens <= day and (self.closes is None or self.closes >= day)

    def _changes_instrument(self) -> bool:
        """A round may outlive its instrument; only choosing another one asks for a published one."""
        if self.instrument_id is None:
            return False
        return not Round.objects.filter(pk=self.pk, instrument=self.instrument_id).exists()
