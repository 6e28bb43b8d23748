"""Yearly figures of a sentra or an IKM: units, workers, production and money of one year."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Func, Q
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


class YearlyFiguresQuerySet(models.QuerySet):
    def about(self, subject: models.Model) -> Self:
        """The years of this sentra or IKM alone."""
        return self.filter(**{subject._meta.model_name: subject})

    def in_wilayah(self, area: Wilayah) -> Self:
        """The rows that stood in `area`, or anywhere inside it, in their year."""
        return self.filter(codes.inside("wilayah__code", [area.code]))

    def newest_first(self) -> Self:
        return self.order_by("-year")


@tracked()
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
            models.Index(
                fields=["member_of", "year"],
                include=["ikm"],
                condition=Q(member_of__isnull=False),
                name="figures_of_members",
            ),
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
