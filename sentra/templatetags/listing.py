"""`{% load listing %}`: the rows of a declared list."""

from collections.abc import Sequence

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sentra.listing.drawing import DrawnColumn

register = template.Library()


@register.simple_tag(takes_context=True)
def table_row(context: Context, *, columns: Sequence[DrawnColumn]) -> SafeString:
    """The line of `row`: the first cell names it, each cell is what the block of its column draws.

    Written here and not in a template: a page has some 350 cells, and this is what they cost.
    """
    cells = []
    for number, drawn in enumerate(columns):
        content = drawn.content(context)
        cells.append(_cell(drawn, content, tag="td" if number else "th"))
    return mark_safe(f'<tr role="row">{"".join(cells)}</tr>')  # noqa: S308 - each cell is escaped


def _cell(drawn: DrawnColumn, content: SafeString, *, tag: str) -> str:
    attributes = 'role="cell"' if tag == "td" else 'scope="row" role="rowheader"'
    css = f' class="{drawn.column.css}"' if drawn.column.css else ""
    label = drawn.column.label if drawn.column.named and content else ""
    named = format_html('<span class="so-mute d-lg-none">{}: </span>', label) if label else ""
    return f"<{tag} {attributes}{css}>{named}{conditional_escape(content)}</{tag}>"
