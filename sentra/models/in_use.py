"""Being in use or taken out of it, and the two rules of the database about it.

A record in use stands on records in use: an IKM on its sentra, a product on its IKM and its sentra. So what a list or
a count is made of is asked of its own row alone, and nothing disappears together with something else.
"""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class InUseQuerySet(models.QuerySet):
    def in_use(self) -> Self:
        """Those not deactivated: what lists, choices and counts are made of."""
        return self.filter(deactivated_at=None)

    def deactivated(self) -> Self:
        return self.filter(deactivated_at__isnull=False)


class Deactivatable(models.Model):
    """A record that may be taken out of use, with a reason, and brought back. It never vanishes.

    Deactivated is a record that should not count: a double, a mistake, one that was tried out. A firm that gave up is
    `tutup` and stays in use. Written only by `sentra/deactivation.py`.
    """

    deactivated_at = models.DateTimeField(_("dinonaktifkan pada"), null=True, blank=True, editable=False)
    deactivated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("dinonaktifkan oleh"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    deactivation_reason = models.CharField(_("alasan dinonaktifkan"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(deactivated_at__isnull=True, deactivated_by__isnull=True, deactivation_reason="")
                | Q(deactivated_at__isnull=False, deactivated_by__isnull=False)
                & ~Q(deactivation_reason__regex=r"^\s*$"),
                name="%(class)s_deactivation_whole",
                violation_error_message=_("Tulis alasan menonaktifkan data ini."),
            )
        ]

    @property
    def is_in_use(self) -> bool:
        return self.deactivated_at is None

    def get_deactivate_url(self) -> str:
        return reverse(f"{self._meta.model_name}:deactivate", args=[self.pk])

    def get_compare_url(self) -> str:
        return reverse(f"{self._meta.model_name}:compare", args=[self.pk])

    def get_bring_back_url(self) -> str:
        return reverse(f"{self._meta.model_name}:bring_back", args=[self.pk])


class StandsOnUsed(pgtrigger.Trigger):
    """Refuses a row in use whose `columns` (name of the column: table) point to a row out of use.

    FOR SHARE: a deactivation going on at the same moment finishes first, and one that comes later waits for this row.
    """

    name = "stands_on_used"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, *, constraint: str, columns: dict[str, str]) -> None:
        looked_at = [*columns, "deactivated_at"]
        new, old = (", ".join(f"{row}.{column}" for column in looked_at) for row in ("NEW", "OLD"))
        super().__init__(
            declare=[("since", "TIMESTAMPTZ")],
            func=f"""
                IF NEW.deactivated_at IS NOT NULL
                   OR TG_OP = 'UPDATE' AND ({new}) IS NOT DISTINCT FROM ({old}) THEN
                    RETURN NEW;
                END IF;
                {"".join(self._refusal(column, table, constraint) for column, table in columns.items())}
                RETURN NEW;
            """,
        )

    @staticmethod
    def _refusal(column: str, table: str, constraint: str) -> str:
        return f"""
                IF NEW.{column} IS NOT NULL THEN
                    SELECT deactivated_at INTO since FROM {table} WHERE id = NEW.{column} FOR SHARE;
                    IF since IS NOT NULL THEN
                        RAISE EXCEPTION '{column} is out of use'
                            USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
                    END IF;
                END IF;
        """


class NothingStandsOn(pgtrigger.Trigger):
    """Refuses to take a row out of use while rows in use point to it from `columns` (table: name of the column)."""

    name = "nothing_stands_on"
    when = pgtrigger.After
    operation = pgtrigger.UpdateOf("deactivated_at")
    condition = pgtrigger.Q(old__deactivated_at__isnull=True, new__deactivated_at__isnull=False)

    def __init__(self, *, constraint: str, columns: dict[str, str]) -> None:
        found = " OR ".join(
            f"EXISTS (SELECT FROM {table} WHERE {column} = NEW.id AND deactivated_at IS NULL)"
            for table, column in columns.items()
        )
        super().__init__(
            func=f"""
                IF {found} THEN
                    RAISE EXCEPTION 'rows in use stand on this one'
                        USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
                END IF;
                RETURN NULL;
            """
        )
