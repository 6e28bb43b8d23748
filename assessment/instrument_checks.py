"""What must hold before an instrument is published. Everything wrong is told at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
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


class Part(StrEnum):
    """What is mended in one place: each has a page of its own in the admin."""

    INSTRUMENT = "instrument"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    GATE = "gate"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, as a sentence, and the part at which it is mended; the instrument itself has no code.

    Criteria and bands are rows of the instrument, levels and test lines rows of their indicator.
    """

    sentence: str
    part: Part = Part.INSTRUMENT
    code: str = ""

    def __str__(self) -> str:
        return self.sentence


def find_problems(rules: Instrument, scopes: Scopes) -> list[Problem]:
    """All problems of `rules`, where `scopes` are the product scopes in use; empty if there is none."""
    found = [
        *_at(Part.INSTRUMENT, "", _validity(rules)),
        *_at(Part.INSTRUMENT, "", _criteria(rules)),
        *_codes(rules),
        *_columns(rules),
        *_scopes(rules, scopes),
    ]
    for indicator in rules.indicators.values():
        found += _at(Part.INDICATOR, indicator.code, _indicator(indicator))
    found += _at(Part.INSTRUMENT, "", _bands(rules))
    if any(len(indicator.levels) < 2 for indicator in rules.indicators.values()):
        return found
    for gate in rules.gates:
        found += _at(Part.GATE, gate.code, find_gate_problems(gate, rules))
    return found


def _at(part: Part, code: str, sentences: Iterable[str]) -> Iterator[Problem]:
    return (Problem(sentence, part, code) for sentence in sentences)


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


def _codes(rules: Instrument) -> Iterator[Problem]:
    indicators = [indicator for criterion in rules.criteria for indicator in criterion.indicators]
    homes = {check.code: indicator.code for indicator in indicators for check in indicator.checks}
    for code in _doubled(criterion.code for criterion in rules.criteria):
        yield Problem(_("Kode kriteria %(code)s dipakai lebih dari sekali.") % {"code": code})
    for code in _doubled(indicator.code for indicator in indicators):
        sentence = _("Kode indikator %(code)s dipakai lebih dari sekali.") % {"code": code}
        yield Problem(sentence, Part.INDICATOR, code)
    for code in _doubled(check.code for indicator in indicators for check in indicator.checks):
        sentence = _("Kode butir uji %(code)s dipakai lebih dari sekali.") % {"code": code}
        yield Problem(sentence, Part.INDICATOR, homes[code])
    for code in _doubled(gate.code for gate in rules.gates):
        yield Problem(_("Kode syarat %(code)s dipakai lebih dari sekali.") % {"code": code}, Part.GATE, code)


def _doubled(codes: Iterable[str]) -> list[str]:
    return [code for code, count in Counter(codes).items() if count > 1]


def _columns(rules: Instrument) -> Iterator[Problem]:
    """Every text that a page shows is there, and every value fits its column: length, decimals, range."""
    columns = ("name", "version", "basis", "validity_months")
    yield from _at(Part.INSTRUMENT, "", _fits(_("Instrumen"), rules, models.Instrument, *columns))
    for criterion in rules.criteria:
        columns = ("code", "name", "short_name", "points")
        yield from _at(Part.INSTRUMENT, "", _fits(_("Kriteria"), criterion, models.Criterion, *columns))
    for indicator in rules.indicators.values():
        yield from _at(Part.INDICATOR, indicator.code, _indicator_columns(indicator))
    for gate in rules.gates:
        columns = ("code", "name", "sentence", "how_to_repair", "source", "minimum", "star")
        yield from _at(Part.GATE, gate.code, _fits(_("Syarat"), gate, models.Gate, *columns))
    for band in rules.bands:
        columns = ("star", "lowest", "label")
        faults = _fits(_("Ambang bintang"), band, models.StarBand, *columns, code=str(band.star))
        yield from _at(Part.INSTRUMENT, "", faults)


def _indicator_columns(indicator: Indicator) -> Iterator[str]:
    columns = ("code", "name", "short_name", "question", "evidence_hint", "source")
    yield from _fits(_("Indikator"), indicator, models.Indicator, *columns)
    for level in indicator.levels:
        part = _("Level %(number)s indikator") % {"number": level.number}
        yield from _fits(part, level, models.Level, "points", "word", "wording", code=indicator.code)
    for check in indicator.checks:
        yield from _fits(_("Butir uji"), check, models.Check, "code", "text")


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


def _scopes(rules: Instrument, scopes: Scopes) -> Iterator[Problem]:
    if not scopes:
        yield Problem(_("Belum ada lingkup produk yang dipakai. Isi lingkup produk lebih dulu."))
    for criterion in rules.criteria:
        for code, name in scopes.items():
            if not criterion.applying(code):
                sentence = _("Kriteria %(criterion)s tidak punya indikator untuk lingkup “%(scope)s”.") % {
                    "criterion": criterion.code,
                    "scope": name,
                }
                yield Problem(sentence, Part.CRITERION, criterion.code)


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
