"""Figures inside sentences. Templates use the filters of `numbers`; both write 82,40 and 1.000."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessment import scoring


def points(value: Decimal) -> str:
    """Points with two places: "82,40". They are rounded before they come here, by `scoring.shown`."""
    return number_format(value, decimal_pos=2)


def plain(value: Fraction | Decimal | int) -> str:
    """A figure without needless places: 50 is "50", 62 and a half is "62,5"."""
    if value == int(value):
        return str(int(value))
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return number_format(exact.quantize(Decimal("0.01")).normalize())


def joined(words: Sequence[str]) -> str:
    """ "provinsi", "provinsi dan kementerian", "1.1, 1.2 dan 1.4"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s dan %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def band_name(rules: scoring.Instrument, star: int) -> str:
    """What the instrument calls a band: "bintang 4"."""
    label = next((band.label for band in rules.bands if band.star == star), "")
    return label or _("bintang %(star)d") % {"star": star}
