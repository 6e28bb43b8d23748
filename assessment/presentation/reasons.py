"""What limits a result, in words: levels that do not count in full, gates, nominations that are closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment import scoring
from assessment.models import Authority
from assessment.presentation.figures import band_name, joined, points


@dataclass(frozen=True)
class Limit:
    """Something that holds the result down: what it does, and why."""

    icon: str
    lead: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Nomination:
    """Whether the product may be nominated to an authority above the one that judges; why not, and how to mend each."""

    sentence: str
    open: bool
    reasons: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()  # one for each of `reasons`


def limits(result: scoring.Result, rules: scoring.Instrument) -> list[Limit]:
    """Every capped indicator in order, then the cap of the star, where there is a star to cap."""
    found = [_capped(part, rules) for part in result.indicators.values() if part.given != part.counted]
    if result.star_cap is not None and not result.eliminated:
        found.append(
            Limit(
                icon="kunci",
                lead=_("Paling tinggi %(band)s, karena:") % {"band": band_name(rules, result.star_cap)},
                reasons=tuple(gate_fault(gate) for gate in result.cap_reasons),
            )
        )
    return found


def _capped(part: scoring.IndicatorResult, rules: scoring.Instrument) -> Limit:
    names = {gate.code: gate.name for gate in rules.gates}
    reasons = [
        _("Syarat “%(gate)s” tidak terpenuhi.") % {"gate": names[cap.gate]} if cap.gate else _("Bukti wajib tidak ada.")
        for cap in part.capped_by
    ]
    return Limit(
        icon="awas",
        lead=_("%(code)s dihitung level %(counted)d, bukan %(given)d: berkurang %(lost)s poin.")
        % {"code": part.code, "counted": part.counted, "given": part.given, "lost": points(part.lost.shown)},
        reasons=tuple(reasons),
    )


def gate_fault(found: scoring.GateResult) -> str:
    """What a failed gate asks for and what there is: "Semua bukti wajib terlampir: belum pada 4.4"."""
    name = found.gate.name
    if found.gate.condition == scoring.Condition.ASSESSORS:
        return _("%(gate)s: baru %(count)d. Panel penilai belum ada, jadi satu verifikator yang menilai.") % {
            "gate": name,
            "count": found.found,
        }
    if found.found is not None:
        return _("%(gate)s: baru %(count)d.") % {"gate": name, "count": found.found}
    if found.at and found.gate.condition != scoring.Condition.INDICATOR_ABOVE:
        return _("%(gate)s: belum pada %(codes)s.") % {"gate": name, "codes": joined(found.at)}
    return _("%(gate)s: belum.") % {"gate": name}


def gate_repair(found: scoring.GateResult) -> str:
    """How the officer fulfils a failed gate; empty where nobody can, as long as there is no panel."""
    return "" if found.gate.condition == scoring.Condition.ASSESSORS else found.gate.how_to_repair


def passed_names(gates: Iterable[scoring.GateResult]) -> list[str]:
    """What is fulfilled, each requirement once: two gates may share one requirement and differ in their effect."""
    return _once(gate.gate.name for gate in gates if gate.passed)


def nominations(result: scoring.Result, authority: str) -> list[Nomination]:
    """To which authorities above `authority` the product may be nominated; the same answer is told once."""
    above = scoring.AUTHORITIES[scoring.AUTHORITIES.index(authority) + 1 :]
    blocked = {block.authority: block for block in result.blocked}
    open_labels = [_label(name) for name in above if name not in blocked]
    found = []
    if open_labels and not result.eliminated:
        sentence = _("Boleh diusulkan ke %(authorities)s.") % {"authorities": joined(open_labels)}
        found.append(Nomination(sentence, open=True))
    closed: dict[tuple[scoring.GateResult, ...], list[str]] = {}
    for name in above:
        if name in blocked:
            closed.setdefault(blocked[name].reasons, []).append(_label(name))
    told: set[str] = set()
    for gates, labels in closed.items():
        repairs = {gate_fault(gate): gate_repair(gate) for gate in gates}
        found.append(_closed(joined(labels), repairs, told))
        told |= repairs.keys()
    return found


def _closed(authorities: str, repairs: dict[str, str], told: set[str]) -> Nomination:
    """`repairs` by reason; where all of `told` closes this nomination too, only what comes in addition is named."""
    sentence = _("Belum dapat diusulkan ke %(authorities)s:")
    if told and told < repairs.keys():
        sentence = _("Belum dapat diusulkan ke %(authorities)s. Selain yang di atas:")
        repairs = {reason: repair for reason, repair in repairs.items() if reason not in told}
    return Nomination(
        sentence % {"authorities": authorities},
        open=False,
        reasons=tuple(repairs),
        repairs=tuple(repairs.values()),
    )


def elimination_reasons(result: scoring.Result) -> list[str]:
    """Why the product is out: the sentence of a gate, or the line of the test sheet that was answered badly."""
    return [
        reason.text if reason.kind == "gate" else _("Butir uji: %(line)s.") % {"line": reason.text.rstrip(".")}
        for reason in result.eliminations
    ]


def _label(authority: str) -> str:
    return str(Authority(authority).label).lower()


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
