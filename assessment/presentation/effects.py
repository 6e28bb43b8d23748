"""What another level than the proposed one would do to the points of its criterion."""

from dataclasses import replace

from django.utils.translation import gettext as _

from assessment import scoring
from assessment.dossier import Dossier
from assessment.presentation.figures import plain, points


def effects_of(dossier: Dossier, code: str) -> dict[int, str]:
    """By number of each level that differs from the proposal: its effect on the decision sheet, as a sentence."""
    proposed = dossier.proposal.scores[code].level
    before = _criterion(dossier, code, proposed)
    return {
        level.number: _sentence(before, _criterion(dossier, code, level.number))
        for level in dossier.rules.indicators[code].levels
        if level.number != proposed
    }


def _criterion(dossier: Dossier, code: str, level: int | None) -> scoring.CriterionResult:
    """The criterion of the indicator `code` if the decision sheet had this level there."""
    answers = dossier.answers(dossier.decision)
    tried = replace(answers, levels={**answers.levels, code: level})
    result = scoring.evaluate(dossier.rules, dossier.assessment.scope_id, tried, dossier.facts())
    return next(
        criterion for criterion in result.criteria if code in {indicator.code for indicator in criterion.indicators}
    )


def _sentence(before: scoring.CriterionResult, after: scoring.CriterionResult) -> str:
    values = {
        "criterion": after.code,
        "points": points(after.points.shown),
        "maximum": plain(after.maximum.shown),
        "change": points(abs(after.points.shown - before.points.shown)),
    }
    if after.points.shown == before.points.shown:
        return _("%(criterion)s tetap %(points)s dari %(maximum)s.") % values
    if after.points.shown < before.points.shown:
        return _("%(criterion)s menjadi %(points)s dari %(maximum)s, turun %(change)s poin.") % values
    return _("%(criterion)s menjadi %(points)s dari %(maximum)s, naik %(change)s poin.") % values
