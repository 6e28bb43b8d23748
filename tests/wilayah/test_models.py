"""What the database refuses, and what an area says of itself."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.wilayah_factory import TREE, make_wilayah_tree
from wilayah.models import Succession, Wilayah

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 1)


def make(**kwargs):
    return Wilayah.objects.create(**{"name": "Uji", "parent_names": [""] * (kwargs["level"] - 1)} | kwargs)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("3", 1, None),
        ("34.", 1, None),
        ("34.01", 1, None),
        ("34", 2, "33"),
        ("33.01", 1, None),
        ("33.1", 2, "33"),
        ("33.29.99", 2, "33.29"),
        ("33.29.99.201", 4, "33.29.01"),
        ("33.29.9a", 3, "33.29"),
    ],
)
def test_a_code_that_does_not_fit_its_level_is_refused(code, level, parent):
    make_wilayah_tree()

    with pytest.raises(IntegrityError, match="wilayah_code_fits_level"), transaction.atomic():
        make(code=code, level=level, parent_id=parent)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [("33.99", 2, None), ("33.99", 2, "32"), ("33.99.01", 3, "33.29"), ("34", 1, "33"), ("33.29.01.2999", 4, "33.29")],
)
def test_a_parent_that_is_not_the_prefix_is_refused(code, level, parent):
    make_wilayah_tree()

    with pytest.raises(IntegrityError, match="wilayah_parent_is_prefix"), transaction.atomic():
        make(code=code, level=level, parent_id=parent)


def test_a_parent_that_does_not_exist_is_refused():
    make_wilayah_tree()
    make(code="33.99.01", level=3, parent_id="33.99")

    with pytest.raises(IntegrityError, match="foreign key"):
        connection.check_constraints()


def test_missing_names_of_parents_are_refused():
    make_wilayah_tree()

    with pytest.raises(IntegrityError, match="wilayah_parents_are_named"), transaction.atomic():
        make(code="33.99", level=2, parent_id="33", parent_names=[])


def test_names_of_an_area():
    desa = make_wilayah_tree()["33.29.01.2003"]

    assert str(desa) == desa.full_name == "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah"
    assert desa.place_name == desa.label == "Desa Bentarsari, Kec. Salem, Kab. Brebes"
    assert [desa.short_name, desa.kind, desa.zone.label] == ["Desa Bentarsari", "Desa", "WIB"]
    assert desa.dinas_name == "Dinas perindustrian Kabupaten Brebes"


def test_names_of_a_province():
    province = make_wilayah_tree()["33"]

    assert [province.full_name, province.place_name, province.label] == ["Jawa Tengah"] * 3


@pytest.mark.parametrize(
    ("valid_until", "is_current"),
    [(None, True), (TODAY, True), (TODAY + datetime.timedelta(1), True), (TODAY - datetime.timedelta(1), False)],
)
def test_current_in_sql_and_in_python_up_to_the_last_day(valid_until, is_current):
    make_wilayah_tree()
    Wilayah.objects.filter(pk="33.29.01.2003").update(valid_until=valid_until)
    area = Wilayah.objects.get(pk="33.29.01.2003")

    assert area.is_current(TODAY) is is_current
    assert Wilayah.objects.current(TODAY).filter(pk=area.pk).exists() is is_current


def test_inside_takes_areas_with_all_below_them():
    make_wilayah_tree()

    found = Wilayah.objects.inside("33.29.01", "32.73").values_list("code", flat=True)

    assert list(found) == [code for code in sorted(TREE) if code.startswith(("33.29.01", "32.73"))]
    assert Wilayah.objects.inside().count() == 0
    assert Wilayah.objects.inside("").count() == len(TREE)


def test_successions_join_several_old_areas_to_several_new_ones():
    tree = make_wilayah_tree()
    for old, new in [("33.28", "33.29"), ("33.28", "33.76"), ("33.08", "33.29")]:
        Succession.objects.create(old=tree[old], new=tree[new], since=TODAY, source="UU 1/2026")

    assert [area.code for area in tree["33.28"].successors.order_by("code")] == ["33.29", "33.76"]
    assert [area.code for area in tree["33.29"].predecessors.order_by("code")] == ["33.08", "33.28"]
    assert str(tree["33.28"].successions.first()) == "Kab. Tegal menjadi Kab. Brebes"


@pytest.mark.parametrize(
    ("old", "new", "constraint"),
    [("33.28", "33.29", "succession_pair_unique"), ("33.28", "33.28", "succession_changes_area")],
)
def test_a_succession_twice_or_to_itself_is_refused(old, new, constraint):
    tree = make_wilayah_tree()
    Succession.objects.create(old=tree["33.28"], new=tree["33.29"], since=TODAY, source="UU 1/2026")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Succession.objects.create(old=tree[old], new=tree[new], since=TODAY, source="UU 2/2026")
