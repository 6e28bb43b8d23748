"""Instruments in use: the rules for the score, copying, publishing, retiring, and the standing round."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessment import scoring
from assessment.instrument_checks import Part, Problem, find_problems
from assessment.instrument_rows import load_rules, store_draft
from assessment.models import Authority, Check, Gate, Indicator, Instrument, Round
from sentra.models import ProductScope


@dataclass(frozen=True)
class Codes:
    """The codes of the indicators and of the lines of the test sheets of one instrument, by primary key."""

    indicators: Mapping[int, str]
    checks: Mapping[int, str]


# Of published and retired instruments by id. They are frozen in the database, so a process may keep them.
_frozen_rules: dict[int, scoring.Instrument] = {}
_frozen_codes: dict[int, Codes] = {}


class NotPublishable(ValidationError):
    """The draft has faults; `messages` are all of them, as sentences."""


class NotStorable(ValidationError):
    """Rules that cannot even be a draft; `messages` are the reasons, as sentences."""


class NotADraft(Exception):
    """Only a draft can be published; `str()` is a sentence for the person."""


class NotInForce(Exception):
    """Only a published instrument can be retired; `str()` is a sentence for the person."""


class DraftChanged(Exception):
    """The draft is no longer the one that was looked at; `str()` is a sentence for the person."""


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


def codes_of(instrument_id: int) -> Codes:
    """The codes of an instrument; rows that point to its parts are read without these, whose texts are long.

    No query where `rules_of` needs none, else 2.
    """
    if instrument_id in _frozen_codes:
        return _frozen_codes[instrument_id]
    indicators = Indicator.objects.filter(criterion__instrument=instrument_id)
    checks = Check.objects.filter(indicator__criterion__instrument=instrument_id)
    codes = Codes(dict(indicators.values_list("pk", "code")), dict(checks.values_list("pk", "code")))
    if instrument_id in _frozen_rules:
        _frozen_codes[instrument_id] = codes
    return codes


def check_ids(instrument_id: int) -> dict[str, int]:
    """Primary keys of the lines of the test sheets by code; costs what `codes_of` does."""
    return {code: pk for pk, code in codes_of(instrument_id).checks.items()}


def problems_of(instrument: Instrument, rules: scoring.Instrument | None = None) -> list[Problem]:
    """Why the draft cannot be published, all reasons at once; `rules` are its own, where they were read before."""
    return find_problems(rules or load_rules(instrument.pk), scope_names()) + _foreign_references(instrument)


def fingerprint(rules: scoring.Instrument) -> str:
    """A short text that is another one for other rules."""
    return sha256(json.dumps(scoring.as_data(rules)).encode()).hexdigest()


@transaction.atomic
def copy(instrument: Instrument, *, name: str, version: str) -> Instrument:
    """A draft with all parts of `instrument`, whatever its state, under another name or version.

    Raises IntegrityError where there is one of that name and version.
    """
    return store_draft(replace(load_rules(instrument.pk), name=name, version=version))


def store_file(rules: scoring.Instrument) -> Instrument:
    """A draft with `rules`, as they were read from a file; faults that the editor can mend do not matter.

    Raises VersionExists, and NotStorable with every reason why the database cannot hold them.
    """
    if Instrument.objects.filter(name=rules.name, version=rules.version).exists():
        raise VersionExists(
            _("%(name)s, versi %(version)s sudah ada. Ganti nama atau versi di dalam berkasnya, lalu unggah lagi.")
            % {"name": rules.name, "version": rules.version}
        )
    if unknown := _unknown_scopes(rules):
        raise NotStorable(unknown)
    try:
        return store_draft(rules)
    except (IntegrityError, DataError, KeyError) as error:
        problems = [problem.sentence for problem in find_problems(rules, scope_names())]
        too_long = _("Ada teks yang terlalu panjang atau angka yang terlalu besar.")
        raise NotStorable(problems or [too_long]) from error


@transaction.atomic
def publish(instrument: Instrument, *, by: User | None, at: datetime | None = None, seen: str = "") -> None:
    """Check the draft and put it in force; from here on it never changes. `by` None: loaded by a command.

    The row is locked first, and its parts lock it too, so nothing changes between check and publication. `seen` is the
    `fingerprint` of the rules the person agreed to. Raises NotADraft, DraftChanged, or NotPublishable with every
    problem.
    """
    draft = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if not draft.is_draft:
        raise NotADraft(_("Instrumen ini sudah terbit. Buat versi baru untuk mengubahnya."))
    rules = load_rules(draft.pk)
    if seen and seen != fingerprint(rules):
        raise DraftChanged(_("Rancangan ini diubah orang lain sejak Anda membukanya. Periksa lagi, lalu terbitkan."))
    if problems := problems_of(draft, rules):
        raise NotPublishable([problem.sentence for problem in problems])
    draft.state, draft.published_at, draft.published_by = Instrument.State.PUBLISHED, at or timezone.now(), by
    draft.save(update_fields=["state", "published_at", "published_by"])
    instrument.refresh_from_db()


@transaction.atomic
def retire(instrument: Instrument, *, at: datetime | None = None) -> None:
    """Take a published instrument out of use: no new round may choose it; what was scored by it stays.

    Raises NotInForce for a draft and for one that is retired already.
    """
    locked = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if locked.state != Instrument.State.PUBLISHED:
        raise NotInForce(_("Hanya instrumen yang terbit dan masih dipakai yang dapat dihentikan."))
    locked.state, locked.retired_at = Instrument.State.RETIRED, at or timezone.now()
    locked.save(update_fields=["state", "retired_at"])
    instrument.refresh_from_db()


def version_before(instrument: Instrument) -> Instrument | None:
    """The last of its name that was published before it, in use or not; None for the first one."""
    others = Instrument.objects.filter(name=instrument.name, published_at__isnull=False).exclude(pk=instrument.pk)
    if instrument.published_at:
        others = others.filter(published_at__lt=instrument.published_at)
    return others.order_by("-published_at").first()


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
    if problems := [problem.sentence for problem in find_problems(rules, scope_names())] + _unknown_scopes(rules):
        raise NotPublishable(problems)
    return rules


def _unknown_scopes(rules: scoring.Instrument) -> list[str]:
    """Codes in a file that no product scope has, in use or not."""
    parts = [*rules.indicators.values(), *rules.checks.values(), *rules.gates]
    codes = frozenset().union(*(part.scopes for part in parts))
    unknown = codes - set(ProductScope.objects.filter(pk__in=codes).values_list("pk", flat=True))
    return [_("Lingkup produk “%(code)s” tidak ada.") % {"code": code} for code in sorted(unknown)]


def scope_names() -> dict[str, str]:
    """Names of the product scopes in use by code; one query."""
    return dict(ProductScope.objects.active().values_list("code", "name"))


def _foreign_references(instrument: Instrument) -> list[Problem]:
    """Gates that point into another instrument; codes alone would not show it."""
    own = F("instrument")
    foreign = Gate.objects.filter(instrument=instrument).filter(
        ~Q(indicator__criterion__instrument=own) & Q(indicator__isnull=False)
        | ~Q(capped_indicator__criterion__instrument=own) & Q(capped_indicator__isnull=False)
        | ~Q(bad_check__indicator__criterion__instrument=own) & Q(bad_check__isnull=False)
    )
    return [
        Problem(_("Syarat %(gate)s menunjuk bagian instrumen lain.") % {"gate": gate.code}, Part.GATE, gate.code)
        for gate in foreign
    ]
