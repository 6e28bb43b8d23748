"""What goes along when a part of a draft is deleted, in words."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, StarBand


def gone_along(part: Model) -> tuple[list[str], dict[str, int]]:
    """(names of criteria, indicators and gates that go, how many of each kind go), `part` itself left out.

    A gate that asks for an indicator or a test line cannot stand without it, so it goes, too.
    """
    indicators = _indicators(part)
    gates = _gates(part, indicators)
    criteria = Criterion.objects.filter(instrument=part) if isinstance(part, Instrument) else Criterion.objects.none()
    bands = StarBand.objects.filter(instrument=part) if isinstance(part, Instrument) else StarBand.objects.none()
    named = [*criteria, *(indicators if not isinstance(part, Indicator) else []), *gates]
    counts = {
        _("kriteria"): len(criteria),
        _("indikator"): 0 if isinstance(part, Indicator) else len(indicators),
        _("level"): Level.objects.filter(indicator__in=indicators).count(),
        _("butir lembar uji"): Check.objects.filter(indicator__in=indicators).count(),
        _("syarat"): len(gates),
        _("ambang bintang"): bands.count(),
    }
    return [_named(row) for row in named], {kind: count for kind, count in counts.items() if count}


def _indicators(part: Model) -> list[Indicator]:
    if isinstance(part, Indicator):
        return [part]
    if isinstance(part, Criterion):
        return list(part.indicator_set.all())
    if isinstance(part, Instrument):
        return list(Indicator.objects.filter(criterion__instrument=part).order_by("criterion__order", "order", "code"))
    return []


def _gates(part: Model, indicators: list[Indicator]) -> list[Gate]:
    if isinstance(part, Gate):
        return []
    if isinstance(part, Instrument):
        return list(part.gate_set.all())
    named = Q(indicator__in=indicators) | Q(capped_indicator__in=indicators) | Q(bad_check__indicator__in=indicators)
    return list(Gate.objects.filter(named))


def _named(row: Model) -> str:
    return f"{row._meta.verbose_name.capitalize()}: {row}"
