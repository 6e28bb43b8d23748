"""The steps of a long form: parts with a number, a title and fields, all on one page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils.functional import Promise

from sentra.forms.used import UsedForm

PLAIN = "sentra/parts/plain_step.html"
# The names of answers about likely twins, and of the marker that they were asked for, begin with it.
TWIN_PREFIX = "kembar_"


@dataclass(frozen=True)
class Step:
    """One step as a form declares it: the names of its fields, and the template that draws them."""

    id: str
    title: str | Promise
    names: tuple[str, ...]
    hint: str | Promise = ""
    template: str = PLAIN


@dataclass(frozen=True)
class BoundStep:
    """One step of a form at hand; `fields` are those the form has, `error` says whether one needs mending."""

    step: Step
    fields: list[BoundField]

    @property
    def id(self) -> str:
        return self.step.id

    @property
    def title(self) -> str:
        return str(self.step.title)

    @property
    def hint(self) -> str:
        return str(self.step.hint)

    @property
    def template(self) -> str:
        return self.step.template

    @property
    def error(self) -> bool:
        return any(field.errors for field in self.fields)


def bound_steps(form: BaseForm, steps: Iterable[Step]) -> list[BoundStep]:
    """The steps of `form`; a step without any field in this form (contact data) is left out."""
    bound = [BoundStep(step, [form[name] for name in step.names if name in form.fields]) for step in steps]
    return [step for step in bound if step.fields]


class StepForm(UsedForm):
    """A record's form in steps; `STEPS` names every field that is shown."""

    STEPS: tuple[Step, ...] = ()
    # A change of one of these asks anew whether the record is there already.
    twin_fields: frozenset[str] = frozenset({"name", "wilayah"})

    def steps(self) -> list[BoundStep]:
        return bound_steps(self, self.STEPS)

    @property
    def asks_about_twins(self) -> bool:
        """Whether a valid form describes another record than before, so that it is compared with what is there."""
        return self.is_new or not self.twin_fields.isdisjoint(self.changed_data)

    @property
    def carried_answers(self) -> list[tuple[str, str]]:
        """Names and values of the answers about twins that were posted along."""
        return [(name, value) for name, value in self.data.items() if name.startswith(TWIN_PREFIX)]

    @property
    def likely_address(self) -> str:
        """Where a script asks which records are like the one being typed."""
        return reverse(f"{self._meta.model._meta.model_name}:likely")

    @property
    def likely_fields(self) -> str:
        """The names of the fields such records are found by."""
        return " ".join(["id", *sorted(self.twin_fields)])

    def current_step(self) -> int:
        """The number of the step to begin with: the first that needs mending, else the first."""
        return next((number for number, step in enumerate(self.steps(), start=1) if step.error), 1)
