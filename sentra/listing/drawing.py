"""What draws the cells of a list: the blocks of its template of cells, each named like its column."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template import Context, NodeList
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sentra.listing.columns import Column
from sentra.listing.kept import Kept

# Some pages of every list; a cell takes half a kilobyte.
cells = Kept(most=10_000)


@dataclass(frozen=True)
class DrawnColumn:
    """A column with the nodes that draw a cell of it from `row`; `source` tells it from the columns of other lists.

    `is_first`: its cell is the heading of the row.
    """

    column: Column
    nodes: NodeList
    source: str
    is_first: bool = False

    def cell(self, context: Context) -> SafeString:
        """The cell of the `row` in the context."""
        if self.column.shows is None:
            return self._draw(context)
        shown = self.source, self.column.key, self.column.shows(context["row"])
        return cells.get(shown, lambda: self._draw(context))

    def _draw(self, context: Context) -> SafeString:
        content = self.nodes.render(context)
        tag, attributes = ("th", 'scope="row" role="rowheader"') if self.is_first else ("td", 'role="cell"')
        css = f' class="{self.column.css}"' if self.column.css else ""
        label = self.column.label if self.column.named and content else ""
        named = format_html('<span class="so-mute d-lg-none">{}: </span>', label) if label else ""
        cell = f"<{tag} {attributes}{css}>{named}{conditional_escape(content)}</{tag}>"
        return mark_safe(cell)  # noqa: S308 - every part is escaped


def drawn_columns(columns: Iterable[Column], template_name: str) -> list[DrawnColumn]:
    """Each column with its block of the template; KeyError where there is none."""
    nodes = get_template(template_name).template.nodelist.get_nodes_by_type(BlockNode)
    blocks = {node.name: node.nodelist for node in nodes}
    return [
        DrawnColumn(column, blocks[column.key], template_name, is_first=not number)
        for number, column in enumerate(columns)
    ]
