"""What a name must have: something besides a legal form and signs. "-", "CV" and "UD." name nothing."""

from django.db import models
from django.db.models import Func
from django.db.models.lookups import Regex
from django.utils.functional import Promise

from sentra.models.likeness import LEGAL_FORMS
from wilayah.invisible import CHARACTERS

# Inside the brackets of a regular expression, besides what nobody sees: signs that are neither letter nor digit.
SIGNS = (
    r"\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf"
    r"\u00d7\u00f7\u2010-\u205e"
)
NAMES_SOMETHING = f"[^{CHARACTERS}{SIGNS}]"


class WithoutForm(Func):
    """A name in small letters without its legal form."""

    function = "regexp_replace"
    template = rf"%(function)s(lower(%(expressions)s), '\m({'|'.join(LEGAL_FORMS)})\M', '', 'g')"
    output_field = models.TextField()


def names_something(field: str, *, name: str, sentence: str | Promise) -> models.CheckConstraint:
    """`field` holds a letter or a digit beside its legal form."""
    condition = Regex(WithoutForm(field), NAMES_SOMETHING)
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)
