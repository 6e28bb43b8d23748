import pytest

from sentra import panels
from sentra.panels import Mark, Panel
from tests.factories import make_product


@pytest.fixture
def nothing_registered(monkeypatch):
    monkeypatch.setattr(panels, "_product_panels", {})
    monkeypatch.setattr(panels, "_product_marks", {})


@pytest.mark.usefixtures("nothing_registered")
def test_panels_come_in_the_order_of_their_names_and_may_be_silent(officer):
    product = make_product()
    panels.register_product_panel("b", lambda user, product: Panel("b.html", {"user": user, "product": product}))
    panels.register_product_panel("a", lambda user, product: Panel("a.html"))
    panels.register_product_panel("c", lambda user, product: None)

    assert panels.product_panels(officer, product) == [
        Panel("a.html"),
        Panel("b.html", {"user": officer, "product": product}),
    ]


@pytest.mark.usefixtures("nothing_registered")
def test_registering_again_replaces(officer):
    panels.register_product_panel("a", lambda user, product: Panel("old.html"))
    panels.register_product_panel("a", lambda user, product: Panel("new.html"))

    assert panels.product_panels(officer, make_product()) == [Panel("new.html")]


@pytest.mark.usefixtures("nothing_registered")
def test_marks_are_asked_once_for_all_products(officer):
    marked, plain = make_product(), make_product()
    calls = []

    def marks(user, products):
        calls.append((user, list(products)))
        return {marked.pk: [Mark("Sedang ditinjau")]}

    panels.register_product_marks("test", marks)
    panels.add_product_marks(officer, [marked, plain])

    assert (marked.marks, plain.marks, calls) == ([Mark("Sedang ditinjau")], [], [(officer, [marked, plain])])
