"""What the assessments add to the pages of the catalogue; registered with `sentra.panels`."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from assessment import permissions, starting
from assessment.decisions import with_awards
from assessment.models import Assessment
from sentra import panels
from sentra.models import Product


def product_panel(user: User, product: Product) -> panels.Panel | None:
    """The assessments of `product` that `user` may open, and the button "Mulai penilaian" or why it is not there.

    None for somebody who can neither open nor begin one. Up to 6 queries.
    """
    rows = list(with_awards(Assessment.objects.visible_to(user).filter(product=product).with_subject()))
    may_start = permissions.can_start(user, product)
    if not rows and not may_start:
        return None
    obstacle = starting.obstacle(product) if may_start else ""
    closed = [row for row in rows if row.state in Assessment.CLOSED_BY_DECISION]
    return panels.Panel(
        "assessment/product_panel.html",
        {
            "assessments": rows,
            "may_start": may_start,
            "obstacle": obstacle,
            "appealable": closed[0] if closed and may_start and not obstacle else None,
        },
    )


def product_marks(user: User, products: Sequence[Product]) -> dict[UUID, list[panels.Mark]]:
    """Which of `products` are being assessed, as far as `user` may know. One query."""
    opened = Assessment.objects.open().visible_to(user).filter(product__in=products)
    return {
        product_id: [panels.Mark(_("Sedang dinilai"), icon="jam")]
        for product_id in opened.values_list("product", flat=True)
    }


def register() -> None:
    panels.register_product_panel("assessment", product_panel)
    panels.register_product_marks("assessment", product_marks)
