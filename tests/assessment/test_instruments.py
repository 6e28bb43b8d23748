"""Publishing, what is remembered of an instrument, and the standing round."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from assessment import instruments
from assessment.instrument_file import read_instrument
from assessment.instrument_rows import load_rules, store_draft
from assessment.instruments import (
    DraftChanged,
    NotADraft,
    NotInForce,
    NotPublishable,
    VersionExists,
    check_ids,
    copy,
    fingerprint,
    load_and_publish,
    publish,
    retire,
    rules_of,
    standing_round,
    version_before,
)
from assessment.models import Authority, Check, Criterion, Gate, Indicator, Instrument, Round
from assessment.scoring import Condition
from sentra.models import ProductScope
from sentra.reference import load_reference
from tests.assessment.factories import make_instrument, make_round
from tests.assessment.rules import SCHEMES, read_scheme
from tests.factories import make_scope, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)


@pytest.fixture
def scopes():
    load_reference()


@pytest.fixture
def draft():
    return make_instrument(published=False)


# Rows and rules


def test_rows_hold_every_rule_of_the_default(scopes):
    rules = read_instrument()

    assert load_rules(store_draft(rules).pk) == rules


def test_rows_keep_two_instruments_of_one_scheme_apart(draft):
    other = make_instrument(published=False, version="2")
    Indicator.objects.filter(criterion__instrument=other, code="1.1").update(name="Nama lain")

    assert load_rules(draft.pk).indicators["1.1"].name == "Penetapan unggulan"
    assert load_rules(other.pk).indicators["1.1"].name == "Nama lain"


# What is remembered


def test_rules_of_a_published_instrument_are_read_once(django_assert_num_queries):
    published = make_instrument()

    first = rules_of(published.pk)

    with django_assert_num_queries(0):
        assert rules_of(published.pk) is first


def test_rules_of_a_draft_are_read_each_time(draft):
    before = rules_of(draft.pk)
    Criterion.objects.filter(instrument=draft, code="K1").update(name="Nama lain")

    assert (before.criteria[0].name, rules_of(draft.pk).criteria[0].name) == ("Produk unggulan daerah", "Nama lain")


def test_rules_of_the_same_number_of_queries_however_large_the_instrument(scopes, django_assert_num_queries):
    small, large = make_instrument(), store_draft(read_instrument())

    with django_assert_num_queries(11):
        rules_of(small.pk)
    with django_assert_num_queries(11):
        rules_of(large.pk)


def test_rules_of_an_unknown_instrument_do_not_exist():
    with pytest.raises(Instrument.DoesNotExist):
        rules_of(0)


def test_ids_by_code(draft):
    other = make_instrument(published=False, version="2")

    assert set(check_ids(draft.pk)) == {"2.1-benda-asing", "2.1-rasa", "2.1-kerapian"}
    assert not set(check_ids(draft.pk).values()) & set(check_ids(other.pk).values())


# Publishing


def test_publish_puts_the_draft_in_force_and_records_who_and_when(draft):
    admin = make_user()

    publish(draft, by=admin, at=NOON)

    assert (draft.state, draft.published_at, draft.published_by) == (Instrument.State.PUBLISHED, NOON, admin)


def test_publish_refuses_faults_all_at_once_and_leaves_a_draft(draft):
    Criterion.objects.filter(instrument=draft, code="K1").update(points=50)
    Gate.objects.filter(instrument=draft, code="nib").update(star=5)

    with pytest.raises(NotPublishable) as refused:
        publish(draft, by=None)

    assert refused.value.messages == [
        "Poin semua kriteria berjumlah 90; seharusnya 100.",
        "Syarat nib tidak membatasi apa pun: bintang tertinggi instrumen ini 5.",
    ]
    draft.refresh_from_db()
    assert draft.is_draft


def test_publish_asks_for_every_scope_in_use_and_no_other(draft):
    Indicator.objects.get(criterion__instrument=draft, code="1.1").scopes.set(["makanan"])
    Indicator.objects.get(criterion__instrument=draft, code="1.2").scopes.set(["makanan"])

    with pytest.raises(NotPublishable) as refused:
        publish(draft, by=None)
    ProductScope.objects.filter(pk="tenun").update(is_active=False)
    publish(draft, by=None)

    assert refused.value.messages == ["Kriteria K1 tidak punya indikator untuk lingkup “Tenun”."]
    assert draft.state == Instrument.State.PUBLISHED


def test_publish_refuses_a_gate_that_points_into_another_instrument(draft):
    """Codes alone look right: the other instrument has an indicator 1.1 too."""
    other = make_instrument(published=False, version="2")
    Gate.objects.filter(instrument=draft, code="nib").update(
        condition=Condition.INDICATOR_ABOVE,
        indicator=Indicator.objects.get(criterion__instrument=other, code="1.1"),
        level=1,
    )
    Gate.objects.filter(instrument=draft, code="bukti").update(
        condition=Condition.CHECK_NOT_BAD,
        bad_check=Check.objects.get(indicator__criterion__instrument=other, code="2.1-benda-asing"),
    )

    with pytest.raises(NotPublishable) as refused:
        publish(draft, by=None)

    assert refused.value.messages == [
        "Syarat nib menunjuk bagian instrumen lain.",
        "Syarat bukti menunjuk bagian instrumen lain.",
    ]


@pytest.mark.parametrize("state", [Instrument.State.PUBLISHED, Instrument.State.RETIRED])
def test_publish_takes_only_a_draft(state):
    instrument = make_instrument()
    if state == Instrument.State.RETIRED:
        retire(instrument)

    with pytest.raises(NotADraft, match="sudah terbit"):
        publish(instrument, by=None)


def test_publish_refuses_a_draft_that_is_not_the_one_looked_at(draft):
    seen = fingerprint(load_rules(draft.pk))
    Criterion.objects.filter(instrument=draft, code="K1").update(name="Nama lain")

    with pytest.raises(DraftChanged, match="diubah orang lain"):
        publish(draft, by=None, seen=seen)
    publish(draft, by=None, seen=fingerprint(load_rules(draft.pk)))

    assert draft.state == Instrument.State.PUBLISHED


def test_retire_ends_a_published_instrument(draft):
    published = make_instrument(version="2")

    retire(published, at=NOON)

    assert (published.state, published.retired_at) == (Instrument.State.RETIRED, NOON)


def test_retire_takes_only_what_is_in_force(draft):
    retired = make_instrument(version="2")
    retire(retired, at=NOON)

    for instrument in (draft, retired):
        with pytest.raises(NotInForce, match="Hanya instrumen yang terbit"):
            retire(instrument)

    assert list(Instrument.objects.order_by("version").values_list("state", "retired_at")) == [
        ("draft", None),
        ("retired", NOON),
    ]


# Copying


@pytest.mark.parametrize("state", Instrument.State)
def test_copy_is_a_draft_with_every_part(scopes, state):
    original = store_draft(read_instrument())
    if state != Instrument.State.DRAFT:
        publish(original, by=None)
    if state == Instrument.State.RETIRED:
        retire(original)

    copied = copy(original, name="Instrumen Brebes", version="2027")

    assert (copied.state, copied.published_at, copied.published_by) == (Instrument.State.DRAFT, None, None)
    assert load_rules(copied.pk) == replace(read_instrument(), name="Instrumen Brebes", version="2027")
    assert load_rules(original.pk) == read_instrument()


def test_copy_refuses_a_version_that_exists(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy(draft, name=draft.name, version=draft.version)


def test_version_before_is_the_last_published_of_its_name(draft):
    first, second = (make_instrument(name=draft.name, version=version) for version in ("2", "3"))
    make_instrument(name="Lain", version="4")
    retire(second)

    assert (version_before(draft), version_before(second), version_before(first)) == (second, first, None)


# Loading


def test_load_and_publish_makes_the_instrument_and_the_standing_round_once(scopes):
    opens = date(2026, 11, 27)

    instrument, made = load_and_publish(read_instrument(), opens=opens)
    again, made_again = load_and_publish(read_instrument(), opens=opens)

    assert (made, made_again) == ({"instrument": True, "round": True}, {"instrument": False, "round": False})
    assert instrument == again
    found = standing_round()
    assert (found.instrument, found.authority, found.wilayah, found.opens, found.closes) == (
        instrument,
        Authority.KABKOTA,
        None,
        opens,
        None,
    )
    assert (Instrument.objects.count(), Round.objects.count(), Indicator.objects.count()) == (1, 1, 21)


@pytest.mark.parametrize("name", SCHEMES)
def test_schemes_of_others_are_loaded_and_published_as_data_alone(scopes, name):
    ProductScope.objects.exclude(pk__in=SCHEMES[name]).update(is_active=False)
    rules = read_scheme(name)

    instrument, made = load_and_publish(rules, opens=date(2026, 1, 1))

    assert made["round"]
    assert rules_of(instrument.pk) == rules


def test_load_and_publish_finishes_a_draft_that_was_left(scopes):
    draft = store_draft(read_instrument())

    instrument, made = load_and_publish(read_instrument(), opens=date(2026, 1, 1))

    assert (instrument, made) == (draft, {"instrument": False, "round": True})
    assert instrument.state == Instrument.State.PUBLISHED


def test_load_and_publish_refuses_other_rules_under_the_same_version(scopes):
    rules = read_instrument()
    load_and_publish(rules, opens=date(2026, 1, 1))

    with pytest.raises(VersionExists, match="Naikkan versi"):
        load_and_publish(replace(rules, basis="Lain"), opens=date(2026, 1, 1))


def test_load_and_publish_writes_nothing_where_the_rules_are_faulty():
    make_scope("makanan")
    rules = read_instrument()

    with pytest.raises(NotPublishable), transaction.atomic():
        load_and_publish(replace(rules, bands=()), opens=date(2026, 1, 1))

    assert (Instrument.objects.count(), Round.objects.count()) == (0, 0)


def test_load_and_publish_leaves_a_standing_round_with_its_instrument(scopes):
    running = make_round()

    _, made = load_and_publish(read_instrument(), opens=date(2026, 1, 1))

    assert (made["round"], standing_round()) == (False, running)


# The standing round


def test_standing_round_is_that_of_the_authority_without_area_and_end(areas):
    instrument = make_instrument()
    make_round(instrument=instrument, wilayah_id="33.29")
    make_round(instrument=instrument, closes=date(2030, 1, 1))
    make_round(instrument=instrument, authority=Authority.PROVINSI)

    assert standing_round() is None
    found = make_round(instrument=instrument)
    assert (standing_round(), standing_round(Authority.KEMENTERIAN)) == (found, None)


def test_frozen_rules_are_not_remembered_for_a_draft(draft):
    rules_of(draft.pk)

    assert draft.pk not in instruments._frozen_rules
