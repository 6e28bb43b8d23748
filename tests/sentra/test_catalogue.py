import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from sentra.catalogue import (
    Units,
    is_recognised,
    judge_of,
    recognition_of,
    save_ikm,
    save_product,
    save_sentra,
    units_of,
)
from sentra.models import IKM, Contact, Product, Sentra
from tests.factories import make_branch, make_certificate, make_figures, make_ikm, make_product, make_scope, make_sentra

BENTAR, SLAWI_KULON = "33.29.01.2002", "33.28.10.2004"

pytestmark = pytest.mark.usefixtures("areas")


@pytest.mark.parametrize(
    ("active", "closed", "decree", "recognised"), [(5, 0, True, True), (4, 1, True, False), (5, 0, False, False)]
)
def test_sentra_is_recognised_by_five_units_and_a_decree(active, closed, decree, recognised):
    sentra = make_sentra()
    for _number in range(active):
        make_ikm(sentra=sentra)
    for _number in range(closed):
        make_ikm(sentra=sentra, state=IKM.State.CLOSED)
    if decree:
        make_certificate(sentra=sentra, kind="sk_sentra")
    make_certificate(sentra=sentra, kind="halal")

    assert is_recognised(sentra) is recognised
    assert Sentra.objects.recognised().exists() is recognised
    assert units_of(sentra) == Units(active)


@pytest.mark.parametrize(
    ("issued", "expires", "holds"),
    [(None, None, True), ("2020-01-01", "2999-01-01", True), (None, "2020-12-31", False), ("2999-01-01", None, False)],
)
def test_only_a_decree_that_holds_today_counts(issued, expires, holds):
    sentra = make_sentra()
    make_certificate(sentra=sentra, kind="sk_sentra", issued=issued, expires=expires)

    assert recognition_of(sentra).has_decree is holds
    assert Sentra.objects.with_decree().get().has_decree is holds


def test_recognition_asks_nothing_more_of_an_annotated_row(django_assert_num_queries):
    make_sentra()
    sentra = Sentra.objects.with_units().with_decree().get()

    with django_assert_num_queries(0):
        recognition = recognition_of(sentra)

    assert (recognition.units, recognition.has_decree, recognition.units.missing) == (Units(0), False, 5)


@pytest.mark.parametrize(
    ("active", "figures", "units"),
    [
        (2, {2023: 9, 2024: 7}, Units(7, year=2024, ikm=2)),
        (2, {2024: 2}, Units(2)),
        (3, {2024: 1}, Units(3)),
        (0, {}, Units(0)),
    ],
)
def test_units_are_the_larger_of_active_ikm_and_the_latest_figures(active, figures, units):
    sentra = make_sentra()
    for _number in range(active):
        make_ikm(sentra=sentra)
    for year, count in figures.items():
        make_figures(sentra=sentra, year=year, units=count)

    assert units_of(sentra) == units
    assert units_of(Sentra.objects.with_units().get()) == units


def test_figures_that_name_no_units_leave_those_of_an_earlier_year():
    sentra = make_sentra()
    make_figures(sentra=sentra, year=2023, units=6)
    make_figures(sentra=sentra, year=2024, production_value=1)

    assert units_of(sentra) == Units(6, year=2023, ikm=0)


@pytest.mark.parametrize(("units", "decree", "recognised"), [(5, True, True), (4, True, False), (5, False, False)])
def test_units_of_the_yearly_figures_make_a_sentra_recognised(units, decree, recognised):
    sentra = make_sentra()
    make_figures(sentra=sentra, units=units)
    if decree:
        make_certificate(sentra=sentra, kind="sk_sentra")

    assert is_recognised(sentra) is recognised
    assert Sentra.objects.recognised().exists() is recognised


def test_new_sentra_knows_who_recorded_it(officer):
    sentra = Sentra(name="Sale Pisang", wilayah_id=BENTAR, commodity="sale", branch=make_branch())

    save_sentra(sentra=sentra, by=officer)

    stored = Sentra.objects.get()
    assert (stored.pk, stored.created_by, stored.revision) == (sentra.pk, officer, 1)


def test_sentra_outside_the_duty_is_refused_and_not_stored(officer):
    sentra = Sentra(name="Teh", wilayah_id=SLAWI_KULON, commodity="teh", branch=make_branch())

    with pytest.raises(PermissionDenied), transaction.atomic():
        save_sentra(sentra=sentra, by=officer)

    assert not Sentra.objects.exists()


def test_sentra_cannot_be_moved_out_of_the_duty(officer):
    sentra = make_sentra(wilayah=BENTAR)

    sentra.wilayah_id = SLAWI_KULON
    with pytest.raises(PermissionDenied), transaction.atomic():
        save_sentra(sentra=sentra, by=officer)

    assert Sentra.objects.get().wilayah_id == BENTAR


def test_change_by_another_keeps_who_recorded_it(officer, verifier):
    sentra = make_sentra(created_by=officer)

    sentra.commodity = "keripik"
    save_sentra(sentra=sentra, by=verifier)

    assert (Sentra.objects.get().created_by, sentra.revision) == (officer, 2)


def test_ikm_is_saved_with_its_contact(officer):
    ikm = IKM(name="Sale Bu Warsih", wilayah_id=BENTAR, branch=make_branch())

    save_ikm(ikm=ikm, by=officer, contact=Contact(owner="Warsih", phone="081234567890"))

    assert Contact.objects.values_list("ikm", "owner", "phone").get() == (ikm.pk, "Warsih", "081234567890")
    assert ikm.revision == IKM.objects.get().revision


def test_product_lies_where_its_maker_lies(officer):
    product = Product(name="Sale", ikm=make_ikm(wilayah=BENTAR), scope=make_scope())

    save_product(product=product, by=officer)

    assert product.wilayah_id == BENTAR


def test_product_of_a_maker_elsewhere_is_refused(officer):
    product = Product(name="Teh", ikm=make_ikm(wilayah=SLAWI_KULON), scope=make_scope())

    with pytest.raises(PermissionDenied), transaction.atomic():
        save_product(product=product, by=officer)


@pytest.mark.parametrize(
    ("authority", "judge"),
    [
        ("kabkota", "Dinas perindustrian Kabupaten Brebes"),
        ("provinsi", "Dinas perindustrian Provinsi Jawa Tengah"),
        ("kementerian", "Kementerian Perindustrian"),
        ("", ""),
    ],
)
def test_judge_is_the_dinas_of_the_level_or_the_ministry(authority, judge):
    product = make_product()
    product.star_authority = authority

    assert judge_of(product) == judge
