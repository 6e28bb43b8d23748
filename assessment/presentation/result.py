"""A result as a sentence, as bars and on the ruler of bands."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment import scoring
from assessment.presentation.figures import band_name, plain, points


@dataclass(frozen=True)
class Headline:
    """The result in two sentences: what it is, and what is lacking. `rest` may be empty."""

    main: str
    rest: str = ""

    def __str__(self) -> str:
        return f"{self.main} {self.rest}".strip()


@dataclass(frozen=True)
class Bar:
    """One criterion as a bar with its figure in words."""

    code: str
    title: str
    value: Decimal
    maximum: Decimal
    figure: str


@dataclass(frozen=True)
class Segment:
    """One band on the ruler; `filled` is in percent of the segment.

    `star` 0 is the space below the lowest band, which is not there where that band begins at nothing.
    """

    star: int
    lowest: str
    filled: int
    current: bool


def headline(result: scoring.Result, rules: scoring.Instrument) -> Headline:
    """The sentence a page about `result` begins with."""
    total = points(result.points.shown)
    if result.eliminated:
        return Headline(_("Gugur: tidak mendapat bintang."))
    if not result.complete:
        reachable = points(result.reachable.shown)
        return Headline(
            _("Sementara %(total)s dari 100.") % {"total": total},
            _("Masih bisa sampai %(reachable)s.") % {"reachable": reachable},
        )
    if result.star:
        main = _("Setara %(band)s: %(total)s dari 100.") % {"band": band_name(rules, result.star), "total": total}
    else:
        main = _("Belum berbintang: %(total)s dari 100.") % {"total": total}
    return Headline(main, _lacking(result, rules))


def _lacking(result: scoring.Result, rules: scoring.Instrument) -> str:
    upper = result.next_band
    if upper is None:
        return _("Tidak ada hasil yang lebih tinggi.")
    band = band_name(rules, upper.star)
    if upper.distance.exact:
        return _("Kurang %(points)s untuk %(band)s.") % {"points": points(upper.distance.shown), "band": band}
    return _("Poinnya cukup untuk %(band)s, tetapi ada syarat yang belum terpenuhi.") % {"band": band}


def bars(result: scoring.Result) -> list[Bar]:
    """The criteria in the order of the instrument."""
    return [
        Bar(
            code=criterion.code,
            title=f"{criterion.code} {criterion.name}",
            value=criterion.points.shown,
            maximum=criterion.maximum.shown,
            figure=_("%(points)s dari %(maximum)s")
            % {"points": points(criterion.points.shown), "maximum": plain(criterion.maximum.shown)},
        )
        for criterion in result.criteria
    ]


def strengths(result: scoring.Result) -> str:
    """ "Paling kuat di K1, paling lemah di K4": by the share of each criterion's points; of equals the first."""
    shares = {criterion.code: criterion.points.exact / criterion.maximum.exact for criterion in result.criteria}
    strongest, weakest = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    if shares[strongest] == shares[weakest]:
        return _("Semua kriteria sama kuat")
    return _("Paling kuat di %(strongest)s, paling lemah di %(weakest)s") % {
        "strongest": strongest,
        "weakest": weakest,
    }


def ruler(result: scoring.Result, rules: scoring.Instrument) -> list[Segment]:
    """The bands side by side in equal widths, filled up to the points; the band that was earned is the current one.

    Where a gate caps the star, the filling reaches beyond the current band: both are true.
    """
    return list(_segments(result, rules))


def _segments(result: scoring.Result, rules: scoring.Instrument) -> Iterator[Segment]:
    bands = sorted(rules.bands, key=lambda band: band.lowest)
    starts = [(band.star, band.lowest) for band in bands]
    if starts[0][1] > 0:
        starts.insert(0, (0, Fraction(0)))
    ends = [*(lowest for _star, lowest in starts[1:]), Fraction(100)]
    for (star, lowest), end in zip(starts, ends, strict=True):
        share = (result.points.exact - lowest) / (end - lowest) if end > lowest else Fraction(0)
        yield Segment(
            star=star,
            lowest=plain(lowest),
            filled=int(min(max(share, Fraction(0)), Fraction(1)) * 100),
            current=result.star == star,
        )
