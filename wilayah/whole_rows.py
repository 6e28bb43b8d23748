"""Forms that answer every constraint of a row with its sentence, also one that reads columns they do not show.

Django leaves those constraints out: of a column that is read only in the form, and in the rows below a form of the key
of their parent. The database would then refuse the row with an error instead of a form.
"""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME


class WholeRowForm(ModelForm):
    """For a form some of whose columns are read only."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            check_constraints(self)


class WholeRowFormSet(BaseInlineFormSet):
    """For the rows below a form; two rows alike are told apart also where a column is NULL."""

    def clean(self) -> None:
        super().clean()
        for form in self._kept():
            check_constraints(form)

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


def check_constraints(form: ModelForm) -> None:
    """Add the sentence of every constraint that the row of `form` would break."""
    try:
        form.instance.validate_constraints()
    except ValidationError as error:
        form.add_error(None, error.messages)
