"""A cell that rows share on one page is the cell each of them would have had."""

from datetime import date

import pytest
from django.template import Context
from django.template.loader import get_template

from sentra.listing.columns import Column
from sentra.listing.drawing import DrawnColumn, drawn_columns
from sentra.lists.ikm import IKM_LIST
from sentra.lists.product import PRODUCT_LIST
from sentra.lists.sentra import SENTRA_LIST
from sentra.models.ikm import IKM
from tests.factories import make_branch, make_ikm, make_product, make_sentra


@pytest.fixture
def rows(officer):
    """Records of every list that differ in what their cells show."""
    other = make_branch("sandang")
    sentra = make_sentra(state="aktif", checked_on=date(2026, 1, 5))
    make_sentra(branch=other, latitude="-7", longitude="109")
    anchor = make_ikm(sentra=sentra, is_anchor=True, nib="9120000000001")
    make_ikm(sentra=sentra, state="tutup", legal_form="cv", latitude="-7", longitude="109")
    make_ikm(branch=other, size_class="kecil")
    make_product(ikm=anchor, price=5000, price_unit="kg")
    make_product(sentra=sentra)
    return officer


@pytest.mark.parametrize("declared", [IKM_LIST, SENTRA_LIST, PRODUCT_LIST], ids=lambda declared: declared.key)
def test_every_row_gets_the_cell_it_would_have_alone(declared, rows):
    page = list(declared.drawn(declared.rows(rows)))
    declared.prepare(rows, page)

    for drawn in drawn_columns(declared.columns, declared.cells):
        contexts = [_context(row, declared) for row in page]
        alone = [drawn.nodes.render(context) for context in contexts]

        assert [drawn.content(context) for context in contexts] == alone, drawn.column.key


def _context(row, declared):
    context = Context({"row": row})
    context.template = get_template(declared.cells).template
    return context


def test_a_cell_of_rows_that_are_alike_is_drawn_once():
    class Counted:
        drawn = 0

        def render(self, context):
            self.drawn += 1
            return f"cell {self.drawn}"

    column = DrawnColumn(Column("keadaan", "Keadaan", alike=lambda ikm: ikm.state), Counted())
    ikm = [IKM(state="aktif"), IKM(state="tutup"), IKM(state="aktif")]

    assert [column.content(Context({"row": row})) for row in ikm] == ["cell 1", "cell 2", "cell 1"]
