"""Size classes of industry: which there are, and the thresholds by which a firm falls into one."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from sentra.models.parts import one_of
from wilayah.invisible import says_something

# Classifies the IKM whose keys `changed` selects; the one place where workers and investment become a class. The firms
# are locked first, in a statement of their own: so the figures are read as they stand once nobody else writes them.
CLASSIFY = """
    PERFORM 1 FROM sentra_ikm WHERE id IN ({changed}) ORDER BY id FOR NO KEY UPDATE;
    UPDATE sentra_ikm AS ikm
       SET size_class = found.size_class
      FROM (SELECT firm.id, COALESCE(rule.size_class, '') AS size_class
              FROM sentra_ikm AS firm
              LEFT JOIN LATERAL (
                   SELECT COALESCE(workers_unsplit, workers_men + workers_women) AS workers, investment
                     FROM sentra_yearlyfigures WHERE ikm_id = firm.id ORDER BY year DESC LIMIT 1
                   ) AS latest ON true
              LEFT JOIN sentra_sizerule AS rule
                     ON latest.workers >= rule.workers_from
                    AND (latest.workers <= rule.workers_to OR rule.workers_to IS NULL)
                    AND latest.investment >= rule.investment_from
                    AND (latest.investment <= rule.investment_to OR rule.investment_to IS NULL)
             WHERE firm.id IN ({changed})) AS found
     WHERE ikm.id = found.id AND ikm.size_class <> found.size_class;
    RETURN NULL;
"""


def _range(name: str) -> Func:
    return Func(
        F(f"{name}_from"),
        F(f"{name}_to"),
        Value("[]"),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )


class SizeClass(models.TextChoices):
    """Of a firm; the empty text stands for "not known yet"."""

    SMALL = "kecil", _("Industri kecil")
    MEDIUM = "menengah", _("Industri menengah")
    LARGE = "besar", _("Industri besar")


class SizeRule(models.Model):
    """One line of the thresholds: firms with so many workers and so much invested are of this class.

    Both ends count; an empty upper end means without limit. A class may need several lines. Loaded by
    `manage.py load_reference`; where a line changes, all firms are classified again.
    """

    size_class = models.CharField(_("kelas ukuran"), max_length=8, choices=SizeClass)
    workers_from = models.PositiveIntegerField(_("tenaga kerja paling sedikit"), default=0, help_text=_("orang"))
    workers_to = models.PositiveIntegerField(
        _("tenaga kerja paling banyak"), null=True, blank=True, help_text=_("orang; kosongkan bila tanpa batas")
    )
    investment_from = models.PositiveBigIntegerField(
        _("investasi paling sedikit"), default=0, help_text=_("rupiah, tanpa tanah dan bangunan tempat usaha")
    )
    investment_to = models.PositiveBigIntegerField(
        _("investasi paling banyak"), null=True, blank=True, help_text=_("rupiah; kosongkan bila tanpa batas")
    )
    source = models.CharField(_("sumber"), max_length=250, help_text=_("Peraturan asalnya, dengan pasalnya."))

    class Meta:
        verbose_name = _("batas kelas ukuran")
        verbose_name_plural = _("batas kelas ukuran")
        ordering = ["workers_from", "investment_from"]
        constraints = [
            one_of(
                "size_class",
                ["kecil", "menengah", "besar"],
                name="sizerule_class_known",
                sentence=_("Pilih kelas ukuran dari daftar."),
            ),
            models.CheckConstraint(
                condition=(Q(workers_to__isnull=True) | Q(workers_to__gte=F("workers_from")))
                & (Q(investment_to__isnull=True) | Q(investment_to__gte=F("investment_from"))),
                name="sizerule_ends_in_order",
                violation_error_message=_("Batas atas tidak boleh di bawah batas bawahnya."),
            ),
            says_something("source", name="sizerule_has_source", sentence=_("Tulis peraturan asal batas ini.")),
            ExclusionConstraint(
                name="sizerule_no_overlap",
                expressions=[
                    (_range("workers"), RangeOperators.OVERLAPS),
                    (_range("investment"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Batas ini bertindihan dengan batas lain. Satu usaha hanya masuk satu kelas."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="classify_again",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=CLASSIFY.format(changed="SELECT id FROM sentra_ikm"),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_size_class_display())
