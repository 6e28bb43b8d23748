"""What must hold before an instrument is published. Everything wrong is told at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessment import models
from assessment.gate_checks import find_gate_problems
from assessment.scoring import Check, Indicator, Instrument

# Names of the product scopes in use, by code.
Scopes = Mapping[str, str]


def find_problems(rules: Instrument, scopes: Scopes) -> list[str]:
    """All problems of `rules` as sentences, where `scopes` are the product scopes in use; empty if there is none."""
    found = [
        *_validity(rules),
        *_criteria(rules),
        *_codes(rules),
        *_columns(rules),
        *_scopes(rules, scopes),
        *(sentence for indicator in rules.indicators.values() for sentence in _indicator(indicator)),
        *_bands(rules),
    ]
    if any(not indicator.levels for indicator in rules.indicators.values()):
        return found
    return found + [sentence for gate in rules.gates for sentence in find_gate_problems(gate, rules)]


def _validity(rules: Instrument) -> Iterator[str]:
    if rules.validity_months < 1:
        yield _("Masa berlaku hasil paling sedikit 1 bulan.")


def _criteria(rules: Instrument) -> Iterator[str]:
    total = sum((criterion.points for criterion in rules.criteria), Fraction(0))
    if total != 100:
        yield _("Poin semua kriteria berjumlah %(total)s; seharusnya 100.") % {"total": _number(total)}
    for criterion in rules.criteria:
        if criterion.points <= 0:
            yield _("Poin kriteria %(code)s harus lebih dari 0.") % {"code": criterion.code}


def _codes(rules: Instrument) -> Iterator[str]:
    indicators = [indicator for criterion in rules.criteria for indicator in criterion.indicators]
    codes = {
        _("kriteria"): [criterion.code for criterion in rules.criteria],
        _("indikator"): [indicator.code for indicator in indicators],
        _("butir uji"): [check.code for indicator in indicators for check in indicator.checks],
        _("syarat"): [gate.code for gate in rules.gates],
    }
    for part, used in codes.items():
        for code, count in Counter(used).items():
            if count > 1:
                yield _("Kode %(part)s %(code)s dipakai lebih dari sekali.") % {"part": part, "code": code}


def _columns(rules: Instrument) -> Iterator[str]:
    """Every text that a page shows is there, and every value fits its column: length, decimals, range."""
    yield from _fits(_("Instrumen"), rules, models.Instrument, "name", "version", "basis", "validity_months")
    for criterion in rules.criteria:
        yield from _fits(_("Kriteria"), criterion, models.Criterion, "code", "name", "short_name", "points")
    for indicator in rules.indicators.values():
        columns = ("code", "name", "short_name", "question", "evidence_hint", "source")
        yield from _fits(_("Indikator"), indicator, models.Indicator, *columns)
        for level in indicator.levels:
            part = _("Level %(number)s indikator") % {"number": level.number}
            yield from _fits(part, level, models.Level, "points", "word", "wording", code=indicator.code)
    for check in rules.checks.values():
        yield from _fits(_("Butir uji"), check, models.Check, "code", "text")
    for gate in rules.gates:
        columns = ("code", "name", "sentence", "how_to_repair", "source", "minimum", "star")
        yield from _fits(_("Syarat"), gate, models.Gate, *columns)
    for band in rules.bands:
        yield from _fits(_("Ambang bintang"), band, models.StarBand, "star", "lowest", "label", code=str(band.star))


def _fits(part: str, value: Any, model: type[Model], *columns: str, code: str | None = None) -> Iterator[str]:
    """What the columns of `model` refuse, in the words of their fields."""
    code = getattr(value, "code", "") if code is None else code
    for column in columns:
        field = model._meta.get_field(column)
        try:
            field.clean(_entered(getattr(value, column)), None)
        except ValidationError as refused:
            words = {"part": f"{part} {code}".strip(), "column": field.verbose_name, "why": " ".join(refused.messages)}
            yield _("%(part)s: “%(column)s”: %(why)s") % words


def _entered(value: Any) -> Any:
    """`value` as a person enters it: blanks around a text are nothing, points are decimals."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value.strip() if isinstance(value, str) else value


