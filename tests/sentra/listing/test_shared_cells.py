"""A cell that was drawn before is the cell its row would have had."""

from datetime import date, timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from assessment.lists import ASSESSMENT_LIST
from sentra.listing import drawing
from sentra.listing.drawing import drawn_columns
from sentra.lists.certificate import CERTIFICATE_LIST
from sentra.lists.ikm import IKM_LIST
from sentra.lists.product import PRODUCT_LIST
from sentra.lists.sentra import SENTRA_LIST
from sentra.models import Branch, Sentra
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_branch, make_certificate, make_ikm, make_product, make_sentra

LISTS = [IKM_LIST, SENTRA_LIST, PRODUCT_LIST, CERTIFICATE_LIST, ASSESSMENT_LIST]


@pytest.fixture(autouse=True)
def nothing_kept():
    drawing.cells.forget()


@pytest.fixture
def rows(officer, verifier):
    """Records of every list that differ in what their cells show."""
    today = timezone.localdate()
    other = make_branch("sandang")
    sentra = make_sentra(state="aktif", checked_on=date(2026, 1, 5))
    make_sentra(branch=other, latitude="-7", longitude="109")
    anchor = make_ikm(sentra=sentra, is_anchor=True, nib="9120000000001")
    make_ikm(sentra=sentra, state="tutup", legal_form="cv", latitude="-7", longitude="109")
    make_ikm(branch=other, size_class="kecil")
    for unit, state in (("kg", "submitted"), ("kodi", "decided"), ("pak", "revoked")):
        product = make_product(ikm=anchor, price=5000, price_unit=unit)
        move_to(start_assessment(officer=officer, product=product), state, verifier=verifier)
    make_product(sentra=sentra)
    make_certificate(sentra=sentra, expires=today + timedelta(days=5))
    make_certificate(ikm=anchor, kind="halal", expires=today - timedelta(days=5))
    return officer


def page_of(declared, user):
    page = list(declared.drawn_in(declared.columns)(declared.rows(user)))
    declared.prepare(user, page)
    return page


def drawn_cells(declared, page):
    context = Context({})
    context.template = get_template(declared.cells).template
    columns = drawn_columns(declared.columns, declared.cells)
    found = {}
    for row in page:
        context["row"] = row
        found[row.pk] = {drawn.column.key: drawn.cell(context) for drawn in columns}
    return found


@pytest.mark.parametrize("declared", LISTS, ids=lambda declared: declared.key)
def test_every_row_gets_the_cells_it_would_have_alone(declared, rows, django_assert_num_queries):
    page = page_of(declared, rows)
    alone = {}
    with django_assert_num_queries(0):  # else a column reads what it does not name
        for row in page:
            drawing.cells.forget()
            alone |= drawn_cells(declared, [row])

    drawn_cells(declared, page)

    assert drawn_cells(declared, page) == alone
    assert len(drawing.cells) > 0


@pytest.mark.parametrize("declared", [IKM_LIST, SENTRA_LIST], ids=lambda declared: declared.key)
def test_a_name_that_changed_is_shown_as_it_is_now(declared, rows):
    drawn_cells(declared, page_of(declared, rows))
    Branch.objects.update(name=Concat("name", Value(" & kain")))
    Sentra.objects.update(name="Sentra <baru>", commodity="Lurik")

    after = drawn_cells(declared, page_of(declared, rows))

    drawing.cells.forget()
    assert after == drawn_cells(declared, page_of(declared, rows))


def test_a_paper_that_lapsed_overnight_says_so(rows, monkeypatch):
    drawn_cells(CERTIFICATE_LIST, page_of(CERTIFICATE_LIST, rows))
    in_a_week = timezone.localdate() + timedelta(days=7)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: in_a_week)

    after = drawn_cells(CERTIFICATE_LIST, page_of(CERTIFICATE_LIST, rows))

    assert all("Kedaluwarsa" in cells["masa"] for cells in after.values())


def test_an_assessment_waits_a_day_longer_overnight(rows, monkeypatch):
    drawn_cells(ASSESSMENT_LIST, page_of(ASSESSMENT_LIST, rows))
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: args[0].date() if args else tomorrow)

    after = drawn_cells(ASSESSMENT_LIST, page_of(ASSESSMENT_LIST, rows))

    assert sum("Menunggu verifikator Kab. Brebes sejak kemarin" in cells["keadaan"] for cells in after.values()) == 1
