"""From a violated constraint of the database to the Indonesian sentence written beside it in the model."""

from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import gettext as _


def sentence_of(error: IntegrityError) -> str:
    """The `violation_error_message` of the constraint that `error` names, or a general sentence.

    A race slips past a form's own check now and then; the database then has the last word, and the person is
    told the same sentence as by the form.
    """
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None) or ""
    if name in _sentences():
        return str(_sentences()[name])
    return _("Data ini baru saja dicatat atau diubah orang lain. Buka lagi halamannya, lalu periksa lagi.")


@cache
def _sentences() -> dict[str, str]:
    """By name: those of `Meta.constraints`, and the `trigger_sentences` of models whose triggers raise."""
    sentences = {
        constraint.name: constraint.violation_error_message
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }
    for model in apps.get_models():
        sentences |= getattr(model, "trigger_sentences", {})
    return sentences
