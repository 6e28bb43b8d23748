"""What the assessments add to the pages of the catalogue; registered with `sentra.panels`."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from assessment import permissions, starting
from assessment.decisions import with_awards
from assessment.models import Assessment, Instrument, StarBand
from sentra import panels
from sentra.models import Product

State = Assessment.State


def product_panel(user: User, product: Product) -> panels.Panel | None:
    """The assessments of `product` that `user` may open, and the button "Mulai penilaian" or why it is not there.

    None for somebody who can neither open nor begin one. Up to 6 queries.
    """
    every = with_awards(product.assessment_set.select_related("wilayah", "round"))
    rows = permissions.seen_among(user, list(every))
    may_start = permissions.can_start(user, product)
    if not rows and not may_start:
        return None
    obstacle = starting.obstacle(product) if may_start else ""
    appealable = next((row for row in rows if permissions.can_appeal(user, row)), None)
    return panels.Panel(
        "assessment/product_panel.html",
        {
            "assessments": rows,
            "may_start": may_start,
            "obstacle": obstacle,
            "appealable": None if obstacle else appealable,
        },
    )


def product_marks(user: User, products: Sequence[Product]) -> dict[UUID, list[panels.Mark]]:
    """What `user` may know of the assessments of `products` beside a result in force. Up to two queries.

    That one is going on; and for a product without a result, that the last one was eliminated or revoked.
    """
    if not products:
        return {}
    has_result = {product.pk for product in products if product.star is not None}
    rows = Assessment.objects.filter(product__in=[product.pk for product in products]).order_by("state_since")
    rows = rows.only("product", "state", "officer", "submitted_at", "wilayah")
    marks: dict[UUID, dict[str, panels.Mark]] = {}
    for row in permissions.seen_among(user, list(rows)):
        of_product = marks.setdefault(row.product_id, {})
        if row.state in Assessment.OPEN:
            of_product["open"] = panels.Mark(_("Sedang dinilai"), icon="jam")
        elif row.state in (State.ELIMINATED, State.REVOKED) and row.product_id not in has_result:
            of_product["closed"] = panels.Mark(str(State(row.state).label), state="bad")
    return {product_id: list(of_product.values()) for product_id, of_product in marks.items() if of_product}


def star_words() -> list[tuple[int, str]]:
    """The stars of every instrument that was ever in force, the best first: "Setara bintang 4". One query."""
    bands = StarBand.objects.exclude(instrument__state=Instrument.State.DRAFT)
    stars = bands.order_by("-star").values_list("star", flat=True).distinct()
    return [(star, _("Setara bintang %(star)s") % {"star": star}) for star in stars]


def register() -> None:
    panels.register_star_words("assessment", star_words)
    panels.register_product_panel("assessment", product_panel)
    panels.register_product_marks("assessment", product_marks)
