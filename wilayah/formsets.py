"""The rows below a form, where the database keeps rules that name their parent."""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME


class WholeRowFormSet(BaseInlineFormSet):
    """Answers every constraint of the model with its own sentence.

    Django leaves the key of the parent out when it validates constraints in a formset, and two rows alike only count
    as such where no column is NULL; the database would refuse both with an error instead of a form.
    """

    def clean(self) -> None:
        super().clean()
        for form in self._kept():
            try:
                form.instance.validate_constraints()
            except ValidationError as error:
                form.add_error(None, error)

    def validate_unique(self) -> None:
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields and not constraint.condition:
                self._refuse_alike(constraint)

    def _refuse_alike(self, constraint: UniqueConstraint) -> None:
        """The second of two rows that break `constraint` together gets the error."""
        names = [self.model._meta.get_field(name).attname for name in constraint.fields if name != self.fk.name]
        seen = set()
        for form in self._kept():
            key = tuple(getattr(form.instance, name) for name in names)
            if key in seen and (constraint.nulls_distinct is False or None not in key):
                form.add_error(None, constraint.get_violation_error_message())
            seen.add(key)

    def _kept(self) -> list[ModelForm]:
        """The rows without an error that are there already or will be written."""
        return [
            form
            for form in self.forms
            if form.is_valid()
            and (form.instance.pk or form.has_changed())
            and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
