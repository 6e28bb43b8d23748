"""Administrative areas of Indonesia: provinsi > kabupaten/kota > kecamatan > desa/kelurahan."""

import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wilayah import codes, names, zones


class WilayahQuerySet(models.QuerySet):
    def current(self, on: datetime.date | None = None) -> Self:
        """Areas that exist on the day `on` (default: today)."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on or timezone.localdate()))

    def inside(self, *areas: str) -> Self:
        """Areas that are one of `areas` (codes; "" is the whole country) or lie in it; none without `areas`."""
        return self.filter(codes.inside("code", areas))

    def of_levels(self, *levels: int) -> Self:
        return self.filter(level__in=levels)


class Wilayah(models.Model):
    """One administrative area under its Kemendagri code; a parent's code is a prefix of its children's.

    Rows come from `manage.py load_wilayah` alone: it keeps `parent_names` and the two search columns in step with the
    names. A code is never rewritten; an area that is split or abolished is closed and named in a `Succession`.
    """

    class Level(models.IntegerChoices):
        PROVINSI = 1, _("Provinsi")
        KABUPATEN = 2, _("Kabupaten/kota")
        KECAMATAN = 3, _("Kecamatan")
        DESA = 4, _("Desa/kelurahan")

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("wilayah induk")
    )
    parent_names = ArrayField(
        models.CharField(max_length=100), verbose_name=_("nama wilayah induk"), default=list, blank=True
    )
    search_name = models.CharField(_("nama untuk pencarian"), max_length=100, editable=False)
    search_text = models.CharField(_("teks untuk pencarian"), max_length=500, editable=False)
    valid_until = models.DateField(
        _("berlaku sampai"),
        null=True,
        blank=True,
        help_text=_("Hari terakhir wilayah ini ada dalam daftar; kosong berarti masih berlaku."),
    )
    successors = models.ManyToManyField(
        "self",
        through="Succession",
        through_fields=("old", "new"),
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("wilayah pengganti"),
    )

    objects = WilayahQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        # The prefix index on `code` (varchar_pattern_ops) is made by Django for every text key and foreign key to one.
        indexes = [
            GinIndex(fields=["search_text"], name="wilayah_search_text", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["search_name"], name="wilayah_search_name", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=1, code__regex=r"^[0-9]{2}$")
                | Q(level=2, code__regex=r"^[0-9]{2}\.[0-9]{2}$")
                | Q(level=3, code__regex=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$")
                | Q(level=4, code__regex=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$"),
                name="wilayah_code_fits_level",
                violation_error_message=_("Kode wilayah tidak sesuai tingkatnya, misalnya 33.29.01 untuk kecamatan."),
            ),
            models.CheckConstraint(
                condition=Q(level=1, parent=None)
                | Q(level=2, parent__isnull=False, parent=Left("code", 2))
                | Q(level=3, parent__isnull=False, parent=Left("code", 5))
                | Q(level=4, parent__isnull=False, parent=Left("code", 8)),
                name="wilayah_parent_is_prefix",
                violation_error_message=_("Kode wilayah harus diawali kode wilayah induknya."),
            ),
            models.CheckConstraint(
                condition=Q(parent_names__len=F("level") - 1),
                name="wilayah_parents_are_named",
                violation_error_message=_("Nama semua wilayah induk harus terisi."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def line(self) -> tuple[str, ...]:
        """The names from the province down to this area."""
        return (*self.parent_names, self.name)

    @property
    def kind(self) -> str:
        """ "Desa", "Kelurahan", "Kecamatan", "Kabupaten", "Kota" … from the code."""
        return names.kind(self.code)

    @property
    def short_name(self) -> str:
        """ "Desa Bentarsari"."""
        return names.short_name(self.code, self.name)

    @property
    def place_name(self) -> str:
        """ "Desa Bentarsari, Kec. Salem, Kab. Brebes": without the province, for pages that stay inside one."""
        parts = names.short_line(self.code, self.line)
        return ", ".join(parts[:-1] or parts)

    @property
    def label(self) -> str:
        """The own name and the two above it, enough to tell it from others and short enough for a phone."""
        return ", ".join(names.short_line(self.code, self.line)[:3])

    @property
    def full_name(self) -> str:
        """ "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"."""
        return names.full_name(self.code, self.line)

    @property
    def dinas_name(self) -> str:
        """ "Dinas perindustrian Kabupaten Brebes", for the areas below it too; `names.MINISTRY` acts nationally."""
        return names.dinas_name(self.line)

    @property
    def zone(self) -> zones.Zone:
        """The time zone of its province, with the letters WIB, WITA or WIT to show beside a time."""
        return zones.zone_of(self.code)

    def is_current(self, on: datetime.date | None = None) -> bool:
        """Whether the area exists on the day `on` (default: today)."""
        return self.valid_until is None or self.valid_until >= (on or timezone.localdate())


class Succession(models.Model):
    """What became of an area: one row per pair of an old and a new one, so a split has several and a merger too.

    Entered by an admin from the law that made the change, never guessed from names. It moves no record by itself: that
    is confirmed on `/wilayah/perubahan/`.
    """

    old = models.ForeignKey(Wilayah, models.PROTECT, related_name="successions", verbose_name=_("wilayah lama"))
    new = models.ForeignKey(Wilayah, models.PROTECT, related_name="origins", verbose_name=_("wilayah baru"))
    since = models.DateField(_("berlaku sejak"))
    source = models.CharField(
        _("dasar hukum"), max_length=200, help_text=_("Nomor dan tahun peraturannya, misalnya UU 29/2022.")
    )

    class Meta:
        verbose_name = _("pergantian wilayah")
        verbose_name_plural = _("pergantian wilayah")
        ordering = ["since", "old_id", "new_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new"],
                name="succession_pair_unique",
                violation_error_message=_("Pergantian ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="succession_changes_area",
                violation_error_message=_("Wilayah baru harus lain dari wilayah lama."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(old)s menjadi %(new)s") % {"old": self.old.short_name, "new": self.new.short_name}


class Edition(models.Model):
    """An edition of the list of areas that was loaded; the newest row says what the database stands on."""

    name = models.CharField(_("sumber"), max_length=100)
    digest = models.CharField(_("SHA-256"), max_length=64)
    area_count = models.PositiveIntegerField(_("jumlah wilayah"))
    loaded_at = models.DateTimeField(_("dimuat pada"), default=timezone.now)

    class Meta:
        verbose_name = _("edisi daftar wilayah")
        verbose_name_plural = _("edisi daftar wilayah")
        ordering = ["-loaded_at"]
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return self.name
