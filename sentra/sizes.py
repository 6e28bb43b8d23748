"""The size class of an IKM in words.

The class itself is a column, `IKM.size_class`, with an index for lists (`ikm_size_sort`); the database keeps it from
the latest figures and the thresholds, by the one rule in `models/size.py`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sentra.figures import dotted
from sentra.models import IKM, SizeRule, YearlyFigures


@dataclass(frozen=True)
class Size:
    """The class in a word and why; `is_known` is False where something is missing, and `reason` says what."""

    words: str
    reason: str
    is_known: bool


def size_of(ikm: IKM, latest: YearlyFigures | None) -> Size:
    """Of `ikm`, whose latest figures are `latest`; one query for the source where the class is known."""
    if not ikm.size_class:
        return Size(_("Belum diketahui"), _unknown_reason(latest), is_known=False)
    source = SizeRule.objects.filter(size_class=ikm.size_class).values_list("source", flat=True).first()
    reason = _("Tenaga kerja %(workers)s orang, investasi Rp %(investment)s (%(year)s), menurut %(source)s.") % {
        "year": latest.year,
        "workers": dotted(latest.workers),
        "investment": dotted(latest.investment),
        "source": source,
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
