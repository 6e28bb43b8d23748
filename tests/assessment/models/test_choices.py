"""What a column may hold is what its field offers: code that writes past the forms is stopped by the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment.models import Assessment, Check, Decision, Gate, Round, ScoreSheet, Step
from files.models import StoredFile
from tests.assessment.factories import make_instrument

pytestmark = pytest.mark.django_db

# The word that each column refuses, and the constraint that refuses it.
REFUSED = [
    (Check, {"kind": "x", "bad_value": None, "eliminating": False}, "check_kind_known"),
    (Gate, {"authority": "x"}, "gate_authority_known"),
    (Gate, {"kinds": ["halal", "x"]}, "gate_kinds_known"),
]
FINAL = [
    (Assessment, "authority", "assessment_authority_known"),
    (Decision, "authority", "decision_authority_known"),
    (Round, "authority", "round_authority_known"),
    (ScoreSheet, "kind", "sheet_kind_known"),
    (Step, "from_state", "step_from_state_known"),
    (Step, "to_state", "step_to_state_known"),
    (StoredFile, "state", "stored_file_state_known"),
]


@pytest.mark.parametrize(("model", "change", "constraint"), REFUSED)
def test_a_draft_holds_only_what_its_fields_offer(model, change, constraint):
    make_instrument(published=False)
    row = model.objects.filter(kinds=["halal"]).first() if model is Gate else model.objects.first()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize(("model", "column", "constraint"), FINAL)
def test_the_constraint_knows_the_choices_of_the_field_and_no_other(model, column, constraint):
    field = model._meta.get_field(column)
    (known,) = (c for c in model._meta.constraints if c.name == constraint)

    ((_lookup, values),) = known.condition.children

    assert set(values) == {value for value, _label in field.flatchoices} | ({""} if field.blank else set())
    with pytest.raises(ValidationError):
        known.validate(model, model(**{column: "x"}))
