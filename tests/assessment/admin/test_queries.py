"""The pages of the editor ask as often for a large instrument as for a small one: twelve queries at most.

The page that publishes a draft is the exception, because it reads the whole of it.
"""

import pytest

from assessment.models import Check, Criterion, Gate, Indicator, Level, StarBand
from tests.assessment.factories import make_instrument

PAGES = {
    "instrument/{draft}/change": 9,
    "instrument/{draft}/terbitkan": 22,
    "criterion/{criterion}/change": 8,
    "indicator/{indicator}/change": 12,
    "gate/{gate}/change": 10,
}


def grow(draft) -> None:
    """Fifty more of every part, each limited to a product scope where it can be."""
    criterion, indicator = draft.criterion_set.get(code="K2"), Indicator.objects.get(code="2.1")
    for number in range(50, 100):
        Criterion.objects.create(instrument=draft, code=f"K{number}", name="Lagi", short_name="Lagi", points=1)
        StarBand.objects.create(instrument=draft, star=number, lowest=f"99.{number}", label="Lagi")
        gate = Gate.objects.create(
            instrument=draft, code=f"g{number}", name="Lagi", condition="nib", effect="eliminate"
        )
        more = Indicator.objects.create(criterion=criterion, code=f"2.{number}", name="Lagi", short_name="Lagi")
        check = Check.objects.create(indicator=indicator, code=f"x{number}", text="Lagi")
        Level.objects.create(indicator=indicator, number=number, points=1, word="Lagi", wording="Lagi")
        for part in (gate, more, check):
            part.scopes.set(["makanan"])


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_however_many_rows_it_shows(
    signed_in, admin, areas, page, size, django_assert_num_queries
):
    draft = make_instrument(published=False)
    keys = {
        "draft": draft.pk,
        "criterion": draft.criterion_set.get(code="K2").pk,
        "indicator": Indicator.objects.get(code="2.1").pk,
        "gate": draft.gate_set.get(code="nib").pk,
    }
    if size == "large":
        grow(draft)
    client, address = signed_in(admin), f"/admin/assessment/{page.format(**keys)}/"
    # The first page of a process asks for its kinds of content once more.
    client.get(address)

    with django_assert_num_queries(PAGES[page]):
        client.get(address)
