"""A published instrument stays as it is, whichever way somebody tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessment.instruments import NotPublishable, publish, retire
from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, Round, StarBand
from assessment.models.gate import GateScope
from assessment.models.instrument import CheckScope, IndicatorScope
from tests.assessment.factories import make_instrument, make_round
from tests.factories import make_scope

pytestmark = pytest.mark.django_db

# One way to change each part, as (model, column, value).
CHANGES = [
    (Criterion, {"name": "Lain"}),
    (Indicator, {"question": "Lain?"}),
    (IndicatorScope, {"scope_id": "tenun"}),
    (Level, {"points": 99}),
    (Check, {"text": "Lain"}),
    (CheckScope, {"scope_id": "herbal"}),
    (StarBand, {"lowest": 1}),
    (Gate, {"sentence": "Lain."}),
    (GateScope, {"scope_id": "tenun"}),
]
NAMES = [model.__name__ for model, _ in CHANGES]


def refused(action) -> bool:
    """Whether the database refuses `action` because the instrument is frozen."""
    try:
        with transaction.atomic():
            action()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name == "instrument_frozen"
    return False


@pytest.fixture
def draft():
    make_scope("herbal")
    return make_instrument(published=False)


@pytest.fixture
def published(draft):
    Instrument.objects.filter(pk=draft.pk).update(state="published", published_at=timezone.now())
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize(("model", "change"), CHANGES, ids=NAMES)
def test_part_of_a_draft_may_be_changed_and_deleted(draft, model, change):
    row = model.objects.order_by("pk").last()

    assert model.objects.filter(pk=row.pk).update(**change) == 1
    assert model.objects.filter(pk=row.pk).delete()[0] >= 1


@pytest.mark.parametrize(("model", "change"), CHANGES, ids=NAMES)
def test_part_of_a_published_instrument_is_neither_changed_nor_deleted(published, model, change):
    row = model.objects.order_by("pk").last()

    assert refused(lambda: model.objects.filter(pk=row.pk).update(**change))
    assert refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))
    assert refused(row.delete)


@pytest.mark.parametrize(("model", "change"), CHANGES, ids=NAMES)
def test_nothing_is_added_to_a_published_instrument(published, model, change):
    row = model.objects.order_by("pk").last()
    row.pk = None

    assert refused(lambda: row.save(force_insert=True))


def test_scopes_of_a_published_instrument_are_frozen(published):
    indicator = Indicator.objects.get(code="1.2")

    assert refused(lambda: indicator.scopes.add("tenun"))
    assert refused(lambda: Indicator.objects.get(code="2.2").scopes.clear())


def test_part_is_moved_neither_into_nor_out_of_a_published_instrument(published):
    other = make_instrument(published=False, version="2")
    mine = Criterion.objects.filter(instrument=published).first()
    theirs = Criterion.objects.filter(instrument=other).first()

    assert refused(lambda: Criterion.objects.filter(pk=mine.pk).update(instrument=other, code="K9"))
    assert refused(lambda: Criterion.objects.filter(pk=theirs.pk).update(instrument=published, code="K9"))
    assert refused(lambda: Indicator.objects.filter(criterion=theirs, code="1.1").update(criterion=mine, code="9.9"))


def test_draft_beside_a_published_instrument_stays_free(published):
    other = make_instrument(published=False, version="2")

    assert Level.objects.filter(indicator__criterion__instrument=other).update(points=1) == 20


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Lain"},
        {"basis": "Lain"},
        {"validity_months": 36},
        {"published_at": timezone.now()},
        {"state": "draft", "published_at": None},
        {"state": "retired", "retired_at": timezone.now(), "name": "Lain"},
    ],
    ids=["name", "basis", "validity", "time", "back to draft", "retired and renamed"],
)
def test_published_instrument_itself_changes_in_nothing(published, change):
    assert refused(lambda: Instrument.objects.filter(pk=published.pk).update(**change))


def test_published_instrument_may_be_retired_and_nothing_more(published):
    retire(published)

    back = {"state": "published", "retired_at": None}
    assert refused(lambda: Instrument.objects.filter(pk=published.pk).update(**back))
    assert refused(lambda: Level.objects.filter(indicator__criterion__instrument=published).update(points=1))


def test_draft_is_never_retired(draft):
    now = timezone.now()

    assert refused(
        lambda: Instrument.objects.filter(pk=draft.pk).update(state="retired", published_at=now, retired_at=now)
    )


def test_published_instrument_is_not_deleted_and_a_draft_is_with_all_its_parts(published):
    other = make_instrument(published=False, version="2")

    assert refused(lambda: Instrument.objects.filter(pk=published.pk)._raw_delete("default"))
    assert refused(published.delete)
    other.delete()
    assert list(Instrument.objects.all()) == [published]
    assert not Indicator.objects.exclude(criterion__instrument=published).exists()


def test_instrument_is_not_born_published():
    born = Instrument(name="Lain", version="1", basis="Uji", state="published", published_at=timezone.now())

    assert refused(born.save)


def test_saving_a_published_instrument_unchanged_is_harmless(published):
    published.save()

    assert not refused(published.save)


def test_truth_of_the_constraint_is_kept_by_plain_sql(published):
    def plain_sql():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE assessment_level SET points = 0")

    assert refused(plain_sql)


@pytest.mark.django_db(transaction=True)
def test_part_added_while_publishing_is_either_checked_or_refused(draft):
    """A part written between the checks and the commit must not slip in: it waits, then is refused."""
    criterion = Criterion.objects.get(instrument=draft, code="K1")

    def add_faulty_indicator() -> bool:
        try:
            return refused(
                lambda: Indicator.objects.create(criterion=criterion, code="9.9", name="", short_name="", question="")
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            publish(draft, by=None)
            waiting = other.submit(add_faulty_indicator)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=5)
    assert draft.state == Instrument.State.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_a_part_that_is_being_added_and_sees_it(draft):
    criterion = Criterion.objects.get(instrument=draft, code="K1")

    def publish_elsewhere() -> list[str]:
        try:
            publish(Instrument.objects.get(pk=draft.pk), by=None)
            return []
        except NotPublishable as error:
            return error.messages
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Indicator.objects.create(
                criterion=criterion, code="9.9", name="N", short_name="N", question="N?", evidence_hint="N"
            )
            waiting = other.submit(publish_elsewhere)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=5) == ["Indikator 9.9 perlu sedikitnya dua level."]


def test_round_needs_a_published_instrument(draft):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_round(instrument=draft)

    assert error.value.__cause__.diag.constraint_name == "round_uses_published"


def test_round_may_outlive_its_instrument(published):
    """A form saves every column: closing such a round in the admin was refused as if it chose the instrument anew."""
    found = make_round(instrument=published)
    retire(published)

    found.closes = date(2030, 1, 1)
    found.save()

    found.refresh_from_db()
    assert found.closes == date(2030, 1, 1)


def test_round_does_not_change_to_an_instrument_out_of_use(published):
    found = make_round(instrument=published)
    retired = make_instrument(version="2")
    retire(retired)

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=found.pk).update(instrument=retired)
