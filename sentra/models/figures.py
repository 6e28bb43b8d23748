"""Yearly figures of a sentra or an IKM: units, workers, production and money of one year."""

from dataclasses import dataclass
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, ExpressionWrapper, F, Func, Max, Q, Sum, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from outbox.records import Record, tracked
from sentra.models.ikm import IKM
from sentra.models.reference import Branch, ProductScope
from sentra.models.sentra import Sentra
from sentra.models.size import CLASSIFY
from sentra.validators import FIRST_YEAR, validate_year
from wilayah import codes
from wilayah.models import Wilayah

# Letters of why figures that looked wrong are right.
LONGEST_REASON = 300
# Whole rupiah of one year.
MONEY = ("production_value", "material_value", "investment", "export_value")
COUNTED = ("units", "workers_men", "workers_women", "workers_unsplit", "volume")
FIGURES = (*COUNTED, *MONEY)

# A row entered without an area is placed where its subject stands now, and stays there when the subject moves. The
# scope is that of the subject's products, where they all share one.
PLACE_OF_YEAR = """
    IF NEW.ikm_id IS NOT NULL THEN
        SELECT wilayah_id, branch_id, sentra_id INTO NEW.wilayah_id, NEW.branch_id, NEW.member_of_id
          FROM sentra_ikm WHERE id = NEW.ikm_id;
        SELECT min(scope_id) INTO NEW.scope_id
          FROM sentra_product WHERE ikm_id = NEW.ikm_id AND deactivated_at IS NULL
        HAVING count(DISTINCT scope_id) = 1;
    ELSE
        SELECT wilayah_id, branch_id INTO NEW.wilayah_id, NEW.branch_id FROM sentra_sentra WHERE id = NEW.sentra_id;
        SELECT min(scope_id) INTO NEW.scope_id
          FROM sentra_product WHERE sentra_id = NEW.sentra_id AND deactivated_at IS NULL
        HAVING count(DISTINCT scope_id) = 1;
    END IF;
    RETURN NEW;
"""


# All workers of a row; NULL where men or women are not known. `YearlyFigures.workers` says the same of one row.
WORKERS = Coalesce("workers_unsplit", F("workers_men") + F("workers_women"))
# Business units a row stands for: an IKM is one, a sentra as many as it says.
UNITS = Case(When(ikm__isnull=False, then=1), default="units", output_field=models.IntegerField())

# The sentra a row belongs to: its own, or the one its IKM was in that year; NULL for an IKM outside any.
CLUSTER = Coalesce("member_of", "sentra")


@dataclass(frozen=True)
class Sources:
    """What a recap is made of: sentra by the rows of their IKM, sentra by their own row, and IKM outside any sentra."""

    sentra_by_ikm: int
    sentra_by_own_row: int
    ikm_outside: int


class YearlyFiguresQuerySet(models.QuerySet):
    def about(self, subject: models.Model) -> Self:
        """The years of this sentra or IKM alone."""
        return self.filter(**{subject._meta.model_name: subject})

    def of_cluster(self, sentra: Sentra) -> Self:
        """The rows of `sentra` itself and of the IKM that were in it in their year, deactivated ones left out."""
        return self.alias(cluster=CLUSTER).filter(cluster=sentra.pk)._of_records_in_use()

    def in_wilayah(self, area: Wilayah) -> Self:
        """The rows that stood in `area`, or anywhere inside it, in their year."""
        return self.filter(codes.inside("wilayah__code", [area.code]))

    def newest_first(self) -> Self:
        return self.order_by("-year")

    def counted(self, year: int) -> Self:
        """The rows of `year` that a recap adds up: of each sentra those of its IKM or its own, never both.

        Its own row counts where it names more units than IKM of it have rows, or where none has; IKM outside any
        sentra always count, deactivated records never. The choice looks at the whole sentra, whatever these rows are
        filtered by; so the parts of a recap, by area or by branch, add up to the whole.
        """
        rows = self.filter(year=year).order_by().alias(cluster=CLUSTER)
        everything = self.model.objects.filter(year=year).order_by()._of_records_in_use()
        by_own_row = (
            everything.annotate(cluster=CLUSTER)
            .filter(cluster__in=rows.values(concerned=CLUSTER))
            .values("cluster")
            .annotate(own_rows=Count("sentra"), ikm_rows=Count("member_of"), own_units=Max("units"))
            .filter(Q(ikm_rows=0) | Q(own_units__gt=F("ikm_rows")), own_rows=1)
            .values("cluster")
        )
        is_by_own_row = Case(When(cluster__in=by_own_row, then=True), default=False)
        is_own_row = ExpressionWrapper(Q(sentra__isnull=False), output_field=models.BooleanField())
        return rows._of_records_in_use().alias(is_by_own_row=is_by_own_row).filter(is_by_own_row=is_own_row)

    def totals(self) -> Self:
        """Annotate `total_units`, `total_workers` and a total of each amount of money (int, or None: nothing known).

        Meant for `counted(year)`, after `.values(…)` with what it is added up by. What is not known adds nothing.
        """
        money = {f"total_{name}": Sum(name) for name in MONEY}
        return self.annotate(total_units=Sum(UNITS), total_workers=Sum(WORKERS), **money)

    def sources(self) -> Sources:
        """What these rows, those of `counted(year)`, are made of; one query."""
        return Sources(
            **self.aggregate(
                sentra_by_ikm=Count("member_of", distinct=True),
                sentra_by_own_row=Count("sentra"),
                ikm_outside=Count("ikm", filter=Q(member_of__isnull=True)),
            )
        )

    def _of_records_in_use(self) -> Self:
        """By the few that are out of use: a join with all records would read them all."""
        return self.exclude(ikm__in=IKM.objects.deactivated().values("pk")).exclude(
            sentra__in=Sentra.objects.deactivated().values("pk")
        )


