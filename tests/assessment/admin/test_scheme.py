"""An instrument is data: a scheme of another country is entered on the pages of the admin alone, and published."""

from decimal import Decimal
from http import HTTPStatus

import pytest

from assessment.instrument_file import read_instrument
from assessment.instruments import rules_of
from assessment.models import Check, Indicator, Instrument
from sentra.models import ProductScope
from sentra.reference import load_reference
from tests.assessment.admin.forms import sent
from tests.assessment.admin.test_pages import seen
from tests.assessment.rules import SCHEMES, read_scheme

ADMIN = "/admin/assessment/"


class Hand:
    """Somebody who fills in the forms of the admin, one after the other, with what stands in `rules`."""

    def __init__(self, client, rules) -> None:
        self.client, self.rules = client, rules

    def enter(self) -> Instrument:
        self._send(f"{ADMIN}instrument/add/", self._instrument())
        instrument = Instrument.objects.get()
        for criterion in self.rules.criteria:
            row = instrument.criterion_set.get(code=criterion.code)
            for indicator in criterion.indicators:
                self._send(f"{ADMIN}indicator/add/?criterion={row.pk}", self._indicator(indicator))
        for gate in self.rules.gates:
            self._send(f"{ADMIN}gate/add/?instrument={instrument.pk}", self._gate(gate))
        return instrument

    def _send(self, path: str, entries: dict) -> None:
        """Fails where the page has fewer empty rows than needed, as a person without a script would."""
        data = {name: value for name, value in sent(self.client.get(path)).items() if not name.endswith("-number")}
        for prefix in ("criterion_set", "band_set", "level_set", "check_set"):
            rows = {name.split("-")[1] for name in entries if name.startswith(f"{prefix}-")}
            if rows:
                data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
        response = self.client.post(path, data | entries)
        assert response.status_code == HTTPStatus.FOUND, response.context["errors"]

    def _instrument(self) -> dict:
        rules = self.rules
        entries = {"name": rules.name, "version": rules.version, "basis": rules.basis}
        entries["validity_months"] = rules.validity_months
        for place, criterion in enumerate(rules.criteria):
            columns = {"code": criterion.code, "name": criterion.name, "short_name": criterion.short_name}
            entries |= rows("criterion_set", place, columns | {"points": typed(criterion.points), "order": place})
        for place, band in enumerate(rules.bands):
            entries |= rows("band_set", place, {"star": band.star, "lowest": typed(band.lowest), "label": band.label})
        return entries

    def _indicator(self, indicator) -> dict:
        texts = ("code", "name", "short_name", "question", "evidence_hint", "source")
        entries = {name: getattr(indicator, name) for name in texts} | {"applies_to": sorted(indicator.scopes)}
        if indicator.evidence_required:
            entries["evidence_required"] = "on"
        if indicator.cap_without_evidence is not None:
            entries["cap_without_evidence"] = indicator.cap_without_evidence
        for place, level in enumerate(indicator.levels):
            columns = {"number": level.number, "word": level.word, "wording": level.wording}
            entries |= rows("level_set", place, columns | {"points": typed(level.points)})
        for place, check in enumerate(indicator.checks):
            entries |= rows("check_set", place, self._check(check))
        return entries

    def _check(self, check) -> dict:
        entries = {"code": check.code, "text": check.text, "kind": check.kind.value, "applies_to": sorted(check.scopes)}
        if check.bad_value is not None:
            entries["bad_value"] = check.bad_value
        return entries | ({"eliminating": "on"} if check.eliminating else {})

    def _gate(self, gate) -> dict:
        texts = ("code", "name", "sentence", "how_to_repair", "source", "condition", "effect")
        entries = {name: getattr(gate, name) for name in texts} | {"applies_to": sorted(gate.scopes)}
        for name in ("minimum", "level", "star", "capped_level", "authority"):
            if (value := getattr(gate, name)) is not None:
                entries[name] = value
        if gate.kinds:
            entries["kinds"] = sorted(gate.kinds)
        for name in ("indicator", "capped_indicator"):
            if code := getattr(gate, name):
                entries[name] = Indicator.objects.get(code=code).pk
        if gate.bad_check:
            entries["bad_check"] = Check.objects.get(code=gate.bad_check).pk
        return entries


def rows(prefix: str, place: int, columns: dict) -> dict:
    return {f"{prefix}-{place}-{name}": value for name, value in columns.items()}


def typed(points) -> str:
    """As a person writes it: with a comma."""
    return str(Decimal(points.numerator) / Decimal(points.denominator)).replace(".", ",")


@pytest.mark.parametrize("name", [None, *SCHEMES])
def test_a_scheme_is_entered_and_published_without_a_programmer(signed_in, admin, name):
    """Our own, Vietnam's OCOP, Thailand's OPC and the ministry's three stars."""
    load_reference()
    rules = read_scheme(name) if name else read_instrument()
    ProductScope.objects.exclude(pk__in=SCHEMES.get(name, ProductScope.objects.values("pk"))).update(is_active=False)
    client = signed_in(admin)

    instrument = Hand(client, rules).enter()
    page = f"{ADMIN}instrument/{instrument.pk}/terbitkan/"
    client.post(page, seen(client.get(page)))

    instrument.refresh_from_db()
    assert (instrument.state, instrument.published_by) == ("published", admin)
    assert rules_of(instrument.pk) == rules
