"""What draws the cells of a list: the blocks of its template of cells, each named like its column."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template import NodeList
from django.template.loader import get_template
from django.template.loader_tags import BlockNode

from sentra.listing.columns import Column


@dataclass(frozen=True)
class DrawnColumn:
    """A column with the nodes that draw a cell of it from `row`."""

    column: Column
    nodes: NodeList


def drawn_columns(columns: Iterable[Column], template_name: str) -> list[DrawnColumn]:
    """Each column with its block of the template; KeyError where there is none."""
    nodes = get_template(template_name).template.nodelist.get_nodes_by_type(BlockNode)
    blocks = {node.name: node.nodelist for node in nodes}
    return [DrawnColumn(column, blocks[column.key]) for column in columns]
