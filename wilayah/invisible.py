"""Characters that show nothing, and the constraint that a name has others. Lowest room, so that each may ask."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

# Inside the brackets of a regular expression, of PostgreSQL and of Python alike: blanks, control and formatting
# characters, fillers (Hangul, Braille), selectors of a shape. Written out, because what PostgreSQL counts as a blank
# depends on how its database was made.
CHARACTERS = (
    r"\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
SOMETHING = f"[^{CHARACTERS}]"


def says_something(
    field: str, *, name: str, sentence: str | Promise, may_be_empty: bool = False
) -> models.CheckConstraint:
    """`field` holds a character that can be seen; `may_be_empty`: or nothing at all."""
    condition = Q(**{f"{field}__regex": SOMETHING})
    if may_be_empty:
        condition = Q(**{field: ""}) | condition
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)
