"""The size class of a firm: kept by the database from its latest figures and the thresholds."""

import pytest
from django.db import IntegrityError, transaction

from sentra.models import IKM, SizeClass, SizeRule, YearlyFigures
from sentra.reference import load_reference
from sentra.sizes import Size, size_of, with_rule_source
from tests.factories import make_figures, make_ikm

pytestmark = pytest.mark.usefixtures("areas")

MILYAR = 1_000_000_000


@pytest.fixture(autouse=True)
def thresholds(areas):
    load_reference()


def class_of(ikm: IKM) -> str:
    return IKM.objects.values_list("size_class", flat=True).get(pk=ikm.pk)


@pytest.mark.parametrize(
    ("workers", "investment", "size_class"),
    [
        (0, 0, "kecil"),
        (19, MILYAR - 1, "kecil"),
        (19, MILYAR, "menengah"),
        (19, 100 * MILYAR, "menengah"),
        (20, 0, "menengah"),
        (20, 15 * MILYAR, "menengah"),
        (20, 15 * MILYAR + 1, "besar"),
        (19, None, ""),
        (None, MILYAR, ""),
    ],
)
def test_thresholds_of_permenperin_64_of_2016(workers, investment, size_class):
    ikm = make_ikm()

    make_figures(ikm=ikm, workers_unsplit=workers, investment=investment, production_value=1)

    assert class_of(ikm) == size_class


def test_men_and_women_are_added_up_and_neither_is_taken_for_nobody():
    both, one = make_ikm(), make_ikm()

    make_figures(ikm=both, workers_men=11, workers_women=9, investment=0)
    make_figures(ikm=one, workers_men=11, investment=0)

    assert (class_of(both), class_of(one)) == ("menengah", "")


def test_the_latest_year_counts_whenever_it_was_entered():
    ikm = make_ikm()
    make_figures(ikm=ikm, year=2024, workers_unsplit=25, investment=MILYAR)

    make_figures(ikm=ikm, year=2022, workers_unsplit=3, investment=0)

    assert class_of(ikm) == "menengah"


def test_a_change_and_a_removal_classify_again():
    ikm = make_ikm()
    make_figures(ikm=ikm, year=2023, workers_unsplit=3, investment=0)
    latest = make_figures(ikm=ikm, year=2024, workers_unsplit=3, investment=0)

    latest.workers_unsplit, latest.investment = 30, 16 * MILYAR
    latest.save()
    changed = class_of(ikm)
    latest.delete()

    assert (changed, class_of(ikm)) == ("besar", "kecil")


def test_many_rows_in_one_statement_are_classified_together():
    small, large = make_ikm(), make_ikm()

    YearlyFigures.objects.bulk_create(
        [
            YearlyFigures(ikm=small, year=2024, workers_unsplit=2, investment=0),
            YearlyFigures(ikm=large, year=2024, workers_unsplit=40, investment=20 * MILYAR),
        ]
    )

    assert (class_of(small), class_of(large)) == ("kecil", "besar")


def test_other_thresholds_classify_every_firm_again():
    ikm = make_ikm()
    make_figures(ikm=ikm, workers_unsplit=12, investment=0)

    SizeRule.objects.filter(workers_from=0).delete()
    SizeRule.objects.create(size_class=SizeClass.LARGE, workers_from=10, workers_to=19, source="Aturan lain")

    assert class_of(ikm) == "besar"


def test_the_class_changes_the_firm_as_any_change_does():
    """A page opened before is stale, and the history says when the class changed."""
    ikm = make_ikm()

    make_figures(ikm=ikm, workers_unsplit=2, investment=0)

    ikm.refresh_from_db()
    assert (ikm.revision, ikm.size_class) == (2, "kecil")


def test_figures_that_change_no_class_leave_the_firm_alone():
    ikm = make_ikm()
    make_figures(ikm=ikm, year=2023, workers_unsplit=2, investment=0)

    make_figures(ikm=ikm, year=2024, workers_unsplit=3, investment=0)

    ikm.refresh_from_db()
    assert ikm.revision == 2


def test_thresholds_may_not_overlap():
    with pytest.raises(IntegrityError), transaction.atomic():
        SizeRule.objects.create(size_class="kecil", workers_from=5, workers_to=30, source="Salah")


def test_known_class_is_explained_with_figures_year_and_source():
    latest = make_figures(year=2024, workers_men=3, workers_women=4, investment=45_000_000)

    assert size_of(with_rule_source(IKM.objects.all()).get(), latest) == Size(
        "Industri kecil",
        "Tenaga kerja 7 orang, investasi Rp 45.000.000 (2024), menurut Permenperin 64/M-IND/PER/7/2016.",
        is_known=True,
    )


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (None, "Angka tahunannya belum dicatat."),
        ({"workers_unsplit": 3}, "Tahun 2024 belum lengkap: nilai investasi."),
        ({"export_value": 3, "workers_men": 2}, "Tahun 2024 belum lengkap: tenaga kerja dan nilai investasi."),
    ],
)
def test_unknown_class_says_what_is_missing(figures, reason):
    ikm = make_ikm()
    latest = make_figures(ikm=ikm, **figures) if figures else None

    assert size_of(with_rule_source(IKM.objects.all()).get(), latest) == Size("Belum diketahui", reason, is_known=False)
