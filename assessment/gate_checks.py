"""What must hold for a gate before its instrument is published: complete, able to act, and able to be met."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessment.models import Authority, Gate
from assessment.models.gate import CONDITION_PARAMETERS, EFFECT_PARAMETERS
from assessment.scoring import Condition, Effect, Indicator, Instrument
from assessment.scoring import Gate as GateRule
from sentra.models import Certificate


def find_gate_problems(gate: GateRule, rules: Instrument) -> Iterator[str]:
    """Sentences about one gate. Where a parameter is missing or points nowhere, only that is said."""
    broken = [*_parameters(gate), *_references(gate, rules)]
    if broken:
        yield from broken
        return
    yield from _condition(gate, rules)
    yield from _effect(gate, rules)
    yield from _reach(gate, rules)
    yield from _elimination(gate, rules)


def _parameters(gate: GateRule) -> Iterator[str]:
    wanted = CONDITION_PARAMETERS[gate.condition.value] + EFFECT_PARAMETERS[gate.effect.value]
    tables = (*CONDITION_PARAMETERS.values(), *EFFECT_PARAMETERS.values())
    for parameter in dict.fromkeys(name for table in tables for name in table):
        filled = getattr(gate, parameter) not in (None, frozenset())
        words = {"gate": gate.code, "parameter": Gate._meta.get_field(parameter).verbose_name}
        if parameter in wanted and not filled:
            yield _("Syarat %(gate)s: “%(parameter)s” belum diisi.") % words
        elif filled and parameter not in wanted:
            yield _("Syarat %(gate)s: “%(parameter)s” tidak dipakai, kosongkan.") % words


def _references(gate: GateRule, rules: Instrument) -> Iterator[str]:
    for code in {gate.indicator, gate.capped_indicator} - {None} - rules.indicators.keys():
        yield _("Syarat %(gate)s menunjuk indikator %(code)s yang tidak ada.") % {"gate": gate.code, "code": code}
    if gate.bad_check and gate.bad_check not in rules.checks:
        yield _("Syarat %(gate)s menunjuk butir uji %(code)s yang tidak ada.") % {
            "gate": gate.code,
            "code": gate.bad_check,
        }
    for kind in sorted(gate.kinds - set(Certificate.Kind.values)):
        yield _("Syarat %(gate)s: jenis sertifikat %(kind)s tidak dikenal.") % {"gate": gate.code, "kind": kind}
    if gate.authority and gate.authority not in Authority.values:
        yield _("Syarat %(gate)s: tingkat %(authority)s tidak dikenal.") % {
            "gate": gate.code,
            "authority": gate.authority,
        }


def _condition(gate: GateRule, rules: Instrument) -> Iterator[str]:
    if gate.minimum is not None and gate.minimum < 1:
        yield _("Syarat %(gate)s: paling sedikit harus 1 atau lebih.") % {"gate": gate.code}
    for indicator in _asked(gate, rules):
        if not 1 <= gate.level < indicator.best.number:
            yield _("Syarat %(gate)s: level batas indikator %(code)s harus di antara 1 dan %(most)s.") % {
                "gate": gate.code,
                "code": indicator.code,
                "most": indicator.best.number - 1,
            }
    if gate.bad_check and rules.checks[gate.bad_check].bad_value is None:
        yield _("Syarat %(gate)s: butir uji %(code)s tidak punya jawaban buruk.") % {
            "gate": gate.code,
            "code": gate.bad_check,
        }


def _effect(gate: GateRule, rules: Instrument) -> Iterator[str]:
    highest = max((band.star for band in rules.bands), default=0)
    if gate.star is not None and gate.star >= highest:
        yield _("Syarat %(gate)s tidak membatasi apa pun: bintang tertinggi instrumen ini %(star)s.") % {
            "gate": gate.code,
            "star": highest,
        }
    if gate.capped_indicator:
        best = rules.indicators[gate.capped_indicator].best.number
        if not 1 <= gate.capped_level < best:
            yield _("Syarat %(gate)s: level tertinggi indikator %(code)s harus di antara 1 dan %(most)s.") % {
                "gate": gate.code,
                "code": gate.capped_indicator,
                "most": best - 1,
            }


def _reach(gate: GateRule, rules: Instrument) -> Iterator[str]:
    """A gate whose scopes never meet those of what it names would never act."""
    named = [rules.indicators[code] for code in (gate.indicator, gate.capped_indicator) if code]
    if gate.bad_check:
        named.append(rules.checks[gate.bad_check])
    for part in named:
        if not _meet(gate.scopes, part.scopes):
            yield _("Syarat %(gate)s tidak pernah berlaku: lingkupnya tidak ada pada %(code)s.") % {
                "gate": gate.code,
                "code": part.code,
            }


def _elimination(gate: GateRule, rules: Instrument) -> Iterator[str]:
    """Elimination by a low level must come from the level given, not from a cap that holds it there."""
    if gate.effect != Effect.ELIMINATE:
        return
    for indicator in _asked(gate, rules):
        if any(cap <= gate.level for cap in _caps(indicator, rules)):
            yield _(
                "Syarat %(gate)s menggugurkan pada level %(level)s, padahal indikator %(code)s dapat dibatasi ke level"
                " itu: produk dapat gugur hanya karena bukti atau surat kurang."
            ) % {"gate": gate.code, "level": gate.level, "code": indicator.code}


def _asked(gate: GateRule, rules: Instrument) -> list[Indicator]:
    """The indicators whose level the condition looks at, in any scope of the gate."""
    if gate.condition == Condition.INDICATOR_ABOVE:
        return [rules.indicators[gate.indicator]]
    if gate.condition == Condition.ALL_INDICATORS_ABOVE:
        return [indicator for indicator in rules.indicators.values() if _meet(gate.scopes, indicator.scopes)]
    return []


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Is there a product scope that both reach? No scopes means every scope."""
    return not one or not other or bool(one & other)


def _caps(indicator: Indicator, rules: Instrument) -> Iterator[int]:
    if indicator.cap_without_evidence is not None:
        yield indicator.cap_without_evidence
    for gate in rules.gates:
        if gate.effect == Effect.CAP_INDICATOR and gate.capped_indicator == indicator.code:
            yield gate.capped_level
