"""The size class of an IKM in words.

The class itself is a column, `IKM.size_class`, with an index for lists (`ikm_size_sort`); the database keeps it from
the latest figures and the thresholds, by the one rule in `models/size.py`.
"""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from sentra.figures import dotted
from sentra.models import IKM, SizeRule, YearlyFigures
from sentra.models.ikm import IKMQuerySet


@dataclass(frozen=True)
class Size:
    """The class in a word and why; `is_known` is False where something is missing, and `reason` says what."""

    words: str
    reason: str
    is_known: bool


def with_rule_source(rows: IKMQuerySet) -> IKMQuerySet:
    """Annotate `rule_source` (text or None): the source of the thresholds of the class."""
    rules = SizeRule.objects.filter(size_class=OuterRef("size_class"))
    return rows.annotate(rule_source=Subquery(rules.values("source")[:1]))


def size_of(ikm: IKM, latest: YearlyFigures | None) -> Size:
    """Of `ikm`, from `with_rule_source`, whose latest figures are `latest`."""
    if not ikm.size_class:
        return Size(_("Belum diketahui"), _unknown_reason(latest), is_known=False)
    reason = _("Tenaga kerja %(workers)s orang, investasi Rp %(investment)s (%(year)s), menurut %(source)s.") % {
        "year": latest.year,
        "workers": dotted(latest.workers),
        "investment": dotted(latest.investment),
        "source": ikm.rule_source,
    }
    return Size(ikm.get_size_class_display(), reason, is_known=True)


def _unknown_reason(latest: YearlyFigures | None) -> str:
    if latest is None:
        return _("Angka tahunannya belum dicatat.")
    missing = [
        words
        for value, words in ((latest.workers, _("tenaga kerja")), (latest.investment, _("nilai investasi")))
        if value is None
    ]
    if not missing:
        return _("Batas kelas ukuran belum dimuat.")
    return _("Tahun %(year)s belum lengkap: %(missing)s.") % {
        "year": latest.year,
        "missing": _(" dan ").join(missing),
    }
