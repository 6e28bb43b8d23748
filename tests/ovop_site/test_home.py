"""`/` per role: what waits, what can be begun, and the figures of the pimpinan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessment.models import Assessment
from ovop_site.home import desk, figures
from ovop_site.templatetags.numbers import NBSP
from sentra import duplicates
from sentra.models import Product
from tests.assessment.factories import move_to, start_assessment
from tests.factories import make_certificate, make_ikm, make_product, make_sentra, make_user, take_out_of_use

pytestmark = pytest.mark.django_db

State = Assessment.State


def test_an_officer_reads_first_what_was_returned(signed_in, officer, verifier):
    returned = move_to(start_assessment(officer=officer), State.RETURNED, verifier=verifier)
    draft = start_assessment(officer=officer)

    page = signed_in(officer).get("/").content.decode()

    assert "Satu penilaian dikembalikan, satu draf menunggu Anda" in page
    assert "Lampirkan SK-nya." in page
    assert page.index(returned.product.name) < page.index(draft.product.name)
    assert "0 dari 4 indikator" in page


def test_a_verifier_reads_first_what_waits(signed_in, officer, verifier):
    submitted = move_to(start_assessment(officer=officer), State.SUBMITTED, verifier=verifier)

    page = signed_in(verifier).get("/").content.decode()

    assert "Satu penilaian menunggu ditinjau" in page
    assert submitted.product.name in page
    assert "Menunggu verifikator Kab. Brebes sejak hari ini" in page


def test_a_verifier_of_elsewhere_sees_nothing_waiting(signed_in, officer, verifier):
    submitted = move_to(start_assessment(officer=officer), State.SUBMITTED, verifier=verifier)

    page = signed_in(make_user("", ("verifier", "32.08"))).get("/").content.decode()

    assert submitted.product.name not in page
    assert "Tidak ada penilaian yang menunggu dinas" in page


def test_own_proposals_do_not_wait_for_oneself(areas, verifier):
    both = make_user("", ("officer", "33.29"), ("verifier", "33.29"))
    move_to(start_assessment(officer=both), State.SUBMITTED, verifier=verifier)

    assert desk.verifier_desk(both).is_empty


def test_a_verifier_is_told_of_drafts_whose_officer_is_gone(signed_in, officer, verifier):
    left = [
        start_assessment(officer=officer),
        move_to(start_assessment(officer=officer), State.RETURNED, verifier=verifier),
    ]
    officer.duty_set.update(wilayah="33.28")
    start_assessment(officer=make_user("", ("officer", "33.29")))

    page = signed_in(verifier).get("/").content.decode()

    found = desk.verifier_desk(verifier)
    assert [row.pk for pile in found.orphaned for row in pile.rows] == [assessment.pk for assessment in left]
    assert "Dua penilaian ditinggalkan petugasnya" in page
    assert "Ditinggalkan petugasnya" in page
    assert f"Petugas: {officer.name}" in page


def test_a_verifier_is_told_of_pairs_that_may_be_the_same(signed_in, officer, verifier):
    duplicates.answer(record=make_ikm(), other=make_ikm(), answer="sama", by=officer)
    duplicates.answer(record=make_ikm(), other=make_ikm(), answer="beda", by=officer)

    page = signed_in(verifier).get("/").content.decode()

    assert "1 pasang menunggu dibandingkan" in page and 'href="/kembar/"' in page
    assert "menunggu dibandingkan" not in signed_in(officer).get("/").content.decode()


def test_long_piles_show_the_longest_waiting_and_lead_to_the_list(signed_in, officer, verifier, monkeypatch):
    """All open assessments stood on the home page, however many there were."""
    monkeypatch.setattr(desk, "ROWS_SHOWN", 2)
    drafts = [start_assessment(officer=officer) for _ in range(3)]
    submitted = [move_to(start_assessment(officer=officer), State.SUBMITTED, verifier=verifier) for _ in range(3)]

    mine, theirs = (signed_in(user).get("/").content.decode() for user in (officer, verifier))

    found = desk.officer_desk(officer)
    assert [row.pk for row in found.drafts.rows] == [draft.pk for draft in drafts[:2]]
    assert (found.drafts.total, found.sent[0].total) == (3, 3)
    assert [row.pk for row in desk.verifier_desk(verifier).submitted.rows] == [row.pk for row in submitted[:2]]
    assert "Tiga draf menunggu Anda" in mine
    assert "2 dari 3 tampil di sini." in mine
    assert "/penilaian/?keadaan=draft" in mine
    assert "Tiga penilaian menunggu ditinjau" in theirs
    assert "/penilaian/?keadaan=submitted" in theirs
    assert "/penilaian/?keadaan=in_review" not in theirs


@pytest.mark.parametrize("role", ["officer", "verifier", "leader"])
def test_an_empty_home_page_says_what_to_do_next(signed_in, areas, role):
    page = signed_in(make_user("", (role, "33.29"))).get("/").content.decode()

    sentence = {
        "officer": "Tidak ada yang menunggu Anda",
        "verifier": "Tidak ada penilaian yang menunggu dinas",
        "leader": "Belum ada produk yang diputuskan",
    }[role]
    assert sentence in page


def test_an_assessor_and_somebody_without_duties_are_told_so(signed_in, assessor):
    assert "Belum ada tugas panel" in signed_in(assessor).get("/").content.decode()
    assert "Akun Anda belum punya tugas" in signed_in(make_user()).get("/").content.decode()
    assert "Buka halaman admin" in signed_in(make_user(is_staff=True)).get("/").content.decode()


def test_sentra_that_nobody_checked_for_a_year_are_named(signed_in, officer, leader):
    unchecked = make_sentra(name="Sentra Lama")
    make_sentra(state="aktif", checked_on=timezone.localdate())
    make_sentra(wilayah="32.08.01.2001")

    assert desk.unchecked_sentra(officer) == [unchecked]
    assert "Sentra yang perlu diperiksa" in signed_in(officer).get("/").content.decode()
    assert "Sentra yang perlu diperiksa" not in signed_in(leader).get("/").content.decode()


def test_papers_that_lapse_soon_or_have_lapsed_lately(officer):
    today = timezone.localdate()
    ikm = make_ikm()
    shown = [
        make_certificate(ikm=ikm, kind="p_irt", expires=today - timedelta(days=10)),
        make_certificate(ikm=ikm, kind="halal", expires=today + timedelta(days=61)),
    ]
    make_certificate(ikm=ikm, kind="sni", expires=today + timedelta(days=300))
    make_certificate(ikm=make_ikm(wilayah="32.08.01.2001"), kind="halal", expires=today)

    assert desk.lapsing_papers(officer) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_asks_the_same_number_of_queries(
    signed_in, officer, verifier, leader, count, django_assert_num_queries
):
    for state in (State.RETURNED, State.DRAFT, State.SUBMITTED, State.DECIDED):
        for _ in range(count):
            move_to(start_assessment(officer=officer), state, verifier=verifier)
    for number in range(count):
        make_certificate(ikm=make_ikm(), expires=timezone.localdate() + timedelta(days=number))

    for user, queries in ((officer, 10), (verifier, 8), (leader, 8)):
        client = signed_in(user)
        with django_assert_num_queries(queries):
            assert client.get("/").status_code == 200


def judged(village, star, *, days=100):
    product = make_product(ikm=make_ikm(wilayah=village))
    until = timezone.localdate() + timedelta(days=days)
    Product.objects.filter(pk=product.pk).update(star=star, star_authority="kabkota", star_until=until)
    return product


def test_the_matrix_counts_results_in_force_by_kecamatan(leader):
    for village, star in (("33.29.01.2003", 4), ("33.29.01.2002", 4), ("33.29.01.2002", 0), ("33.29.09.1002", 3)):
        judged(village, star)
    judged("33.29.09.1002", 5, days=-1)
    judged("33.28.10.2004", 5)
    make_product()

    found = figures.matrix(leader)

    assert [(row.name, row.total) for row in found.rows] == [("Kec. Salem", 3), ("Kec. Brebes", 1)]
    assert {cell.star: cell.count for cell in found.sums.cells} == {5: 0, 4: 2, 3: 1, 2: 0, 1: 0, 0: 1}
    assert (found.total, found.at_least(4)) == (4, 2)


def test_sums_of_the_matrix_are_the_sums_of_its_rows(leader):
    for village, star in (("33.29.01.2003", 1), ("33.29.09.1002", 1), ("33.29.03.2005", 2)):
        judged(village, star)

    found = figures.matrix(leader)

    for position, cell in enumerate(found.sums.cells):
        assert cell.count == sum(row.cells[position].count for row in found.rows)


def test_products_of_the_whole_duty_have_a_row_that_leads_to_no_list(signed_in, leader):
    """The list of Kab. Brebes shows every product in it, not the one of this row."""
    judged("33.29", 4)
    judged("33.29.01.2003", 4)

    rows = figures.matrix(leader).rows
    page = signed_in(leader).get("/").content.decode()

    assert [(row.name, row.total, row.is_wider) for row in rows] == [("Kab. Brebes", 1, True), ("Kec. Salem", 1, False)]
    assert "?wilayah=33.29&amp;" not in page
    assert "?wilayah=33.29.01&amp;hasil=4" in page
    assert "?hasil=berlaku&amp;wilayah=33.29" in page


def test_weakest_criteria_and_indicators_come_from_the_decisions(officer, verifier, leader):
    move_to(start_assessment(officer=officer), State.DECIDED, verifier=verifier)

    awards = figures.awards_in_force(leader)

    assert [(row.code, row.percent) for row in figures.weakest_criteria(awards)] == [("K1", 80), ("K2", 80)]
    assert figures.weakest_indicators(awards) == ()


def test_figures_are_worked_out_anew_for_another_set_of_awards_alone(
    officer, verifier, leader, django_assert_num_queries
):
    products = [make_product() for _ in range(2)]
    move_to(start_assessment(officer=officer, product=products[0]), State.DECIDED, verifier=verifier)
    one = figures.awards_in_force(leader)
    figures.weakest_criteria(one)
    move_to(start_assessment(officer=officer, product=products[1]), State.DECIDED, verifier=verifier)
    both = figures.awards_in_force(leader)
    take_out_of_use(products[1], by=verifier)

    again = figures.awards_in_force(leader)

    assert one != both
    assert again == one
    with django_assert_num_queries(1):
        figures.weakest_criteria(again)
        figures.weakest_criteria(both)


def test_a_duty_without_awards_has_no_weakness(leader):
    nothing = figures.awards_in_force(leader)

    assert figures.weakest_criteria(nothing) == figures.weakest_indicators(nothing) == ()


def test_a_leader_reads_the_figures_in_a_sentence(signed_in, officer, verifier, leader):
    move_to(start_assessment(officer=officer), State.DECIDED, verifier=verifier)

    page = signed_in(leader).get("/").content.decode()

    sentence = f"1 dari 1 produk setara bintang{NBSP}4 ke atas. Yang paling lemah: unggulan."
    assert sentence in page
