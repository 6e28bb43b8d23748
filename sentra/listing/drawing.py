"""What draws the cells of a list: the blocks of its template of cells, each named like its column."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.template import Context, NodeList
from django.template.loader import get_template
from django.template.loader_tags import BlockNode

from sentra.listing.columns import Column


@dataclass(frozen=True)
class DrawnColumn:
    """A column with the nodes that draw a cell of it from `row`, and the cells of this page that others may share."""

    column: Column
    nodes: NodeList
    shared: dict[Any, str] = field(default_factory=dict)

    def content(self, context: Context) -> str:
        """What stands in the cell of the `row` in the context."""
        if self.column.alike is None:
            return self.nodes.render(context)
        likeness = self.column.alike(context["row"])
        if likeness not in self.shared:
            self.shared[likeness] = self.nodes.render(context)
        return self.shared[likeness]


def drawn_columns(columns: Iterable[Column], template_name: str) -> list[DrawnColumn]:
    """Each column with its block of the template; KeyError where there is none."""
    nodes = get_template(template_name).template.nodelist.get_nodes_by_type(BlockNode)
    blocks = {node.name: node.nodelist for node in nodes}
    return [DrawnColumn(column, blocks[column.key]) for column in columns]
