"""The steps a person may take now, each with its form, its words and where it is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from assessment import decisions, permissions, scoring, workflow
from assessment.dossier import Dossier
from assessment.forms.step import ReturnForm, StepForm
from assessment.models import Assessment
from assessment.presentation.reasons import elimination_reasons
from assessment.presentation.result import headline
from assessment.presentation.review import Progress, progress_of
from assessment.workflow import Transition

# Steps that close the assessment by the result on the page.
CLOSING = {"putuskan", "gugurkan"}
QUESTIONS = {
    "tarik": _("Tarik penilaian ini?"),
    "putuskan": _("Putuskan penilaian ini?"),
    "gugurkan": _("Gugurkan produk ini?"),
    "cabut": _("Cabut keputusan ini?"),
}
ICONS = {"kirim": "kirim", "tinjau": "cari", "putuskan": "centang", "kembalikan": "kembali"}
LEADING = {"kirim", "tinjau"}
DANGEROUS = {"tarik", "gugurkan", "cabut"}


@dataclass(frozen=True)
class Offer:
    """One step as a button. With a `question` it cannot be taken back, so it is confirmed first, with `warnings`.

    `page` is the address of a page of its own that holds the form; `is_open` shows the confirmation at once, because
    it was refused; `is_lead` says that this is what the page is for, the one filled button.
    """

    transition: Transition
    form: StepForm
    address: str
    icon: str
    question: str
    warnings: tuple[str, ...]
    page: str
    is_open: bool
    is_lead: bool

    @property
    def action(self) -> str:
        return self.transition.action

    @property
    def is_dangerous(self) -> bool:
        return self.action in DANGEROUS


@dataclass(frozen=True)
class Closing:
    """What a decision would say today, and how far the review has come; for who reviews.

    `left_to` names who decides where the reader may review but not decide; else it is empty.
    """

    result: scoring.Result
    rules: scoring.Instrument
    progress: Progress
    left_to: str

    @property
    def is_reviewed(self) -> bool:
        """Whether every indicator was looked at, so that the closing is what comes next."""
        return not self.progress.open_count


def closing_of(dossier: Dossier, user: User) -> Closing:
    """The closing of the review in `dossier`, if `user` closed it now; no query."""
    assessment = dossier.assessment
    return Closing(
        result=decisions.preview_of(dossier, by=user),
        rules=dossier.rules,
        progress=progress_of(dossier),
        left_to="" if permissions.can_decide(user, assessment) else assessment.desk,
    )


def offers(
    user: User, assessment: Assessment, *, closing: Closing | None = None, refused: StepForm | None = None
) -> list[Offer]:
    """The steps open to `user`, in the order of the table. `refused` takes the place of the empty form of its step.

    Of deciding and eliminating only the one that the result allows is offered.
    """
    return [
        _offer(user, assessment, transition, closing, refused)
        for transition in workflow.available(user, assessment)
        if _fits(transition, closing)
    ]


def step_form(
    transition: Transition,
    assessment: Assessment,
    data: QueryDict | None = None,
    *,
    by: User,
    seen: str = "",
    drafts: Mapping[str, str] | None = None,
) -> StepForm:
    """The form of one step for `by`; `drafts` are the texts a return begins with, by code of every indicator."""
    if transition.action == "kembalikan":
        return ReturnForm(transition, assessment, data, by=by, drafts=drafts or {})
    return StepForm(transition, assessment, data, by=by, seen=seen)


def seen_of(result: scoring.Result | None) -> str:
    """The result of a closing step as its button shows it, in short."""
    if result is None:
        return ""
    return f"{result.points.shown}/{'gugur' if result.eliminated else result.star}"


def note_drafts(dossier: Dossier) -> dict[str, str]:
    """By code of every indicator that applies: what a verifier has noted for a return, or nothing."""
    notes = dossier.decision.scores if dossier.decision else {}
    return {code: notes[code].note if code in notes else "" for code in dossier.proposal.scores}


def _fits(transition: Transition, closing: Closing | None) -> bool:
    if closing is None or transition.action not in CLOSING:
        return True
    return closing.result.eliminated == (transition.action == "gugurkan")


def _offer(
    user: User, assessment: Assessment, transition: Transition, closing: Closing | None, refused: StepForm | None
) -> Offer:
    action = transition.action
    is_refused = refused is not None and refused.transition.action == action
    result = closing.result if closing and action in CLOSING else None
    return Offer(
        transition=transition,
        form=refused if is_refused else step_form(transition, assessment, by=user, seen=seen_of(result)),
        address=reverse("assessment:advance", args=[assessment.pk, action]),
        icon=ICONS.get(action, "silang"),
        question=QUESTIONS.get(action, ""),
        warnings=tuple(_warnings(action, closing)),
        page=reverse("assessment:send_back", args=[assessment.pk]) if action == "kembalikan" else "",
        is_open=is_refused,
        is_lead=action in LEADING or bool(result and closing.is_reviewed) or _is_stand_in(user, transition, assessment),
    )


def _is_stand_in(user: User, transition: Transition, assessment: Assessment) -> bool:
    """Whether the step is taken in the officer's place, who no longer can; then it is all there is to do."""
    return transition.action == "tarik" and not permissions.is_proposer(user, assessment)


def _warnings(action: str, closing: Closing | None) -> Iterator[str]:
    """What the confirmation says: the result, what was not looked at, and that it is final."""
    if action in CLOSING and closing:
        yield str(headline(closing.result, closing.rules))
        yield from elimination_reasons(closing.result)
        unseen = closing.progress.open_count
        if unseen:
            yield ngettext(
                "%(count)d indikator belum Anda tinjau satu per satu; levelnya mengikuti usulan petugas.",
                "%(count)d indikator belum Anda tinjau satu per satu; levelnya mengikuti usulan petugas.",
                unseen,
            ) % {"count": unseen}
    yield from FINAL.get(action, ())


FINAL = {
    "tarik": (
        _("Penilaian ini berakhir tanpa hasil dan tidak dapat dibuka lagi. Isian dan buktinya tetap dapat dibaca."),
    ),
    "putuskan": (
        _("Keputusan dibekukan dan masuk rantai keputusan. Sesudah itu hanya verifikator lain yang dapat mencabutnya."),
    ),
    "gugurkan": (
        _("Keputusan gugur dibekukan dan masuk rantai keputusan. Sesudah itu tidak ada lagi yang dapat diubah."),
    ),
    "cabut": (_("Nilai kesiapan produk ini tidak berlaku lagi sejak dicabut. Pencabutan tidak dapat dibatalkan."),),
}
