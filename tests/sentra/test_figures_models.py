"""Yearly figures as the database keeps them, and which of them a recap adds up."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sentra.figures import counted_years
from sentra.models import IKM, Sentra, YearlyFigures
from sentra.models.figures import Sources
from tests.factories import (
    make_branch,
    make_figures,
    make_ikm,
    make_product,
    make_scope,
    make_sentra,
    take_out_of_use,
)

BENTAR, PASIRPANJANG, SALEM = "33.29.01.2002", "33.29.01.2003", "33.29.01"

pytestmark = pytest.mark.usefixtures("areas")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sentra": None, "units": None, "export_value": 1}, "Angka tahunan dicatat pada tepat satu: sentra atau IKM."),
        ({"units": None}, "Isi paling sedikit satu angka untuk tahun ini."),
        (
            {"workers_men": 1, "workers_unsplit": 2},
            "Isi tenaga kerja laki-laki dan perempuan, atau jumlahnya saja; jangan keduanya.",
        ),
        ({"volume": 10}, "Jumlah produksi ditulis bersama satuannya, misalnya 1.200 dan kg."),
        ({"volume_unit": "kg"}, "Jumlah produksi ditulis bersama satuannya, misalnya 1.200 dan kg."),
    ],
)
def test_what_the_database_refuses_is_a_sentence(wrong, sentence):
    figures = YearlyFigures(**{"sentra": make_sentra(), "year": 2024, "units": 5} | wrong)

    with pytest.raises(ValidationError) as refused:
        figures.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        figures.save()

    assert refused.value.messages == [sentence]


def test_an_ikm_is_one_unit_and_counts_none():
    with pytest.raises(IntegrityError, match="figures_units_of_sentra"), transaction.atomic():
        make_figures(ikm=make_ikm(), units=1)


@pytest.mark.parametrize("subject", ["sentra", "ikm"])
def test_one_row_per_subject_and_year(subject):
    record = {"sentra": make_sentra, "ikm": make_ikm}[subject]()
    make_figures(**{subject: record}, year=2023)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_figures(**{subject: record}, year=2023)

    make_figures(**{subject: record}, year=2024)


def test_place_and_branch_are_those_of_the_year_and_stay_when_the_subject_moves():
    old, new = make_sentra(wilayah=BENTAR), make_sentra(wilayah=PASIRPANJANG)
    ikm = make_ikm(sentra=old, wilayah=BENTAR, branch=make_branch("pangan"))
    make_product(ikm=ikm, scope=make_scope("minuman"))
    figures = make_figures(ikm=ikm, year=2023)

    IKM.objects.filter(pk=ikm.pk).update(sentra=new, wilayah=PASIRPANJANG, branch=make_branch("kerajinan"))
    later = make_figures(ikm=ikm, year=2024)

    figures.refresh_from_db()
    assert [(row.wilayah_id, row.branch_id, row.member_of_id, row.scope_id) for row in (figures, later)] == [
        (BENTAR, "pangan", old.pk, "minuman"),
        (PASIRPANJANG, "kerajinan", new.pk, "minuman"),
    ]


def test_scope_is_known_where_all_products_share_it(verifier):
    sentra, mixed = make_sentra(), make_sentra()
    make_product(sentra=sentra, scope=make_scope("tenun"))
    take_out_of_use(make_product(sentra=sentra, scope=make_scope("herbal")), by=verifier)
    make_product(sentra=mixed, scope=make_scope("tenun"))
    make_product(sentra=mixed, scope=make_scope("herbal"))

    assert make_figures(sentra=sentra).scope_id == "tenun"
    assert make_figures(sentra=mixed).scope_id is None


def test_place_that_is_given_is_kept():
    figures = make_figures(
        sentra=make_sentra(wilayah=BENTAR), units=1, wilayah_id=PASIRPANJANG, branch=make_branch("kerajinan")
    )

    assert (figures.wilayah_id, figures.branch_id) == (PASIRPANJANG, "kerajinan")


def test_workers_are_known_where_nobody_is_left_out():
    assert YearlyFigures(workers_men=2, workers_women=3).workers == 5
    assert YearlyFigures(workers_unsplit=0).workers == 0
    assert YearlyFigures(workers_men=2).workers is None


def test_sentra_is_counted_by_its_ikm_where_they_cover_its_units():
    sentra = make_sentra()
    own = make_figures(sentra=sentra, units=2, production_value=1000)
    members = [make_figures(ikm=make_ikm(sentra=sentra), production_value=10) for _number in range(2)]

    assert set(YearlyFigures.objects.counted(2024)) == set(members)

    own.units = 3
    own.save()
    assert set(YearlyFigures.objects.counted(2024)) == {own}


def test_sentra_that_names_no_units_is_counted_by_its_ikm_if_any_has_figures():
    alone, other = make_sentra(), make_sentra()
    own = make_figures(sentra=alone, production_value=1)
    make_figures(sentra=other, production_value=1)
    member = make_figures(ikm=make_ikm(sentra=other))

    assert set(YearlyFigures.objects.counted(2024)) == {own, member}


def test_deactivated_records_are_not_counted(verifier):
    sentra = make_sentra()
    own = make_figures(sentra=sentra, units=2)
    member, double = make_ikm(sentra=sentra), make_ikm(sentra=sentra)
    make_figures(ikm=member)
    make_figures(ikm=double)

    take_out_of_use(double, by=verifier)

    assert list(YearlyFigures.objects.counted(2024)) == [own]


def test_totals_and_sources_of_a_recap():
    by_ikm, by_own_row = make_sentra(), make_sentra()
    make_figures(sentra=by_ikm, units=1, production_value=5)
    for _number in range(2):
        make_figures(ikm=make_ikm(sentra=by_ikm), workers_men=1, workers_women=2, production_value=100)
    make_figures(sentra=by_own_row, units=40, workers_unsplit=90, investment=7)
    make_figures(ikm=make_ikm(), workers_men=5)
    make_figures(ikm=make_ikm(), year=2023, workers_unsplit=1000)

    counted = YearlyFigures.objects.counted(2024)

    assert counted.sources() == Sources(sentra_by_ikm=1, sentra_by_own_row=1, ikm_outside=1)
    assert list(counted.values("year").totals()) == [
        {
            "year": 2024,
            "total_units": 43,
            "total_workers": 96,
            "total_production_value": 200,
            "total_material_value": None,
            "total_investment": 7,
            "total_export_value": None,
        }
    ]


SENTRA = st.fixed_dictionaries(
    {
        "own": st.none() | st.integers(0, 4),
        "has_own": st.booleans(),
        "members": st.lists(st.sampled_from([BENTAR, PASIRPANJANG]), max_size=3),
        "out_of_use": st.booleans(),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(SENTRA, max_size=4), outside=st.integers(0, 2))
def test_no_unit_is_counted_twice_and_parts_add_up(areas, verifier, told, outside):
    """Of every sentra with figures one kind of row counts, and the recaps of two villages sum to the whole."""
    with transaction.atomic():
        sentra = [_make(one, verifier) for one in told]
        for _number in range(outside):
            make_figures(ikm=make_ikm(wilayah=BENTAR))

        whole = YearlyFigures.objects.counted(2024)
        parts = [YearlyFigures.objects.in_wilayah(areas[code]).counted(2024) for code in (BENTAR, PASIRPANJANG)]

        counted = list(whole)
        assert sorted(row.pk for part in parts for row in part) == sorted(row.pk for row in counted)
        assert sum(1 for row in counted if row.ikm_id and not row.member_of_id) == outside
        for row, one in zip(sentra, told, strict=True):
            _assert_page_agrees(row, whole)
            own = [figures for figures in counted if figures.sentra_id == row.pk]
            members = [figures for figures in counted if figures.member_of_id == row.pk]
            alive = len(one["members"]) - (1 if one["out_of_use"] and one["members"] else 0)
            expected_own = one["has_own"] and (not alive or (one["own"] or 0) > alive)
            assert (len(own), len(members)) == ((1, 0) if expected_own else (0, alive))
        transaction.set_rollback(True)


def _assert_page_agrees(sentra: Sentra, whole) -> None:
    """The page of a sentra shows what recaps add up of it."""
    shown = [(row.units, row.workers, row.production_value) for row in counted_years(sentra)]
    added = whole.of_cluster(sentra).values("year").totals()
    assert shown == [(row["total_units"], row["total_workers"], row["total_production_value"]) for row in added]


def _make(told: dict, verifier) -> Sentra:
    sentra = make_sentra(wilayah=BENTAR)
    if told["has_own"]:
        make_figures(sentra=sentra, units=told["own"], production_value=1)
    firms = [make_ikm(sentra=sentra, wilayah=area) for area in told["members"]]
    for firm in firms:
        make_figures(ikm=firm)
    if told["out_of_use"] and firms:
        take_out_of_use(firms[0], by=verifier)
    return sentra
