"""What rooms above add to the pages of the catalogue, so that its templates need not know them.

A room registers in its `AppConfig.ready()`; registering again under the same name replaces the former entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.models import User
from sentra.models import Product


@dataclass(frozen=True)
class Panel:
    """A part of a product's page: the template that draws it and what it needs, besides the page's own context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """A state shown beside a product in lists: words, and the state and icon of `{% mark %}`."""

    text: str
    state: str = "info"
    icon: str = ""


PanelMaker = Callable[[User, Product], Panel | None]
MarkMaker = Callable[[User, Sequence[Product]], dict[UUID, list[Mark]]]

StarWords = Callable[[], list[tuple[int, str]]]

_product_panels: dict[str, PanelMaker] = {}
_product_marks: dict[str, MarkMaker] = {}
_star_words: dict[str, StarWords] = {}


def register_product_panel(name: str, maker: PanelMaker) -> None:
    """Show on every product's page what `maker(user, product)` returns; None shows nothing."""
    _product_panels[name] = maker


def register_product_marks(name: str, maker: MarkMaker) -> None:
    """Show in lists of products what `maker(user, products)` returns by product id; one call per page."""
    _product_marks[name] = maker


def product_panels(user: User, product: Product) -> list[Panel]:
    """The panels of all rooms for this product's page, in the order of their names."""
    made = (_product_panels[name](user, product) for name in sorted(_product_panels))
    return [panel for panel in made if panel is not None]


def add_product_marks(user: User, products: Sequence[Product]) -> None:
    """Put `marks` (a list of Mark) on each of `products`; as many queries as the rooms need for all together."""
    for product in products:
        product.marks = []
    for name in sorted(_product_marks):
        marks = _product_marks[name](user, products)
        for product in products:
            product.marks += marks.get(product.pk, [])


def register_star_words(name: str, maker: StarWords) -> None:
    """Offer in filters the stars that `maker()` returns, each with its words, the best first."""
    _star_words[name] = maker


def star_words() -> list[tuple[int, str]]:
    """The stars a product can have, by the rooms that give them; as many queries as they need."""
    return [star for name in sorted(_star_words) for star in _star_words[name]()]
