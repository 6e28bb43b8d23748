"""Every version of an instrument and its parts is kept while it is a draft, whoever writes it."""

import pytest
from django.apps import apps

from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, StarBand
from assessment.models.gate import GateScope
from assessment.models.instrument import CheckScope, IndicatorScope
from tests.assessment.factories import make_instrument

pytestmark = pytest.mark.django_db

PARTS = [Criterion, Indicator, IndicatorScope, Level, Check, CheckScope, StarBand, Gate, GateScope]


def events(model):
    return apps.get_model("assessment", f"{model.__name__}Event").objects.order_by("pgh_id")


@pytest.mark.parametrize("model", [Instrument, *PARTS])
def test_what_was_entered_is_kept(model):
    make_instrument(published=False)

    assert events(model).filter(pgh_label="insert").count() == model.objects.count() > 0


def test_a_change_and_a_deletion_are_kept_with_what_stood_there():
    make_instrument(published=False)
    band = StarBand.objects.get(star=5)

    band.lowest = 95
    band.save()
    band.delete()

    kept = events(StarBand).filter(star=5).values_list("pgh_label", "lowest")
    assert list(kept) == [("insert", 90), ("update", 95), ("delete", 95)]


def test_publishing_is_kept():
    published = make_instrument()

    assert list(events(Instrument).filter(pgh_obj=published).values_list("pgh_label", "state")) == [
        ("insert", "draft"),
        ("update", "published"),
    ]
