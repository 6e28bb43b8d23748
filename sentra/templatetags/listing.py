"""`{% load listing %}`: the rows of a declared list."""

from collections.abc import Sequence

from django import template
from django.db.models import Model
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sentra.listing.drawing import DrawnColumn

register = template.Library()


@register.simple_tag(takes_context=True)
def table_row(context: Context, *, columns: Sequence[DrawnColumn]) -> SafeString:
    """The line of `row`: the first cell names it, each cell is what the block of its column draws.

    Written here and not in a template: a page has some 350 cells, and this is what they cost.
    """
    cells = "".join([drawn.cell(context) for drawn in columns])
    return mark_safe(f'<tr role="row">{cells}</tr>')  # noqa: S308 - each cell is escaped


@register.simple_tag
def row_name(row: Model, *words: str) -> SafeString:
    """What the first cell says: `words`, which lead to the record, whether it is out of use, and where it lies.

    Written here and not in a template: it is different in each of fifty rows.
    """
    return format_html(
        '<a class="so-whole" href="{}">{}</a>{}<span class="so-place fw-normal d-block">{}</span>',
        row.get_absolute_url(),
        " ".join(words),
        "" if row.is_in_use else render_to_string("sentra/listing/out_of_use.html"),
        row.wilayah.place_name,
    )
