"""The line of steps: what happened, when, by whom, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models import Remark, Step
from assessment.workflow import TRANSITIONS

ICONS = {"kembalikan": "kembali", "tarik": "silang", "gugurkan": "silang", "cabut": "silang"}


@dataclass(frozen=True)
class StepLine:
    """One step as the page shows it; `remarks` are those of a return."""

    title: str
    icon: str
    at: datetime
    actor: str
    acted_as: str
    note: str
    remarks: tuple[Remark, ...]
    current: bool


def step_lines(steps: Sequence[Step]) -> list[StepLine]:
    """The lines of `steps` (see `dossier.steps_of`), oldest first."""
    return [_line(steps, position) for position in range(len(steps))]


def _line(steps: Sequence[Step], position: int) -> StepLine:
    step = steps[position]
    remarks = tuple(step.remark_set.all())
    is_again = any(earlier.action == step.action for earlier in steps[:position])
    return StepLine(
        title=_title(step.action, len(remarks), is_again=is_again),
        icon=ICONS.get(step.action, "centang"),
        at=step.at,
        actor=str(step.actor),
        acted_as=step.acted_as,
        note=step.note,
        remarks=remarks,
        current=position == len(steps) - 1,
    )


def _title(action: str, remark_count: int, *, is_again: bool) -> str:
    if action == "mulai":
        return _("Dibuat")
    if action == "kirim" and is_again:
        return _("Dikirim lagi")
    done = str(TRANSITIONS[action].done)
    if remark_count:
        return ngettext("%(done)s, %(count)d catatan", "%(done)s, %(count)d catatan", remark_count) % {
            "done": done,
            "count": remark_count,
        }
    return done
