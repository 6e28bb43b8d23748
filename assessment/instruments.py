"""Instruments in use: the rules for the score, publishing, and the standing round."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessment import scoring
from assessment.instrument_checks import find_problems
from assessment.instrument_rows import load_rules, store_draft
from assessment.models import Authority, Check, Gate, Instrument, Round
from sentra.models import ProductScope

# Rules of published and retired instruments by id. They are frozen in the database, so a process may keep them.
_frozen_rules: dict[int, scoring.Instrument] = {}


class NotPublishable(ValidationError):
    """The draft has faults; `messages` are all of them, as sentences."""


class NotADraft(Exception):
    """Only a draft can be published; `str()` is a sentence for the person."""


class VersionExists(Exception):
    """Another instrument of the same name and version has other rules; `str()` is a sentence for the person."""


def rules_of(instrument_id: int) -> scoring.Instrument:
    """The rules of an instrument as plain values.

    No query where the instrument is published and this process has read it before, else about 11. Raises
    Instrument.DoesNotExist.
    """
    if instrument_id in _frozen_rules:
        return _frozen_rules[instrument_id]
    is_draft = Instrument.objects.only("state").get(pk=instrument_id).is_draft
    rules = load_rules(instrument_id)
    if not is_draft:
        _frozen_rules[instrument_id] = rules
    return rules


def check_ids(instrument_id: int) -> dict[str, int]:
    """Primary keys of the lines of the test sheets by code. One query."""
    return dict(Check.objects.filter(indicator__criterion__instrument=instrument_id).values_list("code", "pk"))


def problems_of(instrument: Instrument) -> list[str]:
    """Why the draft cannot be published, all reasons at once, as sentences; empty if it can."""
    return find_problems(load_rules(instrument.pk), _scope_names()) + _foreign_references(instrument)


@transaction.atomic
def publish(instrument: Instrument, *, by: User | None, at: datetime | None = None) -> None:
    """Check the draft and put it in force; from here on it never changes. `by` None: loaded by a command.

    The row is locked first, and its parts lock it too, so nothing changes between check and publication. Raises
    NotADraft, or NotPublishable with every problem.
    """
    draft = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if not draft.is_draft:
        raise NotADraft(_("Instrumen ini sudah terbit. Buat versi baru untuk mengubahnya."))
    if problems := problems_of(draft):
        raise NotPublishable(problems)
    draft.state, draft.published_at, draft.published_by = Instrument.State.PUBLISHED, at or timezone.now(), by
    draft.save(update_fields=["state", "published_at", "published_by"])
    instrument.refresh_from_db()


def retire(instrument: Instrument, *, at: datetime | None = None) -> None:
    """Take a published instrument out of use: no new round may choose it; what was scored by it stays."""
    Instrument.objects.filter(pk=instrument.pk, state=Instrument.State.PUBLISHED).update(
        state=Instrument.State.RETIRED, retired_at=at or timezone.now()
    )
    instrument.refresh_from_db()


@transaction.atomic
def load_and_publish(rules: scoring.Instrument, *, opens: date) -> tuple[Instrument, Mapping[str, bool]]:
    """See that `rules` are published and that a standing round of the kabupaten/kota uses them.

    Returns the instrument and what was made: {"instrument": bool, "round": bool}. Can be repeated without doubling.
    Raises NotPublishable, and VersionExists where this name and version has other rules. An existing standing round
    is left alone, whatever its instrument: changing the rules of a running round is a person's decision.
    """
    instrument = Instrument.objects.filter(name=rules.name, version=rules.version).first()
    made = {"instrument": instrument is None, "round": False}
    if instrument is None:
        instrument = store_draft(_sound(rules))
    elif load_rules(instrument.pk) != rules:
        raise VersionExists(
            _("%(instrument)s sudah ada dengan isi lain. Naikkan versi pada berkasnya, lalu muat lagi.")
            % {"instrument": instrument}
        )
    if instrument.is_draft:
        publish(instrument, by=None)
    if instrument.state == Instrument.State.PUBLISHED and standing_round() is None:
        Round.objects.create(
            name=_("Penilaian tetap kabupaten/kota"), authority=Authority.KABKOTA, instrument=instrument, opens=opens
        )
        made["round"] = True
    return instrument, made


def standing_round(authority: str = Authority.KABKOTA) -> Round | None:
    """The round of this authority that is always open, for each area by itself; None where there is none."""
    return Round.objects.standing().filter(authority=authority).select_related("instrument").first()


def _sound(rules: scoring.Instrument) -> scoring.Instrument:
    """`rules` themselves; raises NotPublishable before anything is written."""
    if problems := find_problems(rules, _scope_names()) + _unknown_scopes(rules):
        raise NotPublishable(problems)
    return rules


def _unknown_scopes(rules: scoring.Instrument) -> list[str]:
    """Codes in a file that no product scope has, in use or not."""
    parts = [*rules.indicators.values(), *rules.checks.values(), *rules.gates]
    codes = frozenset().union(*(part.scopes for part in parts))
    unknown = codes - set(ProductScope.objects.filter(pk__in=codes).values_list("pk", flat=True))
    return [_("Lingkup produk “%(code)s” tidak ada.") % {"code": code} for code in sorted(unknown)]


def _scope_names() -> dict[str, str]:
    return dict(ProductScope.objects.active().values_list("code", "name"))


def _foreign_references(instrument: Instrument) -> list[str]:
    """Gates that point into another instrument; codes alone would not show it."""
    own = F("instrument")
    foreign = Gate.objects.filter(instrument=instrument).filter(
        ~Q(indicator__criterion__instrument=own) & Q(indicator__isnull=False)
        | ~Q(capped_indicator__criterion__instrument=own) & Q(capped_indicator__isnull=False)
        | ~Q(bad_check__indicator__criterion__instrument=own) & Q(bad_check__isnull=False)
    )
    return [_("Syarat %(gate)s menunjuk bagian instrumen lain.") % {"gate": gate.code} for gate in foreign]