@tracked(read_by=["sentra", "ikm"])
class YearlyFigures(Record):
    """What one sentra or one IKM had and made in one year. NULL means not known, never zero.

    `wilayah`, `branch`, `scope` and `member_of` (of an IKM: its sentra) are those of that year.
    """

    sentra = models.ForeignKey(
        Sentra,
        models.PROTECT,
        verbose_name=_("sentra"),
        related_name="figures",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )
    ikm = models.ForeignKey(
        IKM,
        models.PROTECT,
        verbose_name=_("IKM"),
        related_name="figures",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )
    year = models.PositiveSmallIntegerField(_("tahun"), validators=[validate_year], help_text=_("empat angka"))
    units = models.PositiveIntegerField(_("unit usaha"), null=True, blank=True, help_text=_("unit"))
    workers_men = models.PositiveIntegerField(_("tenaga kerja laki-laki"), null=True, blank=True, help_text=_("orang"))
    workers_women = models.PositiveIntegerField(
        _("tenaga kerja perempuan"), null=True, blank=True, help_text=_("orang")
    )
    workers_unsplit = models.PositiveIntegerField(
        _("tenaga kerja, jumlah saja"),
        null=True,
        blank=True,
        help_text=_("orang; hanya bila laki-laki dan perempuan tidak dipilah"),
    )
    volume = models.PositiveBigIntegerField(_("jumlah produksi"), null=True, blank=True, help_text=_("setahun"))
    volume_unit = models.CharField(_("satuan produksi"), max_length=30, blank=True, help_text=_("misalnya kg"))
    production_value = models.PositiveBigIntegerField(
        _("nilai produksi"), null=True, blank=True, help_text=_("rupiah setahun")
    )
    material_value = models.PositiveBigIntegerField(
        _("nilai bahan baku"), null=True, blank=True, help_text=_("rupiah setahun")
    )
    investment = models.PositiveBigIntegerField(
        _("nilai investasi"), null=True, blank=True, help_text=_("rupiah, tanpa tanah dan bangunan tempat usaha")
    )
    export_value = models.PositiveBigIntegerField(
        _("nilai ekspor"), null=True, blank=True, help_text=_("rupiah setahun")
    )
    wilayah = models.ForeignKey(
        Wilayah, models.PROTECT, verbose_name=_("wilayah"), related_name="+", editable=False, db_index=False
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, verbose_name=_("cabang industri"), related_name="+", editable=False, db_index=False
    )
    scope = models.ForeignKey(
        ProductScope,
        models.PROTECT,
        verbose_name=_("lingkup produk"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )
    member_of = models.ForeignKey(
        Sentra,
        models.PROTECT,
        verbose_name=_("anggota sentra"),
        related_name="member_figures",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )
    # Sentences of `sentra.plausibility`, one a line: those that were checked and found right.
    hints_checked = models.TextField(
        _("petunjuk yang sudah diperiksa"), blank=True, default="", db_default="", editable=False
    )
    hints_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("petunjuk diperiksa oleh"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )
    hints_checked_at = models.DateTimeField(_("petunjuk diperiksa pada"), null=True, blank=True, editable=False)
    hints_reason = models.CharField(
        _("keterangan pemeriksaan"), max_length=LONGEST_REASON, blank=True, default="", db_default="", editable=False
    )

    objects = YearlyFiguresQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("angka tahunan")
        verbose_name_plural = _("angka tahunan")
        ordering = ["-year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Func("sentra", "ikm", function="num_nonnulls", output_field=models.IntegerField()), 1),
                name="figures_one_subject",
                violation_error_message=_("Angka tahunan dicatat pada tepat satu: sentra atau IKM."),
            ),
            models.UniqueConstraint(
                fields=["sentra", "year"],
                condition=Q(sentra__isnull=False),
                name="figures_once_per_sentra",
                violation_error_message=_("Angka sentra ini untuk tahun itu sudah tercatat. Buka lagi halamannya."),
            ),
            models.UniqueConstraint(
                fields=["ikm", "year"],
                condition=Q(ikm__isnull=False),
                name="figures_once_per_ikm",
                violation_error_message=_("Angka IKM ini untuk tahun itu sudah tercatat. Buka lagi halamannya."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR),
                name="figures_year_plausible",
                violation_error_message=_("Tulis tahun dengan empat angka, misalnya 2024."),
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(
                    Func(*FIGURES, function="num_nonnulls", output_field=models.IntegerField()), 1
                ),
                name="figures_say_something",
                violation_error_message=_("Isi paling sedikit satu angka untuk tahun ini."),
            ),
            models.CheckConstraint(
                condition=Q(sentra__isnull=False) | Q(units__isnull=True),
                name="figures_units_of_sentra",
                violation_error_message=_("Jumlah unit usaha dicatat pada sentra; satu IKM adalah satu unit."),
            ),
            models.CheckConstraint(
                condition=Q(ikm__isnull=False) | Q(member_of__isnull=True),
                name="figures_member_is_ikm",
                violation_error_message=_("Hanya IKM yang menjadi anggota sentra."),
            ),
            models.CheckConstraint(
                condition=Q(workers_unsplit__isnull=True) | Q(workers_men__isnull=True, workers_women__isnull=True),
                name="figures_workers_once",
                violation_error_message=_(
                    "Isi tenaga kerja laki-laki dan perempuan, atau jumlahnya saja; jangan keduanya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(volume__isnull=True, volume_unit="") | Q(volume__isnull=False) & ~Q(volume_unit=""),
                name="figures_volume_has_unit",
                violation_error_message=_("Jumlah produksi ditulis bersama satuannya, misalnya 1.200 dan kg."),
            ),
        ]
        indexes = [
            # A recap of an area and a year reads this index alone.
            models.Index(
                fields=["year", "wilayah"],
                opclasses=["int2_ops", "varchar_pattern_ops"],
                include=["branch", "scope", "sentra", "ikm", "member_of", *FIGURES],
                name="figures_recap",
            ),
            # Which rows a recap adds up hangs on all rows of a sentra: those of its IKM and its own.
            models.Index(CLUSTER, "year", include=["sentra", "ikm", "member_of", "units"], name="figures_of_cluster"),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="place_of_year",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__wilayah__isnull=True),
                func=PLACE_OF_YEAR,
            ),
            *(
                pgtrigger.Trigger(
                    name=f"classify_{name}",
                    level=pgtrigger.Statement,
                    when=pgtrigger.After,
                    operation=operation,
                    referencing=pgtrigger.Referencing(**{side: "changed"}),
                    func=CLASSIFY.format(changed="SELECT ikm_id FROM changed"),
                )
                for name, operation, side in (
                    ("inserted", pgtrigger.Insert, "new"),
                    ("updated", pgtrigger.Update, "new"),
                    ("deleted", pgtrigger.Delete, "old"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.year}"

    @property
    def subject(self) -> Sentra | IKM:
        """The sentra or IKM these figures are of; a query where it was not selected along."""
        return self.sentra or self.ikm

    @property
    def workers(self) -> int | None:
        """All workers; None where men or women are not known."""
        if self.workers_unsplit is not None:
            return self.workers_unsplit
        if self.workers_men is None or self.workers_women is None:
            return None
        return self.workers_men + self.workers_women