def _scopes(rules: Instrument, scopes: Scopes) -> Iterator[str]:
    if not scopes:
        yield _("Belum ada lingkup produk yang dipakai. Isi lingkup produk lebih dulu.")
    for criterion in rules.criteria:
        for code, name in scopes.items():
            if not criterion.applying(code):
                yield _("Kriteria %(criterion)s tidak punya indikator untuk lingkup “%(scope)s”.") % {
                    "criterion": criterion.code,
                    "scope": name,
                }


def _indicator(indicator: Indicator) -> Iterator[str]:
    code = {"code": indicator.code}
    if len(indicator.levels) < 2:
        yield _("Indikator %(code)s perlu sedikitnya dua level.") % code
        return
    if [level.number for level in indicator.levels] != list(range(1, len(indicator.levels) + 1)):
        yield _("Level indikator %(code)s harus bernomor 1, 2, 3 dan seterusnya tanpa lompatan.") % code
    for lower, upper in pairwise(indicator.levels):
        if upper.points < lower.points:
            yield _("Indikator %(code)s: level %(upper)s bernilai lebih kecil daripada level %(lower)s.") % {
                **code,
                "lower": lower.number,
                "upper": upper.number,
            }
    if indicator.levels[0].points < 0:
        yield _("Poin level indikator %(code)s tidak boleh kurang dari 0.") % code
    if indicator.best.points <= 0:
        yield _("Level terbaik indikator %(code)s harus bernilai lebih dari 0.") % code
    yield from _evidence_cap(indicator)
    for check in indicator.checks:
        yield from _check(check, indicator)


def _evidence_cap(indicator: Indicator) -> Iterator[str]:
    cap = indicator.cap_without_evidence
    if cap is None:
        return
    if not indicator.evidence_required:
        yield _("Indikator %(code)s dibatasi tanpa bukti, padahal buktinya tidak wajib.") % {"code": indicator.code}
    if not 1 <= cap < indicator.best.number:
        yield _("Indikator %(code)s: level tertinggi tanpa bukti harus di antara 1 dan %(most)s.") % {
            "code": indicator.code,
            "most": indicator.best.number - 1,
        }


def _check(check: Check, indicator: Indicator) -> Iterator[str]:
    code = {"code": check.code}
    if check.eliminating and check.bad_value is None:
        yield _("Butir uji %(code)s menggugurkan, tetapi belum ada jawaban buruknya.") % code
    if check.bad_value is not None and check.bad_value not in check.offered:
        yield _("Butir uji %(code)s: jawaban buruk harus di antara %(lowest)s dan %(highest)s.") % {
            **code,
            "lowest": check.offered[0],
            "highest": check.offered[-1],
        }
    if indicator.scopes and check.scopes and not check.scopes & indicator.scopes:
        yield _("Butir uji %(code)s tidak pernah muncul: lingkupnya tidak ada pada indikatornya.") % code


def _bands(rules: Instrument) -> Iterator[str]:
    if not rules.bands:
        yield _("Belum ada ambang bintang.")
    for lower, upper in pairwise(sorted(rules.bands, key=lambda band: band.star)):
        if upper.star == lower.star:
            yield _("Bintang %(star)s punya lebih dari satu ambang.") % {"star": upper.star}
        elif upper.lowest <= lower.lowest:
            yield _("Ambang bintang %(upper)s harus lebih tinggi daripada ambang bintang %(lower)s.") % {
                "upper": upper.star,
                "lower": lower.star,
            }
    for band in rules.bands:
        if band.star < 1 or not 0 <= band.lowest <= 100:
            yield _("Ambang bintang %(star)s tidak masuk akal: bintang mulai dari 1, nilainya 0 sampai 100.") % {
                "star": band.star
            }


def _number(exact: Fraction) -> str:
    return number_format(_entered(exact))
